// What only a browser has: pinyin by its own sorting, the system's notifications, sound, and the name of the device.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob;

before(async () => {
  server = await Server.start();
  browser = await launch();
  const context = await world(browser);
  // Stand-ins that record: a headless browser shows no notification and has no loudspeaker.
  await context.addInitScript(() => {
    window.notes = [];
    window.tones = 0;
    window.permission = 'default';
    window.asked = 0;
    window.looked = 0;
    window.Notification = class extends EventTarget {
      constructor(title, options) {
        super();
        Object.assign(this, { title, ...options });
        window.notes.push(this);
      }
      close() {
        window.notes = window.notes.filter((note) => note !== this);
        this.dispatchEvent(new Event('close'));
      }
      static get permission() {
        window.looked += 1;
        return window.permission;
      }
      static async requestPermission() {
        window.asked += 1;
        window.permission = 'granted';
        return 'granted';
      }
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...args) {
      window.tones += 1;
      return start.apply(this, args);
    };
  });
  ann = await (await Person.open(context, server.address)).signIn('ann');
  bob = await (await Person.open(await world(browser), server.address)).signIn('bob');
  await bob.add('ann');
  await ann.row(/^bob/).waitFor();
});

after(async () => {
  await browser?.close();
  await server?.end();
});

// A page in the foreground of a headless browser cannot be hidden; it can say that it is.
async function hide() {
  await ann.page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

async function show() {
  await ann.page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

test('names are spelled as people would type them', async () => {
  const spell = (text) => ann.page.evaluate((name) => Kumquat.pinyin.spell(name), text);
  for (const [name, spelled] of [['小橙子', 'xiao cheng zi'], ['林晓雨', 'lin xiao yu'], ['女儿', 'nv er'], ['妈妈', 'ma ma'],
    ['陈默2 Tomás', 'chen mo 2 tomas'], ['张三', 'zhang san'], ['李四', 'li si'], ['王五', 'wang wu'], ['赵六', 'zhao liu'],
    ['龍', 'long'], ['😀', ''], ['', '']]) {
    assert.equal(await spell(name), spelled, name);
  }
});

test('every syllable of the table stands where this browser sorts it', async () => {
  const wrong = await ann.page.evaluate(() => {
    Kumquat.pinyin.load();
    return Kumquat.pinyin.table.filter((entry) => Kumquat.pinyin.spell(entry.first) !== entry.syllable).length;
  });
  assert.equal(wrong, 0);
  assert.ok(await ann.page.evaluate(() => Kumquat.pinyin.table.length) > 400);
});

test('the device has a name without a version', async () => {
  assert.equal(await ann.page.evaluate(() => Kumquat.environment.text(4)), 'Chrome, Linux');
});

test('nothing is asked on load; the switch asks, and stays on', async () => {
  assert.equal(await ann.page.evaluate(() => window.asked), 0);
  await ann.button(/^Settings/).click();
  const dialog = ann.page.getByRole('dialog');
  await dialog.getByRole('switch', { name: 'Desktop notifications' }).click();
  await dialog.locator('[role=switch][aria-label="Desktop notifications"][aria-checked=true]').waitFor();
  assert.equal(await ann.page.evaluate(() => window.asked), 1);
  await ann.closeDialog();
});

test('what was decided in the browser\'s own settings shows when the person comes back, and no frame asks for it', async () => {
  const decide = (permission) => ann.page.evaluate((decided) => {
    window.dispatchEvent(new Event('blur'));
    window.permission = decided;
    window.dispatchEvent(new Event('focus'));
  }, permission);
  await ann.openSettings();
  await decide('denied');
  await ann.dialog.getByRole('switch', { name: 'Desktop notifications, Turned off in the browser settings' }).waitFor();
  await decide('granted');
  await ann.dialog.locator('[role=switch][aria-label="Desktop notifications"][aria-checked=true]').waitFor();
  const seen = () => ann.page.evaluate(() => ({ looked: window.looked, frames: window.__frames() }));
  const before = await seen();
  await ann.closeDialog();
  const now = await seen();
  assert.ok(now.frames > before.frames);
  assert.equal(now.looked, before.looked);
});

test('a hidden page sounds, shows one notification per chat, and a click opens it', async () => {
  await hide();
  const before = await ann.page.evaluate(() => window.tones);
  await bob.say('are you there?');
  await ann.page.waitForFunction(() => window.notes.length === 1);
  await bob.say('hello?');
  await ann.page.waitForFunction(() => window.notes.at(-1)?.body === 'hello?');
  const notes = await ann.page.evaluate(() => window.notes.map((note) => ({ title: note.title, tag: note.tag })));
  assert.ok(notes.every((note) => note.title === 'bob' && note.tag === 'C2Cbob'));
  await ann.page.waitForFunction((silent) => window.tones > silent, before);
  await show();
  await ann.page.evaluate(() => window.notes.at(-1).dispatchEvent(new Event('click')));
  await ann.page.getByRole('main').getByRole('heading', { name: 'bob' }).waitFor();
  await ann.sees('hello?');
});

test('a sound that the system refuses once is not the last one', async () => {
  // The one before has died away, and the next one is refused.
  await ann.page.waitForFunction(() => !Kumquat.notify.sounding);
  await ann.page.evaluate(() => {
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = () => {
      AudioContext.prototype.resume = resume;
      return Promise.reject(new DOMException('somebody else has the speaker', 'InvalidStateError'));
    };
  });
  const before = await ann.page.evaluate(() => window.tones);
  await hide();
  await bob.say('not heard');
  await ann.page.waitForFunction(() => window.notes.at(-1)?.body === 'not heard');
  await bob.say('heard');
  await ann.page.waitForFunction((silent) => window.tones > silent, before);
  await show();
});

test('with the sound off it notifies in silence', async () => {
  await ann.openSettings();
  await ann.dialog.getByRole('switch', { name: 'Message sound' }).click();
  await ann.dialog.locator('[role=switch][aria-label="Message sound"][aria-checked=false]').waitFor();
  await ann.closeDialog();
  const before = await ann.page.evaluate(() => window.tones);
  await hide();
  await bob.say('psst');
  await ann.page.waitForFunction(() => window.notes.at(-1)?.body === 'psst');
  await show();
  await ann.sees('psst');
  assert.equal(await ann.page.evaluate(() => window.tones), before);
});

test('the page had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
