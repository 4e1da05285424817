// What comes after the page's beginning (web/page/rest.js): loaded in time, needed too early, not to be had. No browser: two
// tiny programs that call each other as the two parts of the page's do.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import vm from 'node:vm';

const source = await readFile(new URL('../../web/page/rest.js', import.meta.url), 'utf8');

// ask(number, large) calls place 1 of the table: an import, and after the second part its function, number + twice(large).
const first = Buffer.from('AGFzbQEAAAABBwFgAn9+AX4CCgEEcmVzdAExAAADAwIAAAQEAXAAAgUDAQABBxcEAW0CAAF0AQAFdHdpY2UAAQNhc2sAAgkIAQBB'
  + 'AAsCAQAKFQIHACABQgGGCwsAIAAgAUEBEQAACw==', 'base64');
const second = Buffer.from('AGFzbQEAAAABBwFgAn9+AX4CGwIFZmlyc3QFdHdpY2UAAAVmaXJzdAF0AXAAAgMCAQAJBwEAQQELAQEKDgEMACAAIAEQACAArHwL',
  'base64');

// A page whose network does what `net` says: fetched, waited for, asked the person.
async function page(net = {}) {
  const log = [];
  const answers = { programs: 0, scripts: 0, retry: false, ...net };  // programs, scripts: how many attempts fail
  const scripts = [];
  const context = vm.createContext({
    Kumquat: {}, WebAssembly, Proxy, Uint8Array, console: { warn() {} },
    window: { addEventListener() {} },
    setTimeout: (work) => setImmediate(work),
    fetch: async (name) => {
      log.push(`fetch ${name}`);
      if (name === 'rest.wasm' && answers.programs-- > 0) throw new Error('offline');
      return new Response(name === 'rest.wasm' ? second : first, { headers: { 'Content-Type': 'application/wasm' } });
    },
    XMLHttpRequest: class {
      open(_, name, later) {
        assert.equal(later, false);
        log.push(`wait for ${name}`);
      }
      overrideMimeType() {}
      send() {
        this.status = answers.programs-- > 0 ? 503 : 200;
        this.responseText = [...second].map((byte) => String.fromCharCode(byte < 128 ? byte : 0xF700 + byte)).join('');
      }
    },
    confirm: () => {
      log.push('ask');
      return answers.retry;
    },
    document: {
      documentElement: { lang: 'en' },
      createElement: () => ({ remove() {} }),
      head: {
        append(script) {
          scripts.push(script);
          setImmediate(() => (answers.scripts-- > 0 ? script.onerror() : script.onload()));
        },
      },
    },
  });
  vm.runInContext(source, context);
  const { Kumquat } = context;
  Kumquat.rest.program = 'rest.wasm';
  Kumquat.rest.script = 'rest.js';
  const instance = await new Promise((resolve) => { Kumquat.rest.instantiate({}, resolve); });
  log.length = 0;
  return { Kumquat, ask: instance.exports.ask, log, scripts, context };
}

test('when it has come, the first part calls the second without a detour', async () => {
  const { Kumquat, ask, log } = await page();
  await Kumquat.rest.load();
  assert.equal(ask(-3, 1n << 40n), (1n << 41n) - 3n);
  assert.deepEqual(log, ['fetch rest.wasm']);
});

test('needed earlier it is waited for, once', async () => {
  const { Kumquat, ask, log } = await page();
  assert.equal(ask(-3, 1n << 40n), (1n << 41n) - 3n);
  assert.equal(ask(1, 2n), 5n);
  await Kumquat.rest.load();
  assert.equal(ask(1, 2n), 5n);
  assert.deepEqual(log, ['wait for rest.wasm']);
});

test('what cannot be loaded is tried again, by itself and when the person says so', async () => {
  const byItself = await page({ programs: 2, scripts: 1 });
  await byItself.Kumquat.rest.load();
  assert.equal(byItself.scripts.length, 2);
  assert.deepEqual(byItself.log, ['fetch rest.wasm', 'fetch rest.wasm', 'fetch rest.wasm']);

  const asked = await page({ programs: 2, retry: true });
  assert.equal(asked.ask(1, 2n), 5n);
  assert.deepEqual(asked.log, ['wait for rest.wasm', 'ask', 'wait for rest.wasm', 'ask', 'wait for rest.wasm']);
});

test('a person who does not want to try again gets the error of a program that has ended', async () => {
  const { ask } = await page({ programs: 1 });
  assert.throws(() => ask(1, 2n), WebAssembly.RuntimeError);
});

test('the viewer opens when its script has come, unless it was closed meanwhile', async () => {
  for (const closed of [false, true]) {
    const { Kumquat, scripts } = await page();
    let shown = null;
    Kumquat.viewer.show('picture', 1);
    if (closed) Kumquat.viewer.close();
    const { onload } = scripts[0];
    const come = new Promise((resolve) => {
      scripts[0].onload = () => {
        Kumquat.viewer = { show: (...values) => { shown = values; } };
        onload();
        setImmediate(resolve);
      };
    });
    await come;
    assert.deepEqual(shown, closed ? null : ['picture', 1]);
  }
});

test('a page in one piece fetches nothing', async () => {
  const { Kumquat, log, scripts } = await page();
  Kumquat.rest.program = Kumquat.rest.script = '';
  await Kumquat.rest.load();
  assert.deepEqual([...log, ...scripts], []);
});
