// A short sound and the system's notifications (src/platform/notifier.h).
Kumquat.notify = {
  shown: new Map(),       // tag -> note, of the page's own or of the service worker's
  refused: false,  // the constructor threw: Android's browsers have notifications for service workers alone
  audio: null,
  locked: true,  // the browser has not let it sound yet
  sounding: false,
  allowed: null,  // what look() found, until something changes around the page

  // Every frame wants to know, and browsers answer only after asking another process. Whoever decides otherwise in the browser's
  // own settings comes back to the page, which gets the focus then.
  permission() {
    if (this.allowed === null) this.allowed = this.look();
    return this.allowed;
  },

  // The order of NotePermission.
  look() {
    if (this.refused || typeof Notification !== 'function' || !window.isSecureContext) return 0;
    return { default: 1, granted: 2, denied: 3 }[Notification.permission] || 1;
  },

  request(request) {
    const done = () => {
      this.allowed = null;
      Kumquat.host.noteAnswer(request);
    };
    if (this.look() !== 1) setTimeout(done, 0);
    else Notification.requestPermission().then(done, done);
  },

  show(tag, title, text) {
    if (this.permission() !== 2) return;
    if (Kumquat.shell.shows()) {
      this.showByWorker(tag, title, text);
      return;
    }
    let note;
    try {
      // Silent: the page has a sound of its own, with a switch of its own.
      note = new Notification(title, { tag, body: text, icon: document.querySelector('link[rel=icon]').href, silent: true });
    } catch {
      this.refused = true;
      Kumquat.environment.changed();
      return;
    }
    note.addEventListener('click', () => {
      window.focus();
      note.close();
      Kumquat.host.noteChosen(tag);
    });
    note.addEventListener('close', () => {
      if (this.shown.get(tag) === note) this.shown.delete(tag);
    });
    this.shown.set(tag, note);
  },

  // Works where pages may not show any, and stays when the tab is frozen.
  async showByWorker(tag, title, text) {
    const { registration } = Kumquat.shell;
    const icon = document.querySelector('link[rel=icon]').href;
    const stands = { close: async () => { for (const note of await registration.getNotifications({ tag })) note.close(); } };
    this.shown.set(tag, stands);
    try {
      await registration.showNotification(title, { tag, body: text, icon, silent: true, data: { client: Kumquat.shell.tab } });
    } catch {
      this.shown.delete(tag);
      this.refused = true;
      Kumquat.environment.changed();
    }
  },

  close(tag) {
    const note = this.shown.get(tag);
    this.shown.delete(tag);
    if (note) note.close();
  },

  // --- Sound ---

  // One that runs wakes this process two hundred times in a second, however silent it is.
  rest() {
    if (!this.sounding) this.audio.suspend();
  },

  // Two short notes, a third apart, each a sine that comes at once and fades.
  async chime() {
    if (this.locked || this.sounding) return;
    this.sounding = true;
    try {
      await this.audio.resume();
    } catch {
      // Somebody else has the speaker, a phone call for one. The next one may sound.
      this.sounding = false;
      return;
    }
    const now = this.audio.currentTime;
    let tone;
    for (const [hertz, at] of [[660, 0], [830, 0.09]]) {
      tone = this.audio.createOscillator();
      const loudness = this.audio.createGain();
      tone.frequency.value = hertz;
      loudness.gain.setValueAtTime(0.0001, now + at);
      loudness.gain.exponentialRampToValueAtTime(0.12, now + at + 0.012);
      loudness.gain.exponentialRampToValueAtTime(0.0001, now + at + 0.28);
      tone.connect(loudness).connect(this.audio.destination);
      tone.start(now + at);
      tone.stop(now + at + 0.3);
    }
    tone.onended = () => {
      this.sounding = false;
      this.rest();
    };
  },

  // Browsers let a page sound only after the person has used it, and Safari only if it began to within that very event.
  unlock() {
    if (this.audio === null) this.audio = new AudioContext();
    this.audio.resume().then(() => {
      this.locked = false;
      this.rest();
    }, () => {});
  },

  start() {
    if (typeof AudioContext !== 'function') return;
    const events = ['pointerup', 'keydown'];
    const used = () => {
      if (this.locked) this.unlock();
      else for (const name of events) document.removeEventListener(name, used, true);
    };
    for (const name of events) document.addEventListener(name, used, true);
  },
};
