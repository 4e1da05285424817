// What every connection of a server shares. Outlives all of them.
#pragma once

#include "server/config.h"
#include "server/host_guard.h"
#include "server/metrics.h"
#include "server/service_host.h"
#include "server/site.h"

namespace kumquat::server {

struct Context {
    const Config& config;
    const HostGuard& guard;
    const Site& site;
    ServiceHost& host;
    Metrics& metrics;
};

}  // namespace kumquat::server
