// The home of the chat service inside the browser: runs the WebAssembly module (src/worker/abi.h) over IndexedDB (disk.js)
// and serves the tabs. The same code in a shared worker and, where there is none, in the leading tab (web/page/local.js).
//
// It may crash at any time: an answer leaves after the journal is on the disk, never before. Whoever begins holds the Web
// Lock of the site, raises the fence and draws a new epoch; a tab that sees a new one connects anew and resumes.
//
// Messages. From a tab: hello { version, build, lock }, open { number }, text { number, text }, close { number },
// upload { number, session, file }, abort { number }, picture { request, id }, export / import { file } / erase { request },
// restart (of a service that has stopped), bye. To a tab: state { epoch, phase, reason, full, empty, version, build, alive }, opened, text, closed { number, code, reason },
// progress { number, sent }, uploaded { number, status, code, id }, picture { request, file }, done { request, code, file }.
// All but hello, restart and bye bear the epoch they belong to.

/// One instance of the module. Text in and out; whatever it throws goes to `onBroken`, once.
class KumquatModule {
  static async create(compiled, base, hooks, onBroken) {
    const self = new KumquatModule();
    self.onBroken = onBroken;
    const text = (at, size) => self.decoder.decode(self.module.HEAPU8.subarray(at, at + size));
    const bytes = (at, size) => self.module.HEAPU8.slice(at, at + size);
    const host = {
      send: (connection, at, size) => hooks.send(connection, text(at, size)),
      close: (connection, code, at, size) => hooks.close(connection, code, text(at, size)),
      commit: (record, at, size) => hooks.commit(record, bytes(at, size)),
      snapshotChunk: (index, last, at, size) => { self.chunk = { index, last: last !== 0, bytes: bytes(at, size) }; },
      uploadReady: (upload, code) => hooks.uploadReady(upload, code),
      uploadKeep: (upload, at, size) => hooks.uploadKeep(upload, text(at, size)),
      uploadDone: (upload, code, at, size) => hooks.uploadDone(upload, code, text(at, size)),
      removePicture: (at, size) => hooks.removePicture(text(at, size)),
      exportBytes: (at, size) => { self.exported.push(bytes(at, size)); },
      exportPicture: (at, size, length) => { self.wanted = { id: text(at, size), bytes: length }; },
      importPicture: (at, size, offset, length) => { self.imported.push({ id: text(at, size), offset, bytes: length }); },
      random: (at, size) => {
        // Not into the memory itself: browsers refuse more than 64 KiB at once, and memory that is shared.
        for (let done = 0; done < size; done += 65536) {
          self.module.HEAPU8.set(crypto.getRandomValues(new Uint8Array(Math.min(65536, size - done))), at + done);
        }
      },
      now: () => Date.now(),
      log: (level, at, size) => (level === 2 ? console.error : level === 1 ? console.warn : console.info)(`kumquat: ${text(at, size)}`),
    };
    self.module = await new Promise((resolve, reject) => {
      KumquatProgram({
        host,
        noInitialRun: true,  // main() is the page's
        locateFile: (name) => base + name,
        instantiateWasm: (imports, done) => {
          compiled.then((program) => WebAssembly.instantiate(program, imports)).then((instance) => done(instance), reject);
          return {};
        },
      }).then(resolve, reject);
    });
    return self;
  }

  constructor() {
    this.decoder = new TextDecoder();
    this.encoder = new TextEncoder();
    this.exported = [];
    this.imported = [];
    this.chunk = null;
    this.wanted = null;
    this.broken = false;
  }

  /// Calls svc_<name>; an array or a string among the arguments becomes pointer and size (one of them at most).
  call(name, ...args) {
    if (this.broken) return 0;
    try {
      const flat = [];
      for (const arg of args) {
        if (typeof arg === 'number') {
          flat.push(arg);
          continue;
        }
        const bytes = typeof arg === 'string' ? this.encoder.encode(arg) : arg;
        const at = this.module._svc_buffer(bytes.length);
        this.module.HEAPU8.set(bytes, at);
        flat.push(at, bytes.length);
      }
      return this.module[`_svc_${name}`](...flat);
    } catch (error) {
      this.broken = true;
      this.onBroken(error);
      return 0;
    }
  }

  errorText() {
    const at = this.call('error_text');
    return this.decoder.decode(this.module.HEAPU8.subarray(at, at + this.call('error_bytes')));
  }
}

/// A tab, over its port or over the channel of those that have none.
class KumquatClient {
  constructor(post) {
    this.post = post;
    this.greeted = false;
    this.outdated = false;
    this.connections = new Map();  // the tab's number -> the module's
    this.uploads = new Map();      // likewise
  }
}

class KumquatHost {
  /// site: { build, version, wasm }; base: the site's path; onEnd(): this home is over for good.
  constructor({ site, base, onEnd }) {
    this.site = site;
    this.base = base;
    this.onEnd = onEnd;
    this.names = kumquatNames(base);
    this.clients = new Set();
    this.remote = new Map();       // clients of the channel, by their name
    this.phase = 'starting';       // starting, running, stopped
    this.reason = '';
    this.full = false;
    this.epoch = '';
    this.disk = null;
    this.module = null;
    this.timer = 0;
    this.nextNumber = 1;
    this.owners = new Map();       // the module's number of a connection -> { client, number }
    this.uploads = new Map();      // the module's number of an upload -> { client, number, file, kept }
    this.writing = Promise.resolve();
    this.turns = Promise.resolve();
    this.snapshotting = false;
    this.crashes = [];
    this.release = null;
    this.releaseAlive = null;
    this.ended = false;            // serves nobody any more
    this.left = false;             // and is not there to be asked why
  }

  // --- Beginning and end -----------------------------------------------------------------------------------------------

  static random() {
    return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /// Waits for the lock and serves. `lock` says that the caller holds it already.
  async start({ locked = false } = {}) {
    // Without Web Locks there is no telling who may write: they are missing outside of secure contexts.
    if (!navigator.locks || typeof indexedDB === 'undefined') return this.stop('insecure');
    this.alive = `${this.names.alive}:${KumquatHost.random()}`;
    navigator.locks.request(this.alive, () => new Promise((resolve) => { this.releaseAlive = resolve; }));
    this.listen();
    this.compiled = this.compile();
    this.compiled.catch(() => {});  // told by whoever needs it
    if (locked) return this.begin();
    return navigator.locks.request(this.names.lock, () => {
      if (this.ended) return undefined;
      this.begin();
      return new Promise((resolve) => { this.release = resolve; });
    }).catch((error) => {
      // Stolen, by a tab that had not heard of us for too long.
      if (!this.ended) this.stop(error && error.name === 'AbortError' ? 'stolen' : 'denied');
    });
  }

  async compile() {
    const address = this.base + this.site.wasm;
    try {
      return await WebAssembly.compileStreaming(fetch(address));
    } catch {
      // The host of the files calls it something else than application/wasm.
      return WebAssembly.compile(await (await fetch(address)).arrayBuffer());
    }
  }

  /// Loads what is stored and runs it. Also after a crash of the module, an import and an erasure: always with a new epoch.
  async begin() {
    const epoch = KumquatHost.random();
    this.epoch = epoch;
    this.phase = 'starting';
    this.tellAll();
    try {
      if (this.disk) this.disk.close();
      const [disk, module] = await Promise.all([
        KumquatDisk.open(this.names.database, epoch, (reason) => this.stop(reason)), this.instance()]);
      this.disk = disk;
      if (this.ended) {
        disk.close();
        return;
      }
      const { chunks, records, pictures } = await disk.load();
      for (const chunk of chunks) if (!this.loaded(module, 'load_chunk', chunk)) return;
      for (const record of records) if (!this.loaded(module, 'load_record', record)) return;
      if (!this.loaded(module, 'start')) return;
      if (this.ended) return;
      this.module = module;
      this.writing = Promise.resolve();
      this.phase = 'running';
      const lost = pictures.filter((id) => module.call('has_picture', id) === 0);
      if (lost.length > 0) this.enqueue(() => disk.removePictures(lost));
      this.tellAll();
      this.settle();
    } catch (error) {
      if (this.ended) return;
      console.error('kumquat: the service does not start', error);
      this.stop((error && error.trouble) || 'broken');
    }
  }

  instance() {
    return KumquatModule.create(this.compiled, this.base, {
      send: (connection, text) => this.send(connection, text),
      close: (connection, code, reason) => this.closed(connection, code, reason),
      commit: (record, bytes) => this.commit(record, bytes),
      uploadReady: (upload, code) => this.uploadReady(upload, code),
      uploadKeep: (upload, id) => this.uploadKeep(upload, id),
      uploadDone: (upload, code, answer) => this.uploadDone(upload, code, answer),
      removePicture: (id) => { this.enqueue(() => this.disk.removePictures([id])); },
    }, (error) => this.crashed(error));
  }

  loaded(module, name, ...args) {
    const code = module.call(name, ...args);
    if (code === 0 && !module.broken) return true;
    if (module.broken) return false;
    console.error(`kumquat: what is stored cannot be read (${code}): ${module.errorText()}`);
    this.stop(code === kumquatCodes.dataNewer ? 'newer' : 'damaged');
    return false;
  }

  /// Everybody is disconnected; what was not acknowledged is sent again over the next connection.
  unload(code, reason) {
    this.module = null;
    clearTimeout(this.timer);
    this.timer = 0;
    for (const { client, number } of this.owners.values()) client.post({ type: 'closed', epoch: this.epoch, number, code, reason });
    for (const { client, number } of this.uploads.values()) this.answerUpload(client, number, 0, 0, '');
    this.owners.clear();
    this.uploads.clear();
    for (const client of this.clients) {
      client.connections.clear();
      client.uploads.clear();
    }
  }

  // A check that failed, or memory that has run out. What is on the disk is sound: begin anew, but not for ever.
  crashed(error) {
    console.error('kumquat: the service broke', error);
    const now = Date.now();
    this.crashes = this.crashes.filter((at) => now - at < 60_000);
    this.crashes.push(now);
    // Not on the stack of the call that failed.
    setTimeout(() => {
      if (this.ended) return;
      this.unload(1006, '');
      if (this.crashes.length > 3) this.stop('broken');
      else this.writing.then(() => this.begin());
    }, 0);
  }

  /// Serves nobody any more. `reason` tells the tabs why: outdated, stolen, fenced, cleared, denied, insecure, blocked, newer,
  /// damaged, broken, full, yielded.
  stop(reason) {
    if (this.ended) return;
    this.ended = true;
    this.unload(reason === 'outdated' ? 4426 : 1006, '');
    this.phase = 'stopped';
    this.reason = reason;
    this.tellAll();
    this.writing.finally(() => {
      if (this.disk) this.disk.close();
      if (this.release) this.release();
      // Whoever begins next is better off than we. Storage that is forbidden or damaged stays so: we are there to tell it,
      // until somebody wants to try again.
      if (['outdated', 'stolen', 'fenced', 'yielded', 'cleared'].includes(reason)) this.leave();
    });
  }

  leave() {
    if (this.left) return;
    this.left = true;
    clearInterval(this.beat);
    if (this.channel) this.channel.close();
    this.onEnd();
  }

  // --- Tabs ------------------------------------------------------------------------------------------------------------

  attach(port) {
    const client = new KumquatClient((message) => port.postMessage(message));
    this.clients.add(client);
    port.onmessage = (event) => this.receive(client, event.data);
    this.tell(client);
  }

  /// Tabs without a shared worker come over a channel, wherever we are: some browsers let only some tabs have one.
  listen() {
    this.channel = new BroadcastChannel(this.names.channel);
    this.channel.onmessage = ({ data }) => {
      if (!data || data.to !== 'host') return;
      let client = this.remote.get(data.from);
      if (!client) {
        client = new KumquatClient((message) => this.channel.postMessage({ to: data.from, message }));
        this.remote.set(data.from, client);
        this.clients.add(client);
        this.tell(client);
      }
      this.receive(client, data.message);
    };
    // Who hears nothing for too long takes the lock away.
    const beat = () => this.channel.postMessage({ to: 'all', beat: this.alive });
    this.beat = setInterval(beat, 2000);
    beat();
  }

  state() {
    return {
      type: 'state', epoch: this.epoch, phase: this.phase, reason: this.reason, full: this.full, alive: this.alive,
      empty: this.module !== null && this.module.call('is_empty') !== 0, version: this.site.version, build: this.site.build,
    };
  }

  tell(client) { client.post(this.state()); }
  tellAll() {
    const state = this.state();
    for (const client of this.clients) client.post(state);
  }

  forget(client) {
    if (!this.clients.delete(client)) return;
    for (const [name, remote] of this.remote) if (remote === client) this.remote.delete(name);
    for (const connection of client.connections.values()) {
      this.owners.delete(connection);
      this.call('disconnect', connection);
    }
    for (const upload of client.uploads.values()) {
      this.uploads.delete(upload);
      this.call('upload_cancel', upload);
    }
    this.settle();
  }

  receive(client, message) {
    if (message.type === 'hello') return this.greet(client, message);
    if (this.ended) return message.type === 'restart' ? this.leave() : undefined;
    if (message.type === 'bye') return this.forget(client);
    // Meant for a service that is gone: told once more that it is.
    if (message.epoch !== this.epoch) return this.tell(client);
    switch (message.type) {
      case 'open': return this.open(client, message.number);
      case 'text': return this.text(client, message.number, message.text);
      case 'close': return this.hangUp(client, message.number);
      case 'upload': return this.upload(client, message);
      case 'abort': return this.abort(client, message.number);
      case 'picture': return this.picture(client, message);
      case 'export': return this.inTurn(client, message.request, () => this.exportAll());
      case 'import': return this.inTurn(client, message.request, () => this.importAll(message.file));
      case 'erase': return this.inTurn(client, message.request, () => this.erase());
      default: return undefined;
    }
  }

  greet(client, { version, build, lock }) {
    if (!client.greeted) {
      client.greeted = true;
      // Granted when the tab has gone, however that came about. The tab took it before it said hello.
      navigator.locks.request(lock, () => this.forget(client));
    }
    this.tell(client);
    // A tab of a newer build wants a newer service: make room. What is stored is only ever read by one of them.
    if (version !== this.site.version && build >= this.site.build) this.stop('outdated');
  }

  open(client, number) {
    if (this.phase !== 'running') return client.post({ type: 'closed', epoch: this.epoch, number, code: 1006, reason: '' });
    const connection = this.nextNumber++;
    client.connections.set(number, connection);
    this.owners.set(connection, { client, number });
    client.post({ type: 'opened', epoch: this.epoch, number });
    this.call('connect', connection);
    return this.settle();
  }

  text(client, number, text) {
    const connection = client.connections.get(number);
    if (connection === undefined || typeof text !== 'string') return;
    this.call('receive', connection, text);
    this.settle();
  }

  hangUp(client, number) {
    const connection = client.connections.get(number);
    client.post({ type: 'closed', epoch: this.epoch, number, code: 1000, reason: '' });
    if (connection === undefined) return;
    client.connections.delete(number);
    this.owners.delete(connection);
    this.call('disconnect', connection);
    this.settle();
  }

  send(connection, text) {
    const owner = this.owners.get(connection);
    if (owner) owner.client.post({ type: 'text', epoch: this.epoch, number: owner.number, text });
  }

  closed(connection, code, reason) {
    const owner = this.owners.get(connection);
    if (!owner) return;
    this.owners.delete(connection);
    owner.client.connections.delete(owner.number);
    owner.client.post({ type: 'closed', epoch: this.epoch, number: owner.number, code, reason });
  }

  // --- The module ------------------------------------------------------------------------------------------------------

  call(name, ...args) { return this.module ? this.module.call(name, ...args) : 0; }

  /// After every call: when is it the module's turn, and is a snapshot worth its while?
  settle() {
    clearTimeout(this.timer);
    this.timer = 0;
    const module = this.module;
    if (!module) return;
    const next = module.call('next_tick');
    if (next >= 0) {
      this.timer = setTimeout(() => {
        this.call('tick');
        this.settle();
      }, Math.min(Math.max(0, next - Date.now()), 0x7FFFFFFF));
    }
    if (!this.snapshotting && module.call('snapshot_due') !== 0) this.snapshot();
  }

  /// Writes one after the other, in the order of the calls.
  enqueue(work) {
    this.writing = this.writing.then(work).catch((error) => {
      console.error('kumquat: the storage failed', error);
      return kumquatCodes.storageFailed;
    });
    return this.writing;
  }

  async commit(record, bytes) {
    const { module, disk } = this;
    const code = await this.enqueue(() => disk.commit(record, bytes));
    if (module !== this.module || module === null) return;
    const empty = module.call('is_empty');
    module.call('committed', record, code);
    this.settle();
    if (code === kumquatCodes.dataInUse) return this.stop('fenced');
    if (module.call('is_empty') !== empty) this.tellAll();
    this.setFull(code === kumquatCodes.diskFull ? true : code === 0 ? false : this.full);
  }

  setFull(full) {
    if (full === this.full) return;
    this.full = full;
    this.tellAll();
  }

  async snapshot() {
    const { module, disk } = this;
    this.snapshotting = true;
    let code = kumquatCodes.ok;
    try {
      const record = module.call('snapshot_begin');
      const generation = disk.generation + 1;
      for (let more = true; more && code === 0 && module === this.module;) {
        // Between two steps the tabs have their turn.
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (module !== this.module) break;
        more = module.call('snapshot_next') !== 0;
        const { index, bytes } = module.chunk;
        module.chunk = null;
        code = await this.enqueue(() => (more
          ? disk.putChunk(generation, index, bytes) : disk.finishSnapshot(generation, index, bytes, record)));
      }
      if (module === this.module) module.call('snapshot_stored', code);
    } finally {
      this.snapshotting = false;
    }
    this.settle();
  }

  // --- Pictures --------------------------------------------------------------------------------------------------------

  upload(client, { number, session, file }) {
    if (this.phase !== 'running' || !(file instanceof Blob)) return this.answerUpload(client, number, 0, 0, '');
    const upload = this.nextNumber++;
    client.uploads.set(number, upload);
    this.uploads.set(upload, { client, number, file });
    this.call('upload_begin', upload, session);
    return this.settle();
  }

  // No status: as if the network had failed; the client tries again after a while.
  answerUpload(client, number, status, code, id) {
    client.uploads.delete(number);
    client.post({ type: 'uploaded', epoch: this.epoch, number, status, code, id });
  }

  endUpload(upload, code, id = '') {
    const entry = this.uploads.get(upload);
    if (!entry) return;
    this.uploads.delete(upload);
    const statuses = { 0: 201, 199011: 429, 60022: 503, 199012: 503, 199021: 503, 199022: 507, 20002: 401 };
    this.answerUpload(entry.client, entry.number, statuses[code] || 400, code, id);
    if (code === kumquatCodes.diskFull) this.setFull(true);
  }

  abort(client, number) {
    const upload = client.uploads.get(number);
    if (upload === undefined) return;
    client.uploads.delete(number);
    this.uploads.delete(upload);
    this.call('upload_cancel', upload);
    this.settle();
  }

  async uploadReady(upload, code) {
    const entry = this.uploads.get(upload);
    if (!entry) return;
    if (code !== 0) return this.endUpload(upload, code);
    const module = this.module;
    const here = () => module === this.module && this.uploads.get(upload) === entry;
    const refuse = (failure) => {
      module.call('upload_cancel', upload);
      this.endUpload(upload, failure);
    };
    try {
      // Words are small and pictures are not: the last of the space is kept for words.
      const { quota, usage } = await navigator.storage.estimate();
      if (here() && quota - usage < 2 * entry.file.size + 4 * 1024 * 1024) return refuse(kumquatCodes.diskFull);
      const pieces = [];
      for (let at = 0; at < entry.file.size && here(); at += 262144) {
        // What is judged is what is kept: a file may change between two looks at it.
        const piece = new Uint8Array(await entry.file.slice(at, at + 262144).arrayBuffer());
        if (!here()) return undefined;
        pieces.push(piece);
        const failure = module.call('upload_feed', upload, piece);
        if (failure !== 0) return this.endUpload(upload, failure);
        entry.client.post({ type: 'progress', epoch: this.epoch, number: entry.number, sent: at + piece.length });
      }
      if (!here()) return undefined;
      const type = /^image\/(jpeg|png|gif|webp)$/.test(entry.file.type) ? entry.file.type : '';
      entry.file = new Blob(pieces, { type });
      const failure = module.call('upload_finish', upload);
      if (failure !== 0) this.endUpload(upload, failure);
    } catch (error) {
      console.error('kumquat: an upload cannot be read', error);
      if (here()) refuse(kumquatCodes.storageFailed);
    }
    return this.settle();
  }

  async uploadKeep(upload, id) {
    const { module, disk } = this;
    const entry = this.uploads.get(upload);
    const code = await this.enqueue(() => (entry ? disk.putPicture(id, entry.file) : kumquatCodes.storageFailed));
    if (module !== this.module) return;
    module.call('upload_kept', upload, code);
    this.settle();
  }

  uploadDone(upload, code, answer) {
    let id = '';
    if (code === 0) ({ id } = JSON.parse(answer));
    this.endUpload(upload, code, id);
  }

  async picture(client, { request, id }) {
    let file = null;
    let failed = false;
    try {
      file = await this.disk.picture(id);
    } catch (error) {
      console.error('kumquat: a picture cannot be read', error);
      failed = true;
    }
    client.post({ type: 'picture', epoch: this.epoch, request, file, failed });
  }

  // --- The whole world -------------------------------------------------------------------------------------------------

  /// One of these at a time; the answer is a code and perhaps a file, and what follows on it.
  inTurn(client, request, work) {
    this.turns = this.turns.then(work).catch((error) => {
      console.error('kumquat: export, import or erasure failed', error);
      return { code: kumquatCodes.storageFailed };
    }).then(({ code, file = null, next = null }) => {
      client.post({ type: 'done', epoch: this.epoch, request, code, file });
      return next === null ? undefined : next();
    });
  }

  async exportAll() {
    const { module, disk } = this;
    if (!module) return { code: kumquatCodes.storageFailed };
    const parts = [];
    module.exported = [];
    module.call('export_begin');
    for (let step = 1; step !== 0;) {
      if (module !== this.module) return { code: kumquatCodes.storageFailed };
      step = module.call('export_next');
      if (step === 2) {
        const { id, bytes } = module.wanted;
        const file = await disk.picture(id);
        const found = file !== null && file.size === bytes;
        module.call('export_picture', found ? 1 : 0);
        parts.push(...module.exported.splice(0));
        if (found) parts.push(file);
      } else {
        parts.push(...module.exported.splice(0));
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (module.broken) return { code: kumquatCodes.storageFailed };
    return { code: 0, file: new Blob(parts, { type: 'application/octet-stream' }) };
  }

  /// Reads the file into a module of its own; only a whole and sound one gets as far as the storage.
  async importAll(file) {
    if (!(file instanceof Blob) || !this.module) return { code: kumquatCodes.storageFailed };
    if (this.call('is_empty') === 0) return { code: kumquatCodes.dataNotEmpty };
    let broken = false;
    const nothing = () => {};
    const reader = await KumquatModule.create(this.compiled, this.base, {
      send: nothing, close: nothing, commit: nothing, uploadReady: nothing, uploadKeep: nothing, uploadDone: nothing, removePicture: nothing,
    }, (error) => {
      console.error('kumquat: the import broke', error);
      broken = true;
    });
    let code = 0;
    for (let at = 0; at < file.size && code === 0; at += 1 << 20) {
      code = reader.call('import_feed', new Uint8Array(await file.slice(at, at + (1 << 20)).arrayBuffer()));
    }
    if (code === 0) code = reader.call('import_finish');
    if (broken) return { code: kumquatCodes.dataDamaged };
    if (code !== 0) {
      console.warn(`kumquat: the file was not imported (${code}): ${reader.errorText()}`);
      return { code };
    }
    const chunks = [];
    reader.call('snapshot_begin');
    for (let more = 1; more !== 0;) {
      more = reader.call('snapshot_next');
      chunks.push(reader.chunk.bytes);
    }
    if (broken) return { code: kumquatCodes.dataDamaged };
    const pictures = reader.imported.map(({ id, offset, bytes }) => [id, file.slice(offset, offset + bytes)]);
    return this.replace(chunks, pictures, true);
  }

  erase() { return this.replace([], [], false); }

  /// Puts another world in the place of this one, and begins anew with it.
  async replace(chunks, pictures, onlyIfEmpty) {
    await this.writing;
    // Nobody gets an answer from the old world any more, so nothing of it can be lost by what follows.
    if (!this.module) return { code: kumquatCodes.storageFailed };
    if (onlyIfEmpty && this.call('is_empty') === 0) return { code: kumquatCodes.dataNotEmpty };
    this.unload(1006, '');
    this.phase = 'starting';
    const code = await this.enqueue(() => this.disk.replaceAll(chunks, pictures));
    return { code, next: () => (this.ended ? undefined : this.begin()) };
  }
}
