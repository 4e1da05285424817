// Rehearses the beginning of the page without a browser, so that script/cmake/split_program.mjs learns which functions of the
// program a chat needs: somebody signs in, opens a chat, writes, and gets an answer. The page's scripts (web/page/) and the
// server are played by what stands here; what they say is as short as the program takes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import vm from 'node:vm';

// Answers to requests, as in src/proto/PROTOCOL.md.
const time = Date.now();
const me = { profile: { user_id: 'bob', nick: 'Bob' }, allow: 'AllowType_Type_AllowAny' };
const peer = { user_id: 'ann', nick: '安安' };
const text = (words) => ({ type: 'TIMTextElem', payload: { text: words } });
const messages = [
  { seq: 1, from: 'ann', time_ms: time - 86_400_000, body: text('早！金橘泡好了吗？') },
  { seq: 2, from: 'bob', time_ms: time - 60_000, body: text('Almost there') },
  { seq: 3, from: 'ann', time_ms: time, body: text('Tell me when it is done 😍') },
];
const conversation = {
  id: 'C2Cann', peer, last_seq: 3, last_message: messages[2], unread: 1, read_seq: 2, peer_read_seq: 2, state: { first_seq: 1 },
};

class Server {
  constructor(signIn, alone) {
    this.signIn = signIn;
    this.alone = alone;
    this.refuses = true;
    this.seq = 3;
    this.number = 3;
  }

  // null: refused.
  reply(name, body) {
    if (name === 'sign_in' && this.refuses) return null;
    switch (name) {
      case 'hello': return {
        version: 1, server: 'rehearsal', epoch: '0'.repeat(32), time_ms: time, sign_in: [this.signIn],
        limits: {
          frame_bytes: 131072, requests_in_flight: 64, page_bytes: 65536, page_entries: 200, message_bytes: 12288,
          user_id_bytes: 32, nick_bytes: 500, wording_bytes: 256, remark_bytes: 96, group_bytes: 30, friends: 3000,
          friend_groups: 32, friend_requests: 100, blocked: 1000, picture_bytes: 20971519, picture_pixels: 40000000,
          recall_ms: 120000, edit_ms: 172800000, reaction_kinds: 20, deleted_at_once: 30, pins: 20,
        },
      };
      case 'sign_in': return { session: '1'.repeat(32), expires_ms: time * 2, me };
      case 'resume': return { expires_ms: time * 2, me };
      case 'sync':
        if (body.since !== undefined) return { number: body.since };
        if (this.alone) return { reset: true, number: this.number, me };
        return { reset: true, number: this.number, friends: [{ profile: peer, added_ms: time }], conversations: [conversation], me };
      case 'get_history': return { messages };
      case 'mark_read': return { read_seq: body.seq };
      case 'send_message': return { seq: this.seq += 1, time_ms: time };
      case 'set_typing': return {};
      default: throw new Error(`nobody has rehearsed ${name}`);
    }
  }

  // What is said of its own accord, after the reply to a request.
  events(name, body) {
    const event = (kind, content) => ({ kind: 'event', number: this.number += 1, name: kind, body: content });
    const signal = (kind, content) => ({ kind: 'signal', name: kind, body: content });
    const about = { conversation: conversation.id };
    if (name === 'sync' && body.since === undefined) {
      const come = [signal('presence', { complete: true, online: ['ann'] })];
      if (this.alone) {
        come.push(event('friend', { changed: { profile: peer, added_ms: time } }));
        come.push(event('message', { ...about, peer, message: messages[0] }));
      }
      return come;
    }
    if (name === 'mark_read') return [event('read', { ...about, reader: 'bob', seq: body.seq })];
    if (name !== 'send_message') return [];
    const own = { seq: this.seq, from: 'bob', time_ms: time, client_id: body.client_id, body: body.body };
    this.answer = `Good ${this.seq}`;
    const answer = { seq: this.seq += 1, from: 'ann', time_ms: time, body: text(this.answer) };
    return [
      event('message', { ...about, peer, message: own }), event('read', { ...about, reader: 'ann', seq: own.seq }),
      signal('typing', { ...about, typing: true }), event('message', { ...about, peer, message: answer }),
    ];
  }
}

// --- The browser and the page's scripts ---

// Of a key Enter, behind the field's name: modifiers, whether it is one of a field of several lines, whether it belongs to a
// composition, its code, and the milliseconds since one ended.
const enter = [0, 0, 0, 13, 1e6];

// Whatever is not played has no effect, and answers 0.
const mute = (played) => new Proxy(played, { get: (object, name) => (name in object ? object[name] : () => 0) });

function webGl() {
  return new Proxy({}, {
    get: (kept, name) => {
      if (name in kept) return kept[name];
      if (name === 'getSupportedExtensions') return () => [];
      if (name === 'getParameter') return () => 4096;
      if (/^get(Shader|Program)Parameter$/.test(name)) return () => 1;
      if (/^get\w*InfoLog$/.test(name)) return () => '';
      if (name === 'getActiveUniform' || name === 'getActiveAttrib') return () => ({ name: 'a', size: 1, type: 0 });
      if (name === 'checkFramebufferStatus') return () => 0x8CD5;
      if (/^(create|getUniformLocation|getContextAttributes)/.test(name)) return () => ({});
      return () => 0;
    },
  });
}

class Page {
  constructor({ width, height, ratio, touch, language, signIn, kept }, alone) {
    this.now = 0;
    this.due = null;
    this.wantsFrame = false;
    this.wantsIdle = false;
    this.offline = false;
    this.fields = new Set();
    // Of nodes of the mirror, by their keys.
    this.texts = new Map();
    this.parents = new Map();
    this.places = new Map();
    this.answers = [];        // what others say, one behind the other, each after a while
    this.answerAt = 0;
    this.touch = touch;
    this.width = width;
    this.height = height;
    // As in web/page/environment.js.
    this.numbers = [width, height, width * ratio, height * ratio, ratio, 0, 0, 0, 0, 0, touch ? 1 : 0, 0, 0, 0, 0, 1, 1, 1, 0];
    this.kept = kept;
    this.server = new Server(signIn, alone);
    const canvas = mute({ getContext: () => webGl(), width, height });
    const page = this;
    this.world = vm.createContext({
      console, TextDecoder, TextEncoder, URL, WebAssembly, crypto: webcrypto, performance: { now: () => this.now },
      setTimeout, clearTimeout, navigator: { userAgent: '', language }, location: { href: 'http://localhost/', protocol: 'http:' },
      document: mute({ querySelector: () => canvas, getElementById: () => canvas, title: '', currentScript: { src: '' } }),
      WebSocket: class {
        constructor() {
          this.readyState = 0;
          page.socket = this;
          page.answers.push(() => {
            if (page.offline) {
              page.cut();
              return;
            }
            this.readyState = 1;
            this.onopen({});
          });
        }

        send(data) { page.onRequest(JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data))); }

        close() { this.readyState = 3; }
      },
      Kumquat: this.scripts(language),
    });
    this.world.window = this.world.self = this.world;
  }

  scripts(language) {
    const stored = (request, block = new Uint8Array(0)) => this.answers.push(() => this.host.stored(request, 0, block));
    const page = this;
    return mute({
      encoder: new TextEncoder(),
      decoder: new TextDecoder(),
      set host(host) { page.host = host; },
      get host() { return page.host; },
      frames: mute({
        request: () => { this.wantsFrame = true; },
        requestIdle: () => { this.wantsIdle = true; },
        setTimer: (delay) => { this.due = delay < 0 ? null : this.now + delay; },
      }),
      environment: mute({
        numbers: () => this.numbers,
        text: (which) => [language, 'localhost', 'ws://localhost', 'http://localhost/', 'Rehearsal'][which],
        config: (key) => (key === 'sign_in' ? JSON.stringify([this.server.signIn]) : ''),
      }),
      stage: mute({}),
      fields: mute({
        make: (id) => { this.fields.add(id); },
        remove: (id) => { this.fields.delete(id); },
      }),
      mirror: mute({
        create: (key, role, level, parent) => { this.parents.set(key, parent); },
        move: (key, parent) => { this.parents.set(key, parent); },
        place: (key, place) => { this.places.set(key, place); },
        setText: (key, which, words) => { this.texts.set(`${key} ${which}`, words); },
      }),
      glyphs: mute({
        advance: (kind, words, size) => words.length * size / 2,
        box: (kind, words, size) => ({ numbers: [0, -size, Math.ceil(words.length * size / 2), Math.ceil(size)], colored: false }),
      }),
      storage: mute({
        get: (area, key) => this.kept.get(`${area} ${key}`) ?? null,
        set: (area, key, value) => {
          this.kept.set(`${area} ${key}`, value);
          return 0;
        },
        apply: (request, user, block) => {
          this.keep(Buffer.from(block));
          stored(request);
        },
        load: (request, user, kind) => stored(request, this.records(kind)),
        erase: (request) => stored(request),
      }),
      tab: mute({ fragment: () => this.kept.get('fragment') ?? '', formatDate: () => '10:30',
        setFragment: (words) => { this.kept.set('fragment', words); },
        lock: (name) => { this.answers.push(() => this.host.locked(name)); } }),
      notify: mute({}), pinyin: mute({ spell: () => '' }), pictures: mute({}), blobs: mute({}), textures: mute({}),
      viewer: mute({}), local: mute({}), shell: mute({}),
    });
  }

  // Records, packed as in web/page/storage.js.
  keep(block) {
    for (let at = 0; at < block.length;) {
      const [kind, has] = block.subarray(at, at += 2);
      const key = block.subarray(at, at += 4 + block.readUInt32LE(at));
      const value = block.subarray(at, at += 4 + block.readUInt32LE(at));
      const name = `record ${kind} ${key.toString('latin1')}`;
      if (has) this.kept.set(name, Buffer.concat([key, value]));
      else this.kept.delete(name);
    }
  }

  records(kind) {
    return Buffer.concat([...this.kept].filter(([name]) => name.startsWith(`record ${kind} `)).map(([, record]) => record));
  }

  onRequest({ id, name, body }) {
    if (this.offline) return;
    const say = (frame) => this.answers.push(() => this.socket.onmessage({ data: JSON.stringify(frame) }));
    const answer = this.server.reply(name, body);
    const wrongUserSig = 70003;
    if (answer === null) say({ kind: 'error', id, code: wrongUserSig, text: 'wrong' });
    else say({ kind: 'reply', id, name, body: answer });
    if (answer !== null) this.server.events(name, body).forEach(say);
  }

  async start(script, program) {
    vm.runInContext(`${script}\nglobalThis.KumquatProgram = KumquatProgram;`, this.world);
    await this.world.KumquatProgram({
      instantiateWasm: (imports, done) => {
        const instance = new WebAssembly.Instance(program, imports);
        this.exports = instance.exports;
        done(instance);
        return instance.exports;
      },
    });
  }

  cut() {
    this.socket.readyState = 3;
    this.socket.onclose({ code: 1006, reason: '', wasClean: 0 });
  }

  // 16 ms of the page's time. Tells whether anything was due.
  async turn() {
    this.now += 16;
    await new Promise(setImmediate);
    const answer = this.now < this.answerAt ? undefined : this.answers.shift();
    const frame = this.wantsFrame;
    const idle = this.wantsIdle;
    const timer = this.due !== null && this.due <= this.now;
    if (answer) answer();
    if (timer) {
      this.due = null;
      this.host.timer();
    }
    if (frame) {
      this.wantsFrame = false;
      this.host.frame(this.now);
    }
    if (idle) {
      this.wantsIdle = false;
      this.host.idle();
    }
    // A network that lets people see how they wait.
    if (answer) this.answerAt = this.now + 400;
    return this.answers.length > 0 || answer !== undefined || timer || frame || idle;
  }

  async pass(ms) {
    for (const end = this.now + ms; this.now < end;) await this.turn();
  }

  // Until nothing is due and `ready` holds.
  async settle(what, ready = () => true) {
    const turnsMax = 2000;
    for (let turns = 0; turns < turnsMax; ++turns) if (!await this.turn() && ready()) return;
    throw new Error(`the rehearsal waits for ${what}, and sees: ${[...this.fields, ...this.texts.values()].filter(Boolean).join('; ')}`);
  }

  async type(field, words) {
    await this.settle(field, () => this.fields.has(field));
    this.host.fieldFocus(field, 1);
    this.host.fieldText(field, words);
    await this.settle(field);
  }

  async enter(field) {
    this.host.fieldEnter(field, ...enter);
    await this.settle(field);
  }

  // Slowly, or so that down and up come with one frame.
  async press(key, slowly = true) {
    const [move, down, up] = [0, 1, 2];
    let [x, y, width, height] = this.places.get(key);
    for (let outer = this.parents.get(key); this.places.has(outer); outer = this.parents.get(outer)) {
      x += this.places.get(outer)[0];
      y += this.places.get(outer)[1];
    }
    for (const action of this.touch ? [down, up] : [move, down, up]) {
      this.host.pointer(action, this.touch ? 1 : 0, 1, x + width / 2, y + height / 2);
      for (let turns = slowly || action === move ? 10 : 0; turns > 0; --turns) await this.turn();
    }
  }

  // Moves over everything, scrolls, goes through it with the Tab key, and leaves it for a moment.
  async look() {
    const { width, height } = this;
    for (let part = 0.05; part < 1; part += 0.1) {
      for (const across of [0.1, 0.4, 0.7]) {
        this.host.pointer(0, 0, 0, width * across, height * part);
        await this.turn();
      }
    }
    for (const by of [-400, 400]) {
      for (const across of [0.1, 0.7]) this.host.wheel(width * across, height / 2, 0, by, 0);
      await this.settle('scrolling');
    }
    for (const key of [...this.places.keys()]) {
      this.host.nodeFocus(key, 1);
      await this.turn();
    }
    this.host.nodeFocus('', 0);
    this.host.inputLost();
    const [visible, focused, online] = [15, 16, 17];
    for (const state of [focused, visible, online]) {
      for (const value of [0, 1]) {
        this.numbers[state] = value;
        this.host.environment();
        await this.settle('the window');
      }
    }
    this.host.pageRestored();
    await this.settle('the page');
  }

  sees(words) {
    return [...this.texts.values()].some((text) => text.includes(words));
  }

  profile() {
    const bytesMax = 1 << 20;
    const memory = Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory);
    const at = memory.buffer.byteLength;
    memory.grow(bytesMax >> 16);
    const size = this.exports.__write_profile(at, bytesMax);
    return new Uint8Array(memory.buffer, at, size);
  }
}

// Signs in unless that was kept, once in vain; what may be pressed beside the fields is pressed, too.
async function signIn(page, fields) {
  await page.settle('the login', () => page.fields.has(fields[0][0]));
  for (const key of ['login.language', 'login.language', 'login.theme', 'login.theme', 'login.theme', 'login.stay', 'login.stay']) {
    if (page.places.has(key)) await page.press(key);
  }
  for (const refuses of [true, false]) {
    page.server.refuses = refuses;
    for (const [field, words] of fields) await page.type(field, words);
    await page.enter(fields.at(-1)[0]);
  }
}

// Opens the chat unless it is open, looks around in it, writes, and reads the answer. In between the connection breaks: once
// while nothing happens, and once for a while when a message is on its way. Who has no network cannot load what is missing.
async function chat(page) {
  const composer = `composer:${conversation.id}`;
  await page.settle('the friends', () => page.places.has('friend:ann') || page.fields.has(composer));
  if (!page.fields.has(composer)) await page.press('friend:ann', false);
  await page.settle('the chat', () => page.fields.has(composer));
  await page.look();
  for (const breaks of [false, true]) {
    await page.settle('the connection', () => page.socket.readyState === 1);
    const before = page.server.answer;
    page.host.fieldHeight(composer, 44);
    await page.type(composer, breaks ? 'done' : '好了');
    // Whoever thinks for a while has a draft.
    await page.pass(5000);
    page.offline = breaks;
    page.host.fieldEnter(composer, ...enter);
    if (breaks) {
      page.cut();
      await page.pass(8000);
      page.offline = false;
    }
    await page.settle('the answer', () => page.server.answer !== before && page.sees(page.server.answer));
    page.cut();
  }
  await page.type(composer, 'And then');
  await page.pass(5000);
}

// node rehearsal.mjs <kumquat.js> <instrumented.wasm> <profile>: writes a profile of each start, as <profile>1 and so on.
const [scriptFile, programFile, profile] = process.argv.slice(2);
const script = readFileSync(scriptFile, 'utf8');
const program = new WebAssembly.Module(readFileSync(programFile));
const desktop = { width: 1280, height: 800, ratio: 1, touch: false, language: 'en', signIn: 'name' };
const phone = { width: 390, height: 844, ratio: 3, touch: true, language: 'zh-CN', signIn: 'usersig' };
let number = 0;
for (const [about, fields] of [
  [desktop, [['login.name', 'bob']]], [phone, [['login.id', 'bob'], ['login.key', 'a UserSig']]],
]) {
  // Somebody new, and the same person in two further starts of whom one signs in and one goes on.
  const kept = new Map();
  for (const [alone, signsIn] of [[true, true], [false, true], [false, false]]) {
    if (signsIn) kept.clear();
    const page = new Page({ ...about, kept }, alone);
    await page.start(script, program);
    if (signsIn) await signIn(page, fields);
    if (alone) {
      await page.settle('a first friend', () => page.places.has('friend:ann'));
      await page.press('friend:ann');
      await page.settle('the chat', () => page.fields.has(`composer:${conversation.id}`));
    } else {
      await chat(page);
    }
    writeFileSync(`${profile}${number += 1}`, page.profile());
  }
}
