'use strict';
/// What all names of a site begin with: one origin may hold many sites, each under its own path.
function kumquatNames(base) {
  return {
    lock: `kumquat.service:${base}`, alive: `kumquat.alive:${base}`, tab: `kumquat.tab:${base}`,
    database: `kumquat.service:${base}`, channel: `kumquat.channel:${base}`, worker: `kumquat.worker:${base}`,
  };
}
