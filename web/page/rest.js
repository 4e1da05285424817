// What a chat can begin without comes when it has begun, where the page was built that way: scripts (rest.js), and the second
// part of the program (rest.wasm; script/cmake/split_program.mjs). Whoever needs something earlier waits for it: nothing is
// lost, and what cannot be loaded is asked for again.
Kumquat.rest = {
  // The names of the files; '' if there is none. Whoever puts the page together fills them in.
  script: '/*REST_SCRIPT*/',
  program: '/*REST_PROGRAM*/',
  exports: null,     // of the first part
  complete: null,    // of everything that comes later, once it is being loaded
  scripted: null,    // of the scripts
  programmed: false,

  // --- The first part ---

  // For Emscripten's Module.
  options: { instantiateWasm: (imports, done) => Kumquat.rest.instantiate(imports, done) },

  instantiate(imports, done) {
    // By its place in the table, a function of the second part. After that is there nobody comes here any more.
    imports.rest = new Proxy({}, { get: (_, place) => (...values) => this.callEarly(Number(place), values) });
    this.first(imports).then(({ instance }) => {
      this.exports = instance.exports;
      done(instance);
    });
    return {};
  },

  async first(imports) {
    const get = () => fetch('/*PROGRAM*/', { credentials: 'same-origin' });
    try {
      return await WebAssembly.instantiateStreaming(get(), imports).catch(async (error) => {
        // Whoever serves the file may call it something else than application/wasm.
        if (!(error instanceof TypeError)) throw error;
        return WebAssembly.instantiate(await (await get()).arrayBuffer(), imports);
      });
    } catch (error) {
      throw new WebAssembly.RuntimeError(error.message);
    }
  },

  // --- What comes later ---

  // As soon as there is a chat, or when there has been something else than signing in for a while.
  fieldMade(id) {
    if (id.startsWith('composer:')) setTimeout(() => this.load(), 300);
    else if (!id.startsWith('login.')) setTimeout(() => this.load(), 1000);
  },

  // Resolves when everything is there.
  load() {
    if (this.complete === null) this.complete = this.untilDone(() => this.addProgram()).then(() => this.scripts());
    return this.complete;
  },

  scripts() {
    if (this.scripted === null) this.scripted = this.untilDone(() => this.addScript());
    return this.scripted;
  },

  async untilDone(work) {
    for (let wait = 1000;; wait = Math.min(wait * 2, 30000)) {
      try {
        await work();
        return;
      } catch (error) {
        console.warn('kumquat: a part of the page cannot be loaded yet', error.message);
        await new Promise((resolve) => {
          setTimeout(resolve, wait);
          window.addEventListener('online', resolve, { once: true });
        });
      }
    }
  },

  async addProgram() {
    if (this.program === '' || this.programmed) return;
    const answer = await fetch(this.program, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(answer.statusText);
    const module = await WebAssembly.compile(await answer.arrayBuffer());
    // It may have been needed meanwhile.
    if (this.programmed) return;
    await WebAssembly.instantiate(module, { first: this.exports });
    this.programmed = true;
  },

  addScript() {
    if (this.script === '') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = this.script;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new Error(this.script));
      };
      document.head.append(script);
    });
  },

  // --- Needed before it is there: the program cannot wait, so everything does ---

  callEarly(place, values) {
    while (!this.programmed) {
      try {
        this.addProgramNow();
      } catch (error) {
        console.warn('kumquat: a part of the page cannot be loaded', error.message);
        const chinese = /^zh\b/i.test(document.documentElement.lang);
        if (!confirm(chinese ? '页面有一部分没能载入，现在要用到它。再试一次？'
          : 'A part of the page that is needed now could not be loaded. Try again?')) throw new WebAssembly.RuntimeError(error.message);
      }
    }
    return Object.values(this.exports).find((value) => value instanceof WebAssembly.Table).get(place)(...values);
  },

  addProgramNow() {
    const request = new XMLHttpRequest();
    request.open('GET', this.program, false);
    // Bytes as characters: a request that is waited for may not answer with an ArrayBuffer.
    request.overrideMimeType('text/plain; charset=x-user-defined');
    request.send();
    if (request.status !== 200) throw new Error(request.statusText);
    const bytes = Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xFF);
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { first: this.exports });
    this.programmed = true;
  },
};

// Stands in for viewer.js until that has come.
Kumquat.viewer = {
  wanted: null,

  show(...values) {
    this.wanted = values;
    Kumquat.rest.scripts().then(() => {
      if (this.wanted === values) Kumquat.viewer.show(...values);
    });
  },

  close() { this.wanted = null; },
};
