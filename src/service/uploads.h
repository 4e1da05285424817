// The errands of the service's home, which take in pictures and sweep out what nobody names. They
// go through batches like requests, and like them depend on nothing but the rows and the time.
#pragma once

#include "service/overlay.h"
#include "service/work.h"
#include "store/rows.h"

namespace kumquat::service {

/// Names the rows that the errand needs.
void add_errand_keys(const Errand& errand, store::ReadKeys& keys);
void apply_errand(const Errand& errand, Overlay& rows, Outcome& outcome, TimeMs now);

}  // namespace kumquat::service
