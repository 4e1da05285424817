// Rehearses the beginning of the page without a browser, so that script/cmake/split_program.mjs learns which functions of the
// program a chat needs: somebody with or without friends and a history signs in, opens a chat, writes, and gets an answer, and the
// connection breaks in between. The page's scripts (web/page/) and the server are played by what stands here. Whatever does not
// happen here comes later: how people usually begin has to happen.
import { readFileSync, writeFileSync } from 'node:fs';
import vm from 'node:vm';

// Answers to requests, as in src/proto/PROTOCOL.md.
const time = Date.now();
const me = { profile: { user_id: 'bob', nick: 'Bob' }, allow: 'AllowType_Type_AllowAny' };
const peer = { user_id: 'ann', nick: '安安' };
const text = (words) => ({ type: 'TIMTextElem', payload: { text: words } });
const gone = { type: 'TIMCustomElem', payload: {} };
const rendition = (type, width, height) => ({ type, id: String(type).repeat(32), width, height, size: 1000 });
const image = {
  type: 'TIMImageElem',
  payload: { imageFormat: 1, imageInfoArray: [rendition(1, 1600, 1200), rendition(2, 960, 720), rendition(3, 264, 198)] },
};

// What people usually have behind them: some of everything that a chat shows.
const said = [
  ...Array.from({ length: 100 }, (_, i) => ({ from: i % 3 === 0 ? 'bob' : 'ann', body: text(`Line ${i}`) })),
  { from: 'ann', body: text('早！金橘泡好了吗？ See https://kumquat.example/how and tell me. '.repeat(6)) },
  { from: 'bob', body: text('Almost there'), edits: 1, edited_ms: time, reactions: [{ emoji: '👍', users: ['ann', 'bob'] }] },
  { from: 'ann', body: text('🎉') },
  { from: 'ann', body: text('مرحبا नमस्ते Tiếng Việt 👍🏽 '.repeat(4)) },
  { from: 'ann', body: image },
  { from: 'bob', body: gone, recalled: true },
  { from: 'ann', body: { type: 'TIMLocationElem', payload: {} } },
  { from: 'ann', body: text('As I said'), quote: { seq: 102, from: 'bob', type: 'TIMTextElem', text: 'Almost there' } },
  { from: 'bob', body: text('Two\nlines'), forwarded: true },
  { from: 'ann', body: text('Tell me when it is done 😍') },
];
const numbered = (some) => some.map((message, i) => ({ seq: i + 1, time_ms: time - (some.length - i) * 3_600_000, ...message }));
const ann = 'C2Cann';

// What there is with ann: nothing before a first message comes, a few messages, many, or many of which the last is one's own.
const histories = {
  none: numbered(said.slice(-1)), few: numbered(said.slice(-3)), many: numbered(said), read: numbered(said.slice(0, -1)),
};

function conversationOf(messages) {
  const last = messages.at(-1);
  const unread = last.from === 'ann' ? 1 : 0;
  return {
    id: ann, peer, last_seq: last.seq, last_message: last, unread, read_seq: last.seq - unread, peer_read_seq: last.seq - 1,
    state: { first_seq: 1 },
  };
}

const others = Array.from({ length: 20 }, (_, i) => ({ user_id: `friend${i}`, nick: i % 2 ? `Friend ${i}` : `朋友${i}` }));
Object.assign(others[1], { avatar: 'a'.repeat(32), nick: '一个很长的名字 '.repeat(5) });
const friends = [peer, ...others].map((profile, i) => ({
  profile, added_ms: time - i * 86_400_000,
  remark: i % 4 === 1 ? `Remark ${i}` : undefined, group: i % 3 === 1 ? 'Work' : undefined,
}));
const otherConversations = histories.many.slice(-9, -1).map((message, i) => ({
  id: `C2C${others[i].user_id}`, peer: others[i], last_seq: 1,
  unread: i % 3 === 0 ? 1 : 0, read_seq: i % 3 === 0 ? 0 : 1, peer_read_seq: 1,
  last_message: { ...message, seq: 1, from: message.from === 'ann' ? others[i].user_id : 'bob', quote: undefined },
  state: { first_seq: 1, pinned: i === 1, muted: i === 2, has_draft: i === 3 },
}));

class Server {
  constructor(signIn, history) {
    this.signIn = signIn;
    this.refuses = true;
    this.kind = history;
    this.messages = histories[history];
    this.seq = this.messages.at(-1).seq;
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
        if (body.since !== undefined) return this.away ? this.missed() : { number: body.since };
        return { reset: true, number: this.number, me, ...this.people() };
      case 'get_history': return this.history(body);
      case 'mark_read': return { read_seq: body.seq };
      case 'send_message': return { seq: this.seq += 1, time_ms: time };
      case 'set_conversation': return { state: { first_seq: 1, has_draft: body.has_draft } };
      case 'set_typing': return {};
      default: throw new Error(`nobody has rehearsed ${name}`);
    }
  }

  people() {
    const conversation = conversationOf(this.messages);
    switch (this.kind) {
      case 'none': return {};
      case 'few': return { friends: friends.slice(0, 1), conversations: [conversation] };
      default: return { friends, conversations: [conversation, ...otherConversations] };
    }
  }

  history({ anchor, seq, limit }) {
    const end = anchor === 'before' && seq > 0 ? seq : Infinity;
    const before = this.messages.filter((message) => message.seq < end);
    return { messages: before.slice(-limit), older: before.length > limit };
  }

  // What happened while nobody listened.
  missed() {
    this.away = false;
    const event = (name, body) => ({ number: this.number += 1, name, body: { conversation: ann, ...body } });
    const message = { seq: this.seq += 1, from: 'ann', time_ms: time, body: text(`Missed ${this.seq}`) };
    const events = [event('read', { reader: 'ann', seq: this.seq - 1 }), event('message', { peer, message })];
    return { events, number: this.number };
  }

  // What is said of its own accord, after the reply to a request.
  events(name, body) {
    const event = (kind, content) => ({ kind: 'event', number: this.number += 1, name: kind, body: content });
    const signal = (kind, content) => ({ kind: 'signal', name: kind, body: content });
    const about = { conversation: ann };
    if (name === 'sync' && body.since === undefined) {
      const come = [signal('presence', { complete: true, online: ['ann', 'friend1', 'friend2'] })];
      if (this.kind === 'none') {
        come.push(event('friend', { changed: { profile: peer, added_ms: time } }));
        come.push(event('message', { ...about, peer, message: this.messages[0] }));
      }
      return come;
    }
    const state = { first_seq: 1, has_draft: body.has_draft };
    if (name === 'set_conversation') return [event('conversation', { ...about, peer, state })];
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

// Every rehearsal goes like the last one.
let random = 1;
function getRandomValues(values) {
  for (let i = 0; i < values.length; i += 1) {
    random = random * 48271 % 0x7FFFFFFF;
    values[i] = random;
  }
  return values;
}

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
  constructor({ width, height, ratio, touch, language, signIn, kept }, history) {
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
    this.requests = [];
    this.answers = [];        // what others say, one behind the other, each after a while
    this.answerAt = 0;
    this.touch = touch;
    this.width = width;
    this.height = height;
    // As in web/page/environment.js.
    this.numbers = [width, height, width * ratio, height * ratio, ratio, 0, 0, 0, 0, 0, touch ? 1 : 0, 0, 0, 0, 0, 1, 1, 1, 0];
    this.kept = kept;
    this.server = new Server(signIn, history);
    const canvas = mute({ getContext: () => webGl(), width, height });
    const page = this;
    this.world = vm.createContext({
      console, TextDecoder, TextEncoder, URL, WebAssembly, crypto: { getRandomValues }, performance: { now: () => this.now },
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

        // Answered outside of the program, which would take an error for one of the connection's.
        send(data) { if (!page.offline) page.requests.push(JSON.parse(data)); }

        close() { this.readyState = 3; }
      },
      Kumquat: this.scripts(language),
    });
    this.world.window = this.world.self = this.world;
    vm.runInContext('Date', this.world).now = () => time + this.now;
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
      notify: mute({}), pinyin: mute({ spell: () => 'Xiao-man 1.2_3' }), pictures: mute({}), blobs: mute({}), textures: mute({}),
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
    this.server.away = true;
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
    this.requests.splice(0).forEach((request) => this.onRequest(request));
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
    const turnsMax = 5000;  // the longest wait between two attempts to connect is half of that
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
    // To the end of what is there, and back.
    for (const by of [-400, -4000, 400, 4000]) {
      for (const across of [0.1, 0.7]) this.host.wheel(width * across, height / 2, 0, by, 0);
      await this.settle('scrolling');
    }
    for (const key of [...this.places.keys()]) {
      this.host.nodeFocus(key, 1);
      await this.turn();
    }
    this.host.nodeFocus('', 0);
    this.host.inputLost();
    this.host.fontsChanged();
    await this.settle('other fonts');
    // Two fingers enlarge the page, the first of which had come alone.
    for (const action of [1, 3]) {
      this.host.pointer(action, 1, 1, width / 2, height / 2);
      for (let turns = 0; turns < 5; ++turns) await this.turn();
    }
    const [ratio, visible, focused, online] = [4, 15, 16, 17];
    for (const times of [2, 0.5]) {
      this.numbers[ratio] *= times;
      this.host.environment();
      await this.settle('the window');
    }
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
    for (const [field, words] of fields) {
      // The ID is made of a name, and not every letter of that can be in it.
      await page.type(field, field === 'login.name' && refuses ? `小满 ${words}.1` : words);
    }
    await page.enter(fields.at(-1)[0]);
  }
}

// Opens the chat unless it is open, looks around in it, writes, and reads the answer. In between the connection breaks: once
// while nothing happens, and once for a while when a message is on its way. Who has no network cannot load what is missing.
async function chat(page) {
  const composer = `composer:${ann}`;
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
  // Each signs in, the last one comes back and goes on.
  const kept = new Map();
  for (const history of ['none', 'few', 'many', 'read']) {
    const signsIn = history !== 'read';
    if (signsIn) kept.clear();
    const page = new Page({ ...about, kept }, history);
    await page.start(script, program);
    if (signsIn) await signIn(page, fields);
    if (history === 'none') {
      await page.settle('a first friend', () => page.places.has('friend:ann'));
      await page.press('friend:ann');
      await page.settle('the chat', () => page.fields.has(`composer:${ann}`));
    } else {
      await chat(page);
    }
    writeFileSync(`${profile}${number += 1}`, page.profile());
  }
}
