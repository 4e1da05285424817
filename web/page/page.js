'use strict';
// The page's own scripts: what C++ cannot do itself in a browser. One file per concern, all under the name Kumquat.
// C++ calls them through web/library.js; they call back through Kumquat.host, which is there from start() on.
const Kumquat = {
  host: null,
  decoder: new TextDecoder(),
  encoder: new TextEncoder(),

  // 0xRRGGBB to CSS.
  css(rgb) {
    return '#' + (rgb & 0xFFFFFF).toString(16).padStart(6, '0');
  },

  // Bits of the modifier keys of an event, as src/platform/web/web_platform.cpp reads them.
  modifiers(event) {
    return (event.shiftKey ? 1 : 0) | (event.ctrlKey ? 2 : 0) | (event.altKey ? 4 : 0) | (event.metaKey ? 8 : 0);
  },

  // Plain words in place of the app; index.html has them in both languages.
  showMessage(id) {
    const language = Kumquat.host === null ? navigator.language : document.documentElement.lang;
    const chinese = /^zh\b/i.test(language || '');
    document.documentElement.lang = chinese ? 'zh-CN' : 'en';
    document.getElementById(id + (chinese ? '-zh' : '-en')).hidden = false;
    document.getElementById(id).hidden = false;
    document.getElementById('stage').hidden = true;
  },

  showUnsupported() {
    Kumquat.showMessage('unsupported');
  },

  // A failed check in C++ aborts the program, and a program that cannot be loaded ends the same way. What was not sent lies
  // in IndexedDB, so a reload loses nothing. Nobody may call into the program any more.
  onError(error) {
    if (!(error instanceof WebAssembly.RuntimeError) || !document.getElementById('broken').hidden) return;
    Kumquat.showMessage('broken');
    Kumquat.host = new Proxy({}, { get: () => () => 0 });
  },

  start() {
    Kumquat.stage.start();
    Kumquat.environment.start();
    Kumquat.fields.start();
    Kumquat.mirror.start();
    Kumquat.glyphs.start();
    Kumquat.tab.start();
    Kumquat.pictures.start();
    Kumquat.notify.start();
  },
};

// Opened as a file there is no origin to keep anything for, and no worker to run the chat.
if (location.protocol === 'file:') {
  Kumquat.showMessage('file');
  throw new Error('Kumquat needs a web server, any web server');
}

// Before the program is made: without these two there is nothing to make it with.
if (typeof WebAssembly !== 'object' || typeof WebGL2RenderingContext !== 'function') {
  Kumquat.showUnsupported();
  throw new Error('Kumquat needs WebAssembly and WebGL 2');
}

window.addEventListener('error', (event) => Kumquat.onError(event.error));
window.addEventListener('unhandledrejection', (event) => Kumquat.onError(event.reason));
for (const button of document.querySelectorAll('#broken button')) button.addEventListener('click', () => location.reload());
