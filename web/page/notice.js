// One line below the stage about the page itself: what happened to its data, that a new version is ready. Plain HTML, so
// that it can be said whatever state the app is in.
Kumquat.notice = {
  shown: '',
  use: null,
  words: {
    full: ['存储空间满了，暂时发不了图片；文字存不下时会直说', 'Storage is full. Pictures cannot be sent for now, and what does not fit is not sent.'],
    gone: ['浏览器清掉了本机的聊天数据，以前的消息不在了', 'The browser has erased the chat data of this device. Earlier messages are gone.', '知道了', 'OK'],
    denied: ['浏览器不让这个网页保存数据，没法聊天', 'This browser does not let the page keep data, so it cannot run.', '重试', 'Try again'],
    insecure: ['要用 https 或 localhost 打开这个网页', 'Open this page over https or on localhost.', '刷新', 'Reload'],
    blocked: ['别的标签页里还开着旧版，关掉它们再试', 'An older version is open in other tabs. Close them and try again.', '重试', 'Try again'],
    newer: ['本机的数据是更新的版本写的，请刷新', 'A newer version has written the data of this device. Reload the page.', '刷新', 'Reload'],
    damaged: ['本机的聊天数据读不出来，原样留着没有动', 'The chat data of this device cannot be read. It was left as it is.', '重试', 'Try again'],
    broken: ['聊天服务反复出错，已经停下，存下的消息都还在', 'The chat service failed again and again and has stopped. Stored messages are kept.', '重试', 'Try again'],
    update: ['新版本准备好了', 'A new version is ready.', '刷新', 'Reload'],
  },

  /// `name` is one of the words; `use` is what its button does.
  show(name, use) {
    const words = this.words[name] || this.words.broken;
    const chinese = /^zh\b/i.test(document.documentElement.lang);
    const [text, button] = [document.querySelector('#notice p'), document.querySelector('#notice button')];
    const label = (chinese ? words[2] : words[3]) || '';
    text.textContent = chinese ? words[0] : words[1];
    button.textContent = label;
    button.hidden = label === '';
    this.use = use || (() => this.hide(name));
    this.shown = name;
    document.getElementById('notice').hidden = false;
  },

  hide(...names) {
    if (!names.includes(this.shown)) return;
    this.shown = '';
    document.getElementById('notice').hidden = true;
  },

  begin() {
    const bar = document.getElementById('notice');
    // Hidden, it has no height.
    new ResizeObserver(() => document.documentElement.style.setProperty('--notice', `${bar.offsetHeight}px`)).observe(bar);
    document.querySelector('#notice button').addEventListener('click', () => this.use());
  },
};

// The shell of the static site, kept for opening without a network (web/site/sw.js).
Kumquat.shell = {
  registration: null,
  asked: false,  // this tab wants the new version
  tab: '',       // what the service worker calls it

  /// Whether notifications can be shown by it.
  shows() { return this.registration !== null && this.registration.active !== null && this.tab !== ''; },

  async begin() {
    if (!Kumquat.local.on || !navigator.serviceWorker) return;
    // A tab that has not asked goes on with what it has: it is told when it meets the newer service.
    navigator.serviceWorker.addEventListener('controllerchange', () => { if (this.asked) location.reload(); });
    navigator.serviceWorker.addEventListener('message', (event) => {
      if (!event.data) return;
      if (event.data.type === 'you are') this.tab = event.data.id;
      if (event.data.type === 'note chosen' && Kumquat.host !== null) Kumquat.host.noteChosen(event.data.tag);
    });
    try {
      this.registration = await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
    } catch (error) {
      // Private windows have none: the page works, as long as there is a network.
      console.info('kumquat: no service worker here', error.message);
      return;
    }
    navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ type: 'who am I' }));
    if (this.registration.waiting) this.offer();
    this.registration.addEventListener('updatefound', () => {
      const worker = this.registration.installing;
      worker.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) this.offer();
      });
    });
  },

  offer() { Kumquat.notice.show('update', () => this.reload()); },

  /// Loads the newest version there is.
  async reload() {
    this.asked = true;
    if (this.registration !== null && !this.registration.waiting) {
      // Without a network there is nothing newer.
      await this.registration.update().catch(() => {});
    }
    const worker = this.registration && (this.registration.waiting || this.registration.installing);
    if (!worker) {
      location.reload();
      return;
    }
    if (worker.state === 'installed') worker.postMessage({ type: 'take over' });
    else worker.addEventListener('statechange', () => { if (worker.state === 'installed') worker.postMessage({ type: 'take over' }); });
    // Should it not come about, what is there is loaded anew.
    setTimeout(() => location.reload(), 5000);
  },
};

Kumquat.notice.begin();
Kumquat.local.begin();
Kumquat.shell.begin();
