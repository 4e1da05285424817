// With a finger: Back and Forward between list and chat, scrolling that goes on by itself, the soft keyboard, fields that do not
// make the browser zoom.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, phone } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob, touch;

const lines = 24;

before(async () => {
  server = await Server.start();
  browser = await launch();
  const context = await world(browser, { viewport: phone, touch: true, ratio: 2 });
  // A soft keyboard as iOS has it: it lies over the page and makes the visual viewport alone smaller.
  await context.addInitScript(() => {
    const viewport = new EventTarget();
    let covered = 0;
    for (const [name, get] of Object.entries({
      scale: () => 1, width: () => window.innerWidth, height: () => window.innerHeight - covered,
      offsetTop: () => 0, offsetLeft: () => 0, pageTop: () => 0, pageLeft: () => 0,
    })) Object.defineProperty(viewport, name, { get });
    Object.defineProperty(window, 'visualViewport', { value: viewport });
    window.keyboard = (height) => {
      covered = height;
      viewport.dispatchEvent(new Event('resize'));
    };
    // How fast the page's time goes: a machine that draws few frames has to be no slower than a hand.
    const real = performance.now.bind(performance);
    let [since, at, speed] = [real(), real(), 1];
    performance.now = () => at + (real() - since) * speed;
    window.pace = (next) => {
      at = performance.now();
      since = real();
      speed = next;
    };
  });
  bob = await (await Person.open(await world(browser), server.address)).signIn('bob');
  ann = await (await Person.open(context, server.address)).signIn('ann');
  await bob.add('ann');
  for (let i = 1; i <= lines; i += 1) await bob.say(`line ${i}.`);
  touch = await context.newCDPSession(ann.page);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const idle = () => ann.page.evaluate(() => window.__idle());
const atList = async () => {
  await ann.row(/^bob/).waitFor();
  await ann.composer.waitFor({ state: 'hidden' });
  assert.equal(new URL(ann.page.url()).hash, '');
};
const inChat = async () => {
  await ann.page.getByRole('main').getByRole('heading', { name: 'bob' }).waitFor();
  await ann.composer.waitFor();
  assert.equal(new URL(ann.page.url()).hash, '#C2Cbob');
};

test('Back and Forward of the browser go between the list and the chat, and so does the page\'s own Back', async () => {
  await atList();
  await ann.row(/^bob/).tap();
  await inChat();
  await ann.page.goBack();
  await atList();
  await ann.page.goForward();
  await inChat();
  await ann.button('Back', { exact: true }).tap();
  await atList();
  await ann.row(/^bob/).tap();
  await inChat();
  const length = await ann.page.evaluate(() => history.length);
  await ann.button('Back', { exact: true }).tap();
  await atList();
  await ann.page.goForward();
  await inChat();
  assert.equal(await ann.page.evaluate(() => history.length), length, 'the page\'s own Back is the browser\'s');
});

/** A finger that goes down the messages in steps, and leaves while it moves or after it has rested. How far they went by then, and in the end. */
async function swipe(rests) {
  const log = await ann.log.boundingBox();
  const x = log.x + log.width / 2;
  const top = log.y + 100;
  const way = 240;
  const place = () => ann.log.evaluate((node) => {
    // Rows come and go with the view; a row that is in it stands for all.
    const rows = [...node.querySelectorAll('article.placed')];
    return Object.fromEntries(rows.map((row) => [row.ariaPosInSet, row.getBoundingClientRect().top]));
  });
  const moved = async (from) => {
    const now = await place();
    const row = Object.keys(from).find((key) => key in now);
    return now[row] - from[row];
  };
  await idle();
  const start = await place();
  const send = (type, y) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: y === null ? [] : [{ x, y }] });
  const frame = () => ann.page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  await ann.page.evaluate(() => window.pace(0.02));
  await send('touchStart', top);
  for (let step = 1; step <= 12; step += 1) {
    await frame();
    await send('touchMove', top + way * step / 12);
  }
  await frame();
  if (rests) {
    await ann.page.evaluate(() => window.pace(1));
    await ann.page.waitForTimeout(1000);
  }
  await send('touchEnd', null);
  await frame();
  await frame();
  await ann.page.evaluate(() => window.pace(1));
  await idle();
  return { moved: await moved(start), way };
}

const toEnd = async () => {
  await ann.log.focus();
  await ann.page.keyboard.press('End');
  await becomes(async () => ann.message(`line ${lines}.`).isVisible(), true);
  await idle();
};

test('messages follow the finger, and go on by themselves when it leaves them moving', async () => {
  await toEnd();
  const swung = await swipe(false);
  assert.ok(swung.moved > swung.way, `${swung.moved} pixels after a way of ${swung.way}`);
  await toEnd();
  const put = await swipe(true);
  // The first eight pixels may still become a tap.
  assert.ok(put.moved <= put.way && put.moved >= put.way - 30, `${put.moved} pixels after a way of ${put.way}`);
  assert.equal(await ann.composer.count(), 1, 'nothing was tapped');
});

test('whoever wants no motion has messages that stop with the finger', async () => {
  await ann.page.emulateMedia({ reducedMotion: 'reduce' });
  await toEnd();
  const { moved, way } = await swipe(false);
  assert.ok(moved <= way && moved >= way - 30, `${moved} pixels after a way of ${way}`);
  await ann.page.emulateMedia({ reducedMotion: null });
});

test('the soft keyboard covers neither the composer nor the newest message', async () => {
  await toEnd();
  const before = await ann.composer.boundingBox();
  await ann.composer.tap();
  const height = 336;
  await ann.page.evaluate((covered) => window.keyboard(covered), height);
  const seen = phone.height - height;
  await becomes(async () => {
    const { y, height: own } = await ann.composer.boundingBox();
    return y + own <= seen && y > seen - 80;
  }, true, 'the composer stands right above it');
  const last = await ann.message(`line ${lines}.`).boundingBox();
  const composer = await ann.composer.boundingBox();
  assert.ok(last.y + last.height <= composer.y, 'the newest message is above the composer');
  assert.ok(await ann.composer.evaluate((node) => node === document.activeElement));
  await ann.composer.fill('typed with it');
  await ann.button('Send', { exact: true }).tap();
  await bob.sees('typed with it');
  assert.ok(await ann.composer.evaluate((node) => node === document.activeElement), 'it stays up after a message');
  await ann.page.evaluate(() => window.keyboard(0));
  await becomes(async () => (await ann.composer.boundingBox()).y, before.y);
});

test('no field has letters so small that a phone zooms in on it', async () => {
  const sizes = (person) => person.page.locator('.field:visible:not(.ruler)')
    .evaluateAll((fields) => fields.map((field) => [field.ariaLabel, parseFloat(getComputedStyle(field).fontSize)]));
  const seen = new Set();
  const allLarge = async (person = ann) => {
    await person.page.evaluate(() => window.__idle());
    for (const [name, size] of await sizes(person)) {
      assert.ok(size >= 16, `${name} has ${size} pixels`);
      seen.add(name);
    }
  };
  const newcomer = await Person.open(await world(browser, { viewport: phone, touch: true, ratio: 2 }), server.address);
  await newcomer.field('Name', { exact: true }).waitFor();
  await allLarge(newcomer);
  await newcomer.page.context().close();
  await allLarge();
  await ann.button('Search messages', { exact: true }).tap();
  await ann.page.getByRole('searchbox', { name: 'Search messages' }).waitFor();
  await allLarge();
  await ann.page.getByRole('searchbox', { name: 'Search messages' }).press('Escape');
  await ann.button('View profile').tap();
  await ann.dialog.getByRole('textbox', { name: 'Remark' }).waitFor();
  await allLarge();
  await ann.page.keyboard.press('Escape');
  await ann.dialog.waitFor({ state: 'detached' });
  await ann.button('Back', { exact: true }).tap();
  await atList();
  await allLarge();
  await ann.button('Add a friend').first().tap();
  await ann.dialog.getByRole('textbox', { name: 'Their user ID' }).waitFor();
  await allLarge();
  for (const name of ['Name', 'Message bob', 'Search messages', 'Remark', 'Group', 'Search people and messages', 'Their user ID', 'Say hello']) {
    assert.ok(seen.has(name), `${name} was there, of ${[...seen].join()}`);
  }
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
