// Pictures between two browsers: chosen, pasted, dropped, sent, received, enlarged; and everything that can go wrong with them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { desktop, launch, phone, screenshot } from './lib/browser.mjs';
import { pair, Person, world } from './lib/person.mjs';
import { choose, noise } from './lib/pictures.mjs';
import { Server } from './lib/server.mjs';

const files = new URL('../picture/files/', import.meta.url);
const sample = (name) => readFile(new URL(name, files));
const as = (name, mimeType, buffer) => ({ name, mimeType, buffer });

let server, browser, ann, bob;

before(async () => {
  server = await Server.start();
  browser = await launch();
  // Two browsers: nothing that one of them keeps can stand in for what the server has.
  [ann, bob] = await pair(server.address, await world(browser), await world(browser));
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const waiting = (person, name) => person.page.getByRole('list', { name: 'Pictures to send' }).getByRole('img', { name });
const send = (person) => person.button('Send', { exact: true }).click();
const problem = (person, words) => person.page.getByRole('form', { name: 'Composer' }).getByText(words);
const shown = (person, from, size) => person.log.getByRole('button', { name: `Picture from ${from}, ${size}` });

/** Hands files to the page as a paste or a drop does. */
function hand(person, kind, name, type, bytes) {
  return person.page.evaluate(([how, file, mime, content]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(content)], file, { type: mime }));
    if (how === 'paste') {
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      return;
    }
    const target = document.getElementById('stage');
    target.dispatchEvent(new DragEvent(how, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [kind, name, type, [...bytes]]);
}

async function throttle(person, bytesPerSecond) {
  person.cdp ??= await person.page.context().newCDPSession(person.page);
  await person.cdp.send('Network.enable');
  await person.cdp.send('Network.emulateNetworkConditions',
    { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond });
}

test('a chosen picture goes out with its caption behind it, and neither says where it was taken', async () => {
  const photo = await sample('photo.jpg');
  const exif = Buffer.from('Exif\0\0MM\0\x2A\0\0\0\x08\0\x00\0\0\0\0GPS 22.5431N', 'latin1');
  const located = Buffer.concat([photo.subarray(0, 2), Buffer.from([0xFF, 0xE1, 0, exif.length + 2]), exif, photo.subarray(2)]);
  await choose(ann, as('holiday.jpg', 'image/jpeg', located));
  await waiting(ann, 'holiday.jpg').waitFor();
  await ann.composer.fill('look at this');
  const answered = ann.page.waitForResponse((response) => response.request().method() === 'POST');
  await ann.composer.press('Enter');
  const { id } = await (await answered).json();
  assert.match(id, /^[0-9a-f]{32}$/);
  await shown(ann, 'you', '64 by 48').waitFor();
  await shown(bob, 'ann', '64 by 48').waitFor();
  await bob.sees('look at this');
  const stored = await (await fetch(`${server.address}/pictures/${id}`)).arrayBuffer();
  assert.ok(stored.byteLength > 0);
  assert.equal(Buffer.from(stored).includes('GPS'), false);
});

test('a pasted screenshot waits in the composer, and can be taken out again', async () => {
  await ann.composer.focus();
  await hand(ann, 'paste', 'image.png', 'image/png', await sample('drawing.png'));
  await waiting(ann, 'image.png').waitFor();
  await ann.button('Remove picture image.png').click();
  await waiting(ann, 'image.png').waitFor({ state: 'detached' });
});

test('a drag shows where to drop; what is dropped is sent without a text', async () => {
  const moving = await sample('moving.gif');
  await hand(ann, 'dragover', 'moving.gif', 'image/gif', moving);
  await ann.page.getByText('Drop to send pictures').first().waitFor();
  await hand(ann, 'drop', 'moving.gif', 'image/gif', moving);
  await ann.page.getByText('Drop to send pictures').first().waitFor({ state: 'detached' });
  await waiting(ann, 'moving.gif').waitFor();
  await send(ann);
  await shown(bob, 'ann', '16 by 12').waitFor();
});

test('several go out in the order in which they were chosen', async () => {
  await choose(ann, as('first.png', 'image/png', await noise(ann, 300, 200)), as('second.png', 'image/png', await noise(ann, 200, 300)));
  await waiting(ann, 'second.png').waitFor();
  await send(ann);
  await shown(bob, 'ann', '300 by 200').waitFor();
  await shown(bob, 'ann', '200 by 300').waitFor();
  const names = await bob.log.getByRole('button', { name: /^Picture from ann/ }).evaluateAll((nodes) => nodes.map((node) => node.ariaLabel));
  assert.ok(names.indexOf('Picture from ann, 300 by 200') < names.indexOf('Picture from ann, 200 by 300'));
});

test('a picture larger than any screen goes out smaller', async () => {
  await choose(ann, as('wide.png', 'image/png', await noise(ann, 3200, 200, 3)));
  await waiting(ann, 'wide.png').waitFor();
  await send(ann);
  await shown(ann, 'you', '2560 by 160').waitFor();
  await shown(bob, 'ann', '2560 by 160').waitFor();
});

test('what is no picture, empty, too large or a bomb is refused by its content, in words', async () => {
  const bomb = Buffer.from(await sample('drawing.png'));
  bomb.writeUInt32BE(100_000, 16);
  bomb.writeUInt32BE(100_000, 20);
  const large = Buffer.concat([await sample('photo.jpg'), Buffer.alloc(20 * 1024 * 1024)]);
  for (const [file, words] of [
    [as('notes.png', 'image/png', Buffer.from('plain words')), 'Only JPG, PNG, GIF and WebP pictures'],
    [as('nothing.png', 'image/png', Buffer.alloc(0)), 'This file is empty'],
    [as('large.jpg', 'image/jpeg', large.subarray(0, 20 * 1024 * 1024)), 'Pictures must be under 20 MB'],
    [as('bomb.png', 'image/png', bomb), 'This picture is damaged or its dimensions are too large'],
    [as('cut.jpg', 'image/jpeg', (await sample('photo.jpg')).subarray(0, 700)), 'This picture is damaged or its dimensions are too large'],
  ]) {
    await choose(ann, file);
    await problem(ann, `${file.name}: ${words}`).waitFor();
  }
});

test('the same file can be chosen again after an error', async () => {
  const file = as('notes.png', 'image/png', Buffer.from('plain words'));
  await choose(ann, file);
  await problem(ann, /^notes\.png/).waitFor();
  await choose(ann, as('good.png', 'image/png', await sample('drawing.png')));
  await problem(ann, /^notes\.png/).waitFor({ state: 'detached' });
  await ann.button('Remove picture good.png').click();
  await choose(ann, file);
  await problem(ann, /^notes\.png/).waitFor();
});

test('an upload shows how far it is, and can be cancelled', async () => {
  await throttle(ann, 200 * 1024);
  await choose(ann, as('slow.png', 'image/png', await noise(ann, 1200, 800)));
  await waiting(ann, 'slow.png').waitFor();
  await send(ann);
  const progress = ann.log.getByRole('progressbar');
  await ann.log.locator('[role=progressbar]:not([aria-valuenow="0"])').waitFor({ timeout: 20_000 });
  await ann.button('Cancel upload').click();
  await progress.waitFor({ state: 'detached' });
  assert.equal(await ann.log.getByRole('img', { name: 'Picture from you, 1200 by 800' }).count(), 0);
  await throttle(ann, -1);
});

test('an upload that a reload interrupts goes on by itself, and arrives once', async () => {
  await throttle(ann, 200 * 1024);
  await choose(ann, as('interrupted.png', 'image/png', await noise(ann, 1100, 700)));
  await waiting(ann, 'interrupted.png').waitFor();
  await send(ann);
  await ann.log.locator('[role=progressbar]:not([aria-valuenow="0"])').waitFor({ timeout: 20_000 });
  await throttle(ann, -1);
  await ann.page.reload();
  await shown(bob, 'ann', '1100 by 700').waitFor({ timeout: 30_000 });
  await shown(ann, 'you', '1100 by 700').waitFor({ timeout: 30_000 });
  assert.equal(await shown(bob, 'ann', '1100 by 700').count(), 1);
});

test('without the server a picture waits, and goes out when it is back', async () => {
  await server.down();
  await choose(ann, as('patient.png', 'image/png', await noise(ann, 240, 160)));
  await waiting(ann, 'patient.png').waitFor();
  await send(ann);
  await ann.log.getByRole('img', { name: 'Picture from you, 240 by 160' }).waitFor();
  await server.up();
  await shown(bob, 'ann', '240 by 160').waitFor({ timeout: 60_000 });
});

test('a received picture has its box before its bytes, and nothing moves when they come', async () => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await bob.page.route('**/pictures/*', async (route) => {
    await held;
    await route.continue();
  });
  await choose(ann, as('late.png', 'image/png', await noise(ann, 640, 360, 7)));
  await waiting(ann, 'late.png').waitFor();
  await ann.composer.fill('below it');
  await ann.composer.press('Enter');
  await bob.sees('below it');
  const before = await shown(bob, 'ann', '640 by 360').boundingBox();
  assert.deepEqual([before.width, before.height], [320, 180]);
  const loaded = bob.page.waitForResponse((response) => response.url().includes('/pictures/'));
  release();
  await (await loaded).finished();
  await bob.page.evaluate(() => window.__idle());
  assert.deepEqual(await shown(bob, 'ann', '640 by 360').boundingBox(), before);
  await bob.page.unroute('**/pictures/*');
});

/** Goes up through the history until a picture is on the screen: what is off it is there as text alone. */
async function scrollBackTo(person, picture) {
  await person.log.focus();
  while (await picture.count() === 0) {
    await person.page.keyboard.press('PageUp');
    await person.page.waitForTimeout(300);
  }
}

test('the viewer shows it in full size, goes to its neighbours, zooms, and gives the focus back', async () => {
  await scrollBackTo(bob, shown(bob, 'ann', '300 by 200'));
  await shown(bob, 'ann', '300 by 200').focus();
  await bob.page.keyboard.press('Enter');
  const viewer = bob.page.getByRole('dialog', { name: 'Picture' });
  await viewer.getByRole('img', { name: 'Picture from ann, 300 by 200' }).waitFor();
  await bob.page.waitForFunction(() => document.querySelector('#viewer img').naturalWidth === 300);
  await bob.page.keyboard.press('ArrowRight');
  await viewer.getByRole('img', { name: 'Picture from ann, 200 by 300' }).waitFor();
  await bob.page.keyboard.press('ArrowLeft');
  await viewer.getByRole('img', { name: 'Picture from ann, 300 by 200' }).waitFor();
  const before = await viewer.getByRole('img').boundingBox();
  await viewer.getByRole('button', { name: 'Zoom in' }).click();
  assert.ok((await viewer.getByRole('img').boundingBox()).width > before.width);
  const download = bob.page.waitForEvent('download');
  await viewer.getByRole('button', { name: 'Save' }).click();
  assert.match((await download).suggestedFilename(), /^kumquat-\d+\.png$/);
  await bob.page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'hidden' });
  assert.equal(await shown(bob, 'ann', '300 by 200').evaluate((node) => node === document.activeElement), true);
});

test('a new picture of oneself appears with the others', async () => {
  await ann.openSettings();
  await ann.dialog.getByRole('button', { name: 'Edit profile' }).click();
  const opened = ann.page.waitForEvent('filechooser');
  const fetched = bob.page.waitForResponse((response) => response.url().includes('/pictures/'), { timeout: 30_000 });
  await ann.dialog.getByRole('button', { name: 'Change picture' }).click();
  await (await opened).setFiles([as('me.png', 'image/png', await noise(ann, 500, 300, 3))]);
  const picture = await fetched;
  assert.equal(picture.status(), 200);
  const size = await bob.page.evaluate(async (url) => {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    return [bitmap.width, bitmap.height];
  }, picture.url());
  assert.deepEqual(size, [198, 198], 'cut to a square');
  await ann.dialog.getByRole('button', { name: 'Remove picture' }).waitFor();
  await ann.page.keyboard.press('Escape');
});

test('pictures for people to look at', async () => {
  const looks = [
    ['desktop-light-en', { lang: 'en-US', viewport: desktop, theme: 'light' }],
    ['desktop-dark-zh', { lang: 'zh-CN', viewport: desktop, theme: 'dark' }],
    ['phone-light-zh', { lang: 'zh-CN', viewport: phone, theme: 'light', touch: true, ratio: 2 }],
    ['phone-dark-en', { lang: 'en-US', viewport: phone, theme: 'dark', touch: true, ratio: 2 }],
  ];
  for (const [name, look] of looks) {
    const context = await world(browser, look);
    const person = await (await Person.open(context, server.address)).signIn(`looker-${name}`);
    await person.add('ann');
    for (const [file, type] of [['photo.jpg', 'image/jpeg'], ['drawing.png', 'image/png']]) {
      await person.composer.focus();
      await hand(person, 'paste', file, type, await sample(file));
    }
    await person.page.getByRole('list').getByRole('img', { name: 'drawing.png' }).waitFor();
    await screenshot(person.page, `pictures-waiting-${name}`);
    await person.composer.fill(look.lang === 'zh-CN' ? '洗好了，看这个颜色！' : 'Washed them. Look at this colour!');
    if (look.touch) await person.button(person.words.send, { exact: true }).tap();
    else await person.composer.press('Enter');
    const sent = person.log.getByRole('button', { name: /64 (by|×) 48/ });
    await sent.nth(1).waitFor();
    await screenshot(person.page, `pictures-chat-${name}`);
    await hand(person, 'dragover', 'photo.jpg', 'image/jpeg', await sample('photo.jpg'));
    await screenshot(person.page, `pictures-drop-${name}`);
    await sent.first().click();
    await person.page.locator('#viewer[open]').waitFor();
    await screenshot(person.page, `pictures-viewer-${name}`);
    const cut = await person.page.locator('.viewer-who').evaluate((node) => node.scrollWidth > node.clientWidth ||
      node.clientHeight > node.parentElement.clientHeight);
    assert.equal(cut, false, 'who sent it and when is read whole');
    await context.close();
  }
});

test('no page had an error or broke a policy', () => {
  assert.deepEqual(ann.problems, []);
  assert.deepEqual(bob.problems, []);
});
