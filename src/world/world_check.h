// Whether rows that come from outside make a world: every reference leads somewhere, every number
// and text is within its bounds. The service trusts its store, so nothing else may get into one.
#pragma once

#include "store/memory/memory_state.h"

namespace kumquat::world {

/// Errors: kDataDamaged, with what does not fit.
Status check_world(store::MemoryState& rows);

}  // namespace kumquat::world
