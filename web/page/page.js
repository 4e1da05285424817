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
  showUnsupported() {
    const chinese = /^zh\b/i.test(navigator.language || '');
    document.documentElement.lang = chinese ? 'zh-CN' : 'en';
    document.getElementById(chinese ? 'unsupported-zh' : 'unsupported-en').hidden = false;
    document.getElementById('unsupported').hidden = false;
    document.getElementById('stage').hidden = true;
  },

  start() {
    Kumquat.stage.start();
    Kumquat.environment.start();
    Kumquat.fields.start();
    Kumquat.mirror.start();
    Kumquat.glyphs.start();
    Kumquat.tab.start();
  },
};

// Before anything is downloaded: without these two there is nothing to start.
if (typeof WebAssembly !== 'object' || typeof WebGL2RenderingContext !== 'function') {
  Kumquat.showUnsupported();
  throw new Error('Kumquat needs WebAssembly and WebGL 2');
}
