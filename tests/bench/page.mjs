// Measures the page that kumquatd serves, in a real Chromium without a GPU: node tests/bench/page.mjs
// Figures only; nothing is asserted. KUMQUATD and KUMQUAT_PAGE_DIR name the server and the page (tests/e2e/lib/server.mjs).
//
//   KUMQUAT_MESSAGES=NUMBER   so many messages in the long chat instead of 100,000
import { launch } from '../e2e/lib/browser.mjs';
import { Person, world } from '../e2e/lib/person.mjs';
import { Server } from '../e2e/lib/server.mjs';

const rounds = 5;
const messages = Number(process.env.KUMQUAT_MESSAGES ?? 100_000);
const idleSeconds = 20;
const mebibyte = 1024 * 1024;

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => sorted(numbers)[numbers.length >> 1];
const late = (numbers) => sorted(numbers)[Math.floor((numbers.length - 1) * 0.99)];
const show = (what, value, digits, unit, goal) => console.log(
  `${what.padEnd(56)} ${value.toFixed(digits).padStart(8)} ${unit.padEnd(3)} ${goal === undefined ? '' : `goal: ${goal}`}`.trimEnd());
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// --- Somebody without a page, who writes as fast as the service takes it ---

class Writer {
  #page;

  // A tab of its own, because it has a WebSocket of the right origin; it holds nothing else.
  static async open(browser, server, user) {
    const writer = new Writer();
    writer.#page = await (await browser.newContext()).newPage();
    await writer.#page.goto(`${server.address}/healthz`);
    await writer.#page.evaluate(async (name) => {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      const waiting = new Map();
      let last = 0;
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        const done = waiting.get(frame.id);
        if (!done) return;
        waiting.delete(frame.id);
        done[frame.kind === 'error' ? 1 : 0](frame.body);
      };
      globalThis.ask = (request, body) => new Promise((resolve, reject) => {
        waiting.set(++last, [resolve, (error) => reject(new Error(`${request}: ${error.text}`))]);
        socket.send(JSON.stringify({ kind: 'request', id: last, name: request, body }));
      });
      globalThis.say = (peer, text) => globalThis.ask('send_message', {
        conversation: `C2C${peer}`, client_id: { device: 77, counter: ++globalThis.counter },
        body: { type: 'TIMTextElem', payload: { text } },
      });
      globalThis.counter = 0;
      await new Promise((resolve) => { socket.onopen = resolve; });
      await globalThis.ask('hello', { version: 1, client: 'bench' });
      await globalThis.ask('sign_in', { user_id: name, device: 77 });
    }, user);
    return writer;
  }

  ask(request, body) { return this.#page.evaluate(([name, sent]) => globalThis.ask(name, sent), [request, body]); }
  say(peer, text) { return this.#page.evaluate(([to, words]) => globalThis.say(to, words), [peer, text]); }

  /** So many messages, of one to six lines in two scripts. */
  sayMany(peer, count) {
    return this.#page.evaluate(async ([to, wanted]) => {
      const words = ['kumquat', 'jam', 'and', 'a', 'long', 'walk', 'by', 'the', 'river', '金桔', '果酱', '今天', '我们', '去', '河边', '走走', '好吗？', '🍊'];
      let state = 1;
      const random = (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return (state >>> 8) % below;
      };
      let left = wanted;
      const write = async () => {
        while (left-- > 0) {
          const text = Array.from({ length: 1 + random(random(4) === 0 ? 60 : 12) }, () => words[random(words.length)]).join(' ');
          await globalThis.say(to, text);
        }
      };
      await Promise.all(Array.from({ length: 32 }, write));
    }, [peer, count]);
  }

  /** One message after the other until stop() is called. */
  begin(peer, everyMs) {
    return this.#page.evaluate(([to, every]) => {
      let number = 0;
      globalThis.ticking = setInterval(() => globalThis.say(to, `And one more about kumquats, 又一条消息 ${++number}`), every);
    }, [peer, everyMs]);
  }
  stop() { return this.#page.evaluate(() => clearInterval(globalThis.ticking)); }
  end() { return this.#page.context().close(); }
}

// --- The page, looked at from inside ---

/** Before the page's scripts: keeps the program's memory, to ask for its size. */
const keepMemory = () => {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const inner = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...given) => {
      const made = await inner(...given);
      const { exports } = made.instance ?? made;
      // What comes later has it from the first part.
      globalThis.__memory ??= Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
  }
};

const memory = (person) => person.page.evaluate(() => globalThis.__memory.buffer.byteLength);

/** Frames from now on: how long the program had the main thread in each, from its beginning to the last GL call. */
const watchFrames = (person) => person.page.evaluate(() => {
  /* global Kumquat */
  const { host } = Kumquat;
  const inner = host.frame;
  globalThis.__spans = [];
  host.frame = (now) => {
    const begun = performance.now();
    inner(now);
    globalThis.__spans.push(performance.now() - begun);
  };
});
const takeFrames = (person) => person.page.evaluate(() => globalThis.__spans.splice(0));

const idle = (person) => person.page.evaluate(() => window.__idle());

/** Also toasts, fades and everything else that the start brings with it. */
async function rest(person) {
  for (let last = -1, now = 0; now !== last;) {
    last = now;
    await pause(3000);
    now = await person.page.evaluate(() => window.__frames());
  }
}

async function signIn(context, server, name) {
  return (await Person.open(context, server.address)).signIn(name);
}

// --- What is measured ---

async function bytes(browser, server) {
  const context = await world(browser);
  // Nothing of the page yet: somebody has to be there who counts.
  const bob = await Person.open(context, server.address, '/healthz');
  const session = await context.newCDPSession(bob.page);
  let all = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { all += encodedDataLength; });
  await session.send('Network.enable');
  // What a chat can do without is asked for soon, by somebody slow even before the chat: it waits until the chat is there.
  let release;
  const opened = new Promise((resolve) => { release = resolve; });
  await context.route(/\/rest\.[0-9a-f]+\.(js|wasm)$/, async (route) => {
    if (route.request().resourceType() !== 'xhr') await opened;
    await route.continue();
  });
  await bob.page.goto(server.address);
  await bob.signIn('bob');
  await bob.openChat(/^cy/);
  show('downloaded before a chat can be used', all / 1024, 1, 'KiB', 250);
  const before = all;
  release();
  await bob.page.waitForFunction(() => Kumquat.rest.programmed);
  await rest(bob);
  show('the same, what comes a moment later', (all - before) / 1024, 1, 'KiB');
  await context.close();
}

/** Between press and release lie so many milliseconds: none with a script, about 80 with a hand. */
async function opening(browser, server, pressMs) {
  const times = [];
  const grown = [];
  let bob = null;
  for (let i = 0; i < rounds; i++) {
    await bob?.page.context().close();
    const context = await world(browser);
    await context.addInitScript(keepMemory);
    bob = await signIn(context, server, 'bob');
    await bob.row(/^ann/).waitFor();
    await rest(bob);
    const before = await memory(bob);
    await bob.page.evaluate(() => {
      addEventListener('pointerup', (event) => { globalThis.__clicked = event.timeStamp; }, { capture: true, once: true });
      // Observed from here: asking from outside again and again would take the main thread's time.
      globalThis.__opened = new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const mark = list.getEntriesByName('kumquat:painted').find(({ detail }) => detail.conversation === 'C2Cann');
          if (mark) resolve(mark.startTime - globalThis.__clicked);
        }).observe({ type: 'mark' });
      });
    });
    await bob.row(/^ann/).click({ delay: pressMs });
    await pause(1000);
    times.push(await bob.page.evaluate(() => globalThis.__opened));
    await rest(bob);
    grown.push(await memory(bob) - before);
  }
  const count = messages.toLocaleString('en');
  show(`a chat of ${count} messages, click to painted`, median(times), 0, 'ms', 100);
  show('the same, pressed for so long', pressMs, 0, 'ms');
  show('the same, the slowest', Math.max(...times), 0, 'ms');
  show('the same, growth of the program\'s memory', median(grown) / mebibyte, 1, 'MiB', 24);
  show('the program\'s memory then', await memory(bob) / mebibyte, 1, 'MiB');
  return bob;
}

async function frames(bob, ann) {
  const log = await bob.log.boundingBox();
  await bob.page.mouse.move(log.x + log.width / 2, log.y + log.height / 2);
  const scroll = async (seconds) => {
    const end = Date.now() + seconds * 1000;
    for (let step = 0; Date.now() < end; step++) await bob.page.mouse.wheel(0, step % 80 < 40 ? -90 : 90);
  };
  await watchFrames(bob);
  const figures = async (what, act) => {
    await idle(bob);
    await takeFrames(bob);
    await act();
    const spans = await takeFrames(bob);
    show(`a frame while ${what}, median of ${spans.length}`, median(spans), 1, 'ms', 2);
    show('the same, the slowest of 100', late(spans), 1, 'ms', 8);
  };
  // Letters that are drawn for the first time are another figure.
  await scroll(5);
  await figures('scrolling', () => scroll(8));
  await bob.page.keyboard.press('End');
  await ann.begin('bob', 150);
  await figures('receiving', () => pause(8000));
  await figures('scrolling and receiving', () => scroll(8));
  await ann.stop();
}

async function han(bob, ann) {
  const unseen = 3000;
  const each = 60;
  await bob.page.reload();
  await bob.composer.waitFor();
  await rest(bob);
  await watchFrames(bob);
  for (let at = 0; at < unseen; at += each) {
    await ann.say('bob', Array.from({ length: each }, (_, i) => String.fromCodePoint(0x6000 + at + i)).join(''));
    await pause(100);
  }
  await idle(bob);
  const spans = await takeFrames(bob);
  show(`the longest frame while ${unseen.toLocaleString('en')} new Han characters arrive`, Math.max(...spans), 1, 'ms', 50);
  show('the same, median', median(spans), 1, 'ms');
}

/** CPU of the one renderer that holds `page`, in percent of a core, while nothing happens. Others (one that waits for the next
    tab, the browser's own pages) are no business of the page. */
async function idleCpu(browser, page) {
  const session = await browser.newBrowserCDPSession();
  const times = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const since = (before, after, id) => after.get(id) - (before.get(id) ?? 0);
  const asleep = await times();
  await page.evaluate(() => { for (const end = performance.now() + 500; performance.now() < end;); });
  const awake = await times();
  const [id] = [...awake.keys()].sort((a, b) => since(asleep, awake, b) - since(asleep, awake, a));
  // The browser goes on compiling for a while after a page was loaded and used, and a caret blinks for some seconds.
  await pause(20_000);
  const before = await times();
  await pause(idleSeconds * 1000);
  const used = since(before, await times(), id);
  await session.detach();
  return used / idleSeconds * 100;
}

async function doingNothing(browser, bob) {
  // Also what comes late from the server.
  await pause(15_000);
  await rest(bob);
  const count = () => bob.page.evaluate(() => window.__frames());
  const before = await count();
  const cpu = await idleCpu(browser, bob.page);
  show(`frames in ${idleSeconds} s in which nothing happens`, await count() - before, 0, '', 0);
  show('the renderer\'s CPU in that time', cpu, 2, '%', 0.1);
}

/** What the browser needs for any page that holds a canvas, and a field with the focus. */
async function idleBaseline(browser, server) {
  const page = await (await browser.newContext()).newPage();
  for (const [what, focus] of [['the same of a page with nothing but a WebGL 2 canvas', false], ['of that page with a field whose caret blinks', true]]) {
    await page.goto(`${server.address}/healthz`);
    await page.setContent(`<canvas width=1280 height=800></canvas>${focus ? '<textarea></textarea>' : ''}`);
    await page.evaluate(() => {
      const gl = document.querySelector('canvas').getContext('webgl2');
      gl.clear(gl.COLOR_BUFFER_BIT);
      document.querySelector('textarea')?.focus();
    });
    show(what, await idleCpu(browser, page), 2, '%');
  }
  await page.context().close();
}

const server = await Server.start();
const browser = await launch();
try {
  const ann = await Writer.open(browser, server, 'ann');
  const cy = await Writer.open(browser, server, 'cy');
  const bobToo = await Writer.open(browser, server, 'bob');
  await ann.ask('add_friend', { user_id: 'bob' });
  await cy.ask('add_friend', { user_id: 'bob' });
  await cy.sayMany('bob', 40);
  await Promise.all([ann.sayMany('bob', messages >> 1), bobToo.sayMany('ann', messages >> 1)]);
  await cy.end();
  // As if it had been read up to the end: a chat opens there then.
  await bobToo.ask('mark_read', { conversation: 'C2Cann', seq: messages });
  await bobToo.end();

  await bytes(browser, server);
  const held = await opening(browser, server, 80);
  await held.page.context().close();
  const bob = await opening(browser, server, 0);
  await frames(bob, ann);
  await han(bob, ann);
  // Her tab has a renderer too, and what is left of the others': the page is measured alone.
  await ann.end();
  await doingNothing(browser, bob);
  await bob.page.context().close();
  await idleBaseline(browser, server);
} finally {
  await browser.close();
  await server.end();
}
