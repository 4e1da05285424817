// What the page stands in: sizes, theme, language, connection, and the settings that its server wrote into it.
Kumquat.environment = {
  queries: {},
  settings: null,
  keyboardHeight: 0,
  pinchTimer: 0,

  matches(query) {
    if (!this.queries[query]) {
      this.queries[query] = matchMedia(query);
      this.queries[query].addEventListener('change', () => this.changed());
    }
    return this.queries[query].matches ? 1 : 0;
  },

  // In the order of EnvironmentNumber (src/platform/web/web_environment.h).
  numbers() {
    const size = Kumquat.stage.size();
    const ratio = Kumquat.stage.pixelRatio();
    const counted = ratio === window.devicePixelRatio ? 1 : 0;
    const safe = getComputedStyle(document.getElementById('safe-area'));
    const px = (text) => parseFloat(text) || 0;
    return [
      size.cssWidth, size.cssHeight, size.deviceWidth * counted, size.deviceHeight * counted, ratio,
      px(safe.paddingLeft), px(safe.paddingTop), px(safe.paddingRight), px(safe.paddingBottom),
      this.keyboardHeight > 0 ? 1 : 0,
      this.matches('(pointer: coarse)'),
      this.matches('(prefers-color-scheme: dark)'),
      this.matches('(prefers-reduced-motion: reduce)'),
      this.matches('(forced-colors: active)'),
      this.matches('(prefers-contrast: more)'),
      document.hidden ? 0 : 1,
      document.hasFocus() ? 1 : 0,
      navigator.onLine ? 1 : 0,
      /Mac|iPhone|iPad/.test(navigator.platform || '') ? 1 : 0,
    ];
  },

  text(which) {
    if (which === 0) return navigator.language || 'en';
    if (which === 1) return location.host;
    if (which === 2) return (location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host;
    if (which === 3) return location.origin + location.pathname + location.search;
    return this.deviceName();
  },

  // "Firefox, Windows": enough to tell one's own devices apart, and no version to track anybody by. The order counts: every
  // browser names those that it wants to be taken for, too.
  deviceName() {
    const agent = navigator.userAgent;
    const named = (list) => {
      const found = list.find(([pattern]) => pattern.test(agent));
      return found ? found[1] : '';
    };
    const browser = named([[/Edg(e|A|iOS)?\//, 'Edge'], [/OPR\/|Opera/, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'],
      [/MicroMessenger/, 'WeChat'], [/Firefox\/|FxiOS/, 'Firefox'], [/Chrom(e|ium)\/|CriOS/, 'Chrome'], [/Safari\//, 'Safari']]);
    // iPads say that they are Macs; no Mac has a touch screen.
    const pad = /Macintosh/.test(agent) && navigator.maxTouchPoints > 1;
    const system = pad ? 'iPad' : named([[/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/CrOS/, 'ChromeOS'],
      [/Windows/, 'Windows'], [/Macintosh|Mac OS/, 'Mac'], [/Linux/, 'Linux']]);
    return [browser, system].filter(Boolean).join(', ');
  },

  config(key) {
    if (this.settings === null) {
      try {
        this.settings = JSON.parse(document.getElementById('kumquat-config').textContent);
      } catch {
        // A broken block is as good as none: C++ then finds no mode and says so.
        this.settings = {};
      }
    }
    const value = this.settings[key];
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  },

  systemColor(which) {
    const names = ['Canvas', 'CanvasText', 'ButtonFace', 'Highlight', 'HighlightText', 'LinkText'];
    const probe = document.getElementById('safe-area');
    probe.style.color = names[which] || 'CanvasText';
    const found = /(\d+)\D+(\d+)\D+(\d+)/.exec(getComputedStyle(probe).color);
    return found ? (Number(found[1]) << 16) | (Number(found[2]) << 8) | Number(found[3]) : 0;
  },

  setTheme(dark, rgb) {
    const root = document.documentElement;
    root.style.colorScheme = dark ? 'dark' : 'light';
    root.style.backgroundColor = Kumquat.css(rgb);
    document.querySelector('meta[name=theme-color]').content = Kumquat.css(rgb);
  },

  setLanguage(language) {
    document.documentElement.lang = language;
  },

  changed() {
    Kumquat.notify.allowed = null;
    if (Kumquat.host !== null) Kumquat.host.environment();
  },

  // The query names the ratio itself, so it has to be asked anew after each change.
  watchPixelRatio() {
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', () => {
      this.watchPixelRatio();
      Kumquat.stage.measure();
      this.changed();
    }, { once: true });
  },

  // What is seen of the page: iOS lays its keyboard over it instead of making it smaller, and two fingers enlarge it.
  watchViewport() {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const update = () => {
      clearTimeout(this.pinchTimer);
      // While the fingers move, the picture that is there is enlarged.
      if (viewport.scale !== Kumquat.stage.enlarged) {
        this.pinchTimer = setTimeout(() => {
          Kumquat.stage.enlarged = viewport.scale;
          this.changed();
        }, 150);
      }
      const covered = viewport.scale === 1 ? Math.round(window.innerHeight - viewport.height) : 0;
      this.keyboardHeight = covered > 80 ? covered : 0;
      document.getElementById('stage').style.height = this.keyboardHeight ? viewport.height + 'px' : '';
      if (this.keyboardHeight) window.scrollTo(0, 0);
      this.changed();
    };
    viewport.addEventListener('resize', update);
    viewport.addEventListener('scroll', update);
  },

  start() {
    const changed = () => this.changed();
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) Kumquat.host.inputLost();
      changed();
    });
    window.addEventListener('focus', changed);
    window.addEventListener('blur', () => {
      Kumquat.host.inputLost();
      changed();
    });
    window.addEventListener('online', changed);
    window.addEventListener('offline', changed);
    window.addEventListener('languagechange', changed);
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) Kumquat.host.pageRestored();
    });
    this.watchPixelRatio();
    this.watchViewport();
    this.changed();
  },
};
