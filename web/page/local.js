// The service inside this browser, for a page whose settings say "mode": "local" (web/service/host.js has the other end):
// connections and pictures over a port to the shared worker or, where there is none, over a channel to the leading tab; and
// being that tab. Tells the person what became of their data when something did.
Kumquat.local = {
  on: false,
  site: {},
  base: new URL('./', location.href).pathname,
  names: null,
  post: null,            // to whoever runs the service
  tab: '',               // our own lock
  epoch: '',
  alive: '',             // the lock that ends with the service
  phase: 'starting',     // starting, running, stopped
  reason: '',
  full: false,
  empty: false,
  outdated: false,       // a newer build runs: nothing but a reload helps
  gone: false,           // the browser has taken the data away
  tries: 0,              // in a row, that found a service of another build or none
  triesMax: 10,
  connections: new Map(),  // number -> 'waiting' for a service that runs, 'asked' for, 'open'
  uploads: new Set(),
  requests: new Map(),   // number -> resolve
  nextRequest: 1,
  noWorker: typeof SharedWorker !== 'function',
  channel: null,
  leader: null,          // a KumquatHost, while this tab leads
  heardMs: 0,
  heard: '',             // the alive lock of the leader that was heard last
  secondsToSteal: 6,
  answerMs: 4000,

  // --- Reaching the service --------------------------------------------------------------------------------------------

  begin() {
    this.on = Kumquat.environment.config('mode') === 'local';
    if (!this.on) return;
    this.site = JSON.parse(Kumquat.environment.config('site') || '{}');
    this.names = kumquatNames(this.base);
    // The keys of this tab's and this site's small values: other sites of the origin have theirs.
    Kumquat.storage.prefix = `kumquat:${this.base}:`;
    Kumquat.storage.database = `kumquat.page:${this.base}`;
    if (!navigator.locks) {
      this.phase = 'stopped';
      this.reason = 'insecure';
      this.tell();
      return;
    }
    this.tab = `${this.names.tab}:${Kumquat.pictures.newKey()}`;
    navigator.locks.request(this.tab, () => {
      this.connect();
      // Held until the tab ends: that is how the service learns that it did.
      return new Promise(() => {});
    });
    window.addEventListener('pagehide', () => { if (this.post) this.post({ type: 'bye' }); });
    window.addEventListener('pageshow', (event) => { if (event.persisted) this.lost(); });
    document.addEventListener('visibilitychange', () => this.wantVisibleLeader());
  },

  async connect() {
    if (this.outdated) return;
    // Hosts of files let browsers keep service.js for a while. If it is that of an older build, this gets the newer one.
    if (this.tries > 0) await fetch('service.js', { cache: 'reload' }).catch(() => {});
    if (this.noWorker) {
      this.follow();
      return;
    }
    const worker = new SharedWorker('service.js', { name: this.names.worker });
    let answered = false;
    worker.port.onmessage = (event) => {
      answered = true;
      this.receive(event.data);
    };
    worker.onerror = () => {
      // It cannot be loaded here: forbidden by a policy, or not to be had in this kind of window.
      if (answered || this.noWorker) return;
      this.noWorker = true;
      this.connect();
    };
    this.post = (message) => worker.port.postMessage(message);
    this.greet();
    // A worker that was ending just then never answers; another attempt finds the next one.
    setTimeout(() => { if (!answered && !this.noWorker) this.connectAgain(); }, this.answerMs);
  },

  greet() {
    this.post({ type: 'hello', version: this.site.version, build: this.site.build, lock: this.tab });
  },

  send(message) { this.post({ ...message, epoch: this.epoch }); },

  receive(message) {
    if (message.type === 'state') {
      this.onState(message);
      return;
    }
    // Of a service that is gone.
    if (message.epoch !== this.epoch) return;
    const { number } = message;
    switch (message.type) {
      case 'opened':
        if (this.connections.has(number)) {
          this.connections.set(number, 'open');
          Kumquat.host.localOpened(number);
        }
        break;
      case 'text':
        if (this.isOpen(number)) Kumquat.host.localText(number, message.text);
        break;
      case 'closed':
        if (this.connections.delete(number)) Kumquat.host.localClosed(number, message.code, message.reason);
        break;
      case 'progress':
        if (this.uploads.has(number)) Kumquat.host.blobProgress(number, message.sent);
        break;
      case 'uploaded':
        if (this.uploads.delete(number)) Kumquat.host.blobDone(number, message.status, message.code, message.id, -1);
        break;
      default: {
        const resolve = this.requests.get(message.request);
        this.requests.delete(message.request);
        if (resolve) resolve(message);
      }
    }
  },

  onState(state) {
    if (state.epoch !== this.epoch) this.dropOpened();
    this.epoch = state.epoch;
    this.phase = state.phase;
    this.reason = state.reason;
    this.full = state.full;
    this.empty = state.empty;
    if (state.reason === 'cleared') this.gone = true;
    if (state.alive && state.alive !== this.alive) this.watch(state.alive);
    if (state.version !== this.site.version) {
      // A newer service does not make room for an older page; an older one does, and then we begin a newer one.
      if (state.build > this.site.build || this.tries > this.triesMax) this.setOutdated();
      else this.phase = 'starting';
    } else if (state.phase === 'stopped' && state.reason === 'outdated') {
      this.setOutdated();
    } else if (state.phase === 'running') {
      this.tries = 0;
      for (const number of this.connections.keys()) this.askFor(number);
    } else if (state.phase === 'stopped') {
      this.drop(1006);
    }
    this.tell();
  },

  setOutdated() {
    this.outdated = true;
    this.drop(4426);
  },

  /// The service, or the tab that led, has ended, whatever the reason: its lock is free.
  watch(alive) {
    this.alive = alive;
    navigator.locks.request(alive, { mode: 'shared' }, () => {
      if (this.alive === alive) this.lost();
    });
  },

  lost() {
    this.alive = '';
    this.epoch = '';
    this.phase = 'starting';
    this.tries += 1;
    this.dropOpened();
    this.tell();
    // An older service takes its time to end, and until then it is the one that is found.
    setTimeout(() => this.connectAgain(), (this.tries - 1) * 250);
  },

  /// Unless one has answered meanwhile: what was opened with that is not known at another port.
  connectAgain() {
    if (this.phase !== 'running') this.connect();
  },

  /// As drop(), of a service that is gone. A connection that it has not opened waits for the next.
  dropOpened() {
    const waiting = [...this.connections.keys()].filter((number) => !this.isOpen(number));
    for (const number of waiting) this.connections.delete(number);
    this.drop(1006);
    for (const number of waiting) this.connections.set(number, 'waiting');
  },

  /// Every connection ends, and every request.
  drop(code) {
    const numbers = [...this.connections.keys()];
    const uploads = [...this.uploads];
    const requests = [...this.requests.values()];
    this.connections.clear();
    this.uploads.clear();
    this.requests.clear();
    for (const number of numbers) Kumquat.host.localClosed(number, code, '');
    for (const number of uploads) Kumquat.host.blobDone(number, 0, 0, '', -1);
    for (const resolve of requests) resolve(null);
  },

  // --- Being one of several tabs without a shared worker -----------------------------------------------------------------

  follow() {
    if (this.channel === null) {
      const me = Kumquat.pictures.newKey();
      this.channel = new BroadcastChannel(this.names.channel);
      this.post = (message) => this.channel.postMessage({ to: 'host', from: me, message });
      this.channel.onmessage = ({ data }) => {
        if (!data) return;
        if (data.to === me) this.receive(data.message);
        else if (data.to === 'all') this.onBeat(data.beat);
        else if (data.to === 'leader' && this.leader && document.hidden) this.leader.stop('yielded');
      };
      setInterval(() => this.stealIfDead(), 2000);
      this.queue();
    }
    this.heardMs = performance.now();
    this.greet();
  },

  onBeat(beat) {
    this.heardMs = performance.now();
    if (beat === this.heard) return;
    this.heard = beat;
    this.greet();
    this.wantVisibleLeader();
  },

  /// A hidden tab may be frozen at any time: it lets a visible one lead.
  wantVisibleLeader() {
    if (this.channel !== null && !document.hidden && !this.leader) this.channel.postMessage({ to: 'leader' });
  },

  stealIfDead() {
    const quiet = performance.now() - this.heardMs > this.secondsToSteal * 1000;
    if (quiet && !document.hidden && !this.leader && !this.outdated) this.queue(true);
  },

  /// Waits to be the leader, and leads until it is over; then waits again.
  queue(steal = false) {
    this.heardMs = performance.now();
    navigator.locks.request(this.names.lock, steal ? { steal: true } : {}, () => this.lead()).catch(() => {
      if (this.leader) this.leader.stop('stolen');
    }).finally(() => {
      // Not at once: what could not be loaded will not be there a moment later.
      if (!this.outdated && !steal) setTimeout(() => this.queue(), 500);
    });
  },

  async lead() {
    if (this.leader || this.outdated) return;
    await this.script(this.site.host);
    await new Promise((resolve) => {
      this.leader = new KumquatHost({
        site: this.site,
        base: this.base,
        onEnd: () => {
          // The lock of a worker ends with the worker; this tab goes on.
          if (this.leader.releaseAlive) this.leader.releaseAlive();
          resolve();
        },
      });
      this.leader.start({ locked: true });
    });
    this.leader = null;
  },

  script(name) {
    return new Promise((resolve, reject) => {
      if (document.querySelector(`script[src="${name}"]`)) {
        resolve();
        return;
      }
      const script = document.createElement('script');
      script.src = name;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new Error(`${name} cannot be loaded`));
      };
      document.head.append(script);
    });
  },

  // --- Connections and pictures ----------------------------------------------------------------------------------------

  isOpen(number) { return this.connections.get(number) === 'open'; },

  askFor(number) {
    if (this.connections.get(number) !== 'waiting') return;
    this.connections.set(number, 'asked');
    this.send({ type: 'open', number });
  },

  open(number) {
    this.connections.set(number, 'waiting');
    if (this.phase === 'running') this.askFor(number);
    else if (this.outdated) setTimeout(() => this.drop(4426), 0);
  },

  sendText(number, text) {
    if (!this.isOpen(number)) return 0;
    this.send({ type: 'text', number, text });
    return 1;
  },

  close(number) {
    if (this.isOpen(number)) {
      this.send({ type: 'close', number });
    } else if (this.connections.has(number)) {
      this.forget(number);
      setTimeout(() => Kumquat.host.localClosed(number, 1000, ''), 0);
    }
  },

  /// Without a word: nothing more is heard of it.
  forget(number) {
    if (this.connections.has(number) && this.connections.get(number) !== 'waiting') this.send({ type: 'close', number });
    this.connections.delete(number);
  },

  upload(number, session, file) {
    this.uploads.add(number);
    if (this.phase === 'running') this.send({ type: 'upload', number, session, file });
    else setTimeout(() => { if (this.uploads.delete(number)) Kumquat.host.blobDone(number, 0, 0, '', -1); }, 0);
  },

  abort(number) {
    if (this.uploads.delete(number)) this.send({ type: 'abort', number });
  },

  /// The answer, or null if the service went away meanwhile.
  ask(message) {
    if (this.phase !== 'running') return Promise.resolve(null);
    const request = this.nextRequest++;
    return new Promise((resolve) => {
      this.requests.set(request, resolve);
      this.send({ ...message, request });
    });
  },

  async picture(id) {
    const answer = await this.ask({ type: 'picture', id });
    if (answer !== null && answer.file !== null) return answer.file;
    const error = new Error('no such picture');
    error.gone = answer !== null && !answer.failed;
    throw error;
  },

  // --- The whole world: 0 export, 1 import, 2 erase --------------------------------------------------------------------

  act(which) {
    if (which === 0) this.exportAll();
    else if (which === 1) this.chooseImport();
    else this.erase();
  },

  done(which, answer) { Kumquat.host.localDone(which, answer === null ? 199012 : answer.code); },

  async exportAll() {
    const answer = await this.ask({ type: 'export' });
    if (answer !== null && answer.code === 0) {
      const day = new Date().toISOString().slice(0, 10);
      Kumquat.tab.saveBlob(`kumquat-${day}.kumquat`, answer.file);
    }
    this.done(0, answer);
  },

  chooseImport() {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.kumquat';
    input.hidden = true;
    input.addEventListener('change', async () => {
      input.remove();
      if (input.files.length > 0) this.done(1, await this.ask({ type: 'import', file: input.files[0] }));
    });
    document.body.append(input);
    input.click();
  },

  /// What the service keeps, and then what this page keeps: who was here, what was not sent.
  async erase() {
    const answer = await this.ask({ type: 'erase' });
    if (answer === null || answer.code !== 0) {
      this.done(2, answer);
      return;
    }
    await Kumquat.storage.eraseAll();
    location.replace(location.pathname);
  },

  /// A second person in a second tab, which starts with nothing of this one's.
  openTab(fragment) { window.open(`./#${encodeURIComponent(fragment)}`, '_blank', 'noopener'); },

  /// For C++ (src/platform/web/web_local.h): 1 the service runs, 2 nobody has an account yet.
  bits() { return (this.phase === 'running' ? 1 : 0) | (this.phase === 'running' && this.empty ? 2 : 0); },

  // --- Telling the person ----------------------------------------------------------------------------------------------

  tell() {
    if (Kumquat.host !== null) Kumquat.host.localState();
    if (this.gone) Kumquat.notice.show('gone', () => this.knowsGone());
    else if (this.phase === 'stopped' && !this.outdated) Kumquat.notice.show(this.reason, () => this.restart());
    else if (this.full) Kumquat.notice.show('full');
    else Kumquat.notice.hide('gone', 'full', 'denied', 'insecure', 'blocked', 'newer', 'damaged', 'broken');
  },

  knowsGone() {
    this.gone = false;
    this.tell();
  },

  restart() {
    if (this.reason === 'newer' || this.reason === 'insecure') location.reload();
    else this.post({ type: 'restart' });
  },
};
