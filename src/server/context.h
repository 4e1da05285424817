// What every connection of a server shares. Outlives all of them.
#pragma once

#include "server/config.h"
#include "server/host_guard.h"
#include "server/metrics.h"
#include "server/service_host.h"
#include "server/site.h"
#include "server/upload_places.h"
#include "store/blob_store.h"

namespace kumquat::server {

struct Context {
    const Config& config;
    const HostGuard& guard;
    const Site& site;
    ServiceHost& host;
    Metrics& metrics;
    store::BlobStore& blobs;
    UploadPlaces& uploads;
    /// Thread-safe.
    service::Crypto& crypto;
};

}  // namespace kumquat::server
