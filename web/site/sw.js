'use strict';
// The one service worker of the static site. It keeps the shell (every file of one build), so that the page opens without a
// network, and shows notifications where pages may not. The chat itself is none of its business: it runs in service.js.
//
// A build is kept whole or not at all. A newer one waits until the person wants it ("take over"), and then all tabs load it.
const site = /*SITE*/{};
const scope = new URL('./', self.location.href);
const prefix = `kumquat:${scope.pathname}:`;
const cacheName = prefix + site.version;
const addresses = new Set(site.shell.map((name) => new URL(name, scope).href));

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName);
    // Past the browser's own cache: a build made of the files of two would not start.
    await cache.addAll(site.shell.map((name) => new Request(new URL(name, scope), { cache: 'no-cache' })));
    // With nobody to be disturbed there is nothing to wait for.
    if (!self.registration.active) await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    // Other sites of the same origin have caches, too.
    for (const name of await caches.keys()) {
      if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('message', (event) => {
  if (!event.data) return;
  if (event.data.type === 'take over') self.skipWaiting();
  if (event.data.type === 'who am I') event.source.postMessage({ type: 'you are', id: event.source.id });
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  url.search = '';
  url.hash = '';
  if (url.pathname === `${scope.pathname}index.html`) url.pathname = scope.pathname;
  if (!addresses.has(url.href)) return;
  event.respondWith((async () => {
    const kept = await (await caches.open(cacheName)).match(url.href);
    // A browser that is short of space may have thrown it away.
    return kept || fetch(request);
  })());
});

self.addEventListener('notificationclick', (event) => {
  const { tag, data } = event.notification;
  event.notification.close();
  event.waitUntil((async () => {
    // A tab is a person: the one that the note is for, or none.
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const tab = windows.find((client) => data && client.id === data.client);
    if (!tab) {
      await self.clients.openWindow(scope);
      return;
    }
    await tab.focus();
    tab.postMessage({ type: 'note chosen', tag });
  })());
});
