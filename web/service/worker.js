'use strict';
// The shared worker: one for all tabs of this site, under a name that never changes, whatever build it is of.
const site = /*SITE*/{};
importScripts(site.host, site.program);

const host = new KumquatHost({
  site,
  base: new URL('./', self.location.href).pathname,
  // Another worker under the same name can begin only when this one is gone.
  onEnd: () => self.close(),
});
self.onconnect = (event) => host.attach(event.ports[0]);
host.start();
