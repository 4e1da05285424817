// The main story in Firefox, with the server: a name, a friend, Chinese, a picture, the plug.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { FirefoxTab, launchFirefox } from './lib/firefox.mjs';
import { linesOff } from './lib/lines.mjs';
import { Server } from './lib/server.mjs';

let server, firefox, ann, bob;

before(async () => {
  server = await Server.start();
  firefox = await launchFirefox();
});

after(async () => {
  await firefox?.end();
  await server?.end();
});

const open = (path = '/') => FirefoxTab.open(firefox.browser, server.address + path);

test('two people sign in, become friends and write to each other, in Chinese too', async () => {
  ann = await open();
  await ann.type('Name', 'ann');
  await ann.button('Add a friend');
  bob = await open();
  await bob.type('Name', 'bob');
  await bob.press('Add a friend');
  await bob.type('Their user ID', 'ann');
  await bob.type('Message ', '今天的小橙子很甜');
  await ann.press('bob');
  await ann.sees('今天的小橙子很甜');
  await ann.type('Message ', '给我留一个 🍊');
  await bob.sees('给我留一个 🍊');
});

test('a line in both directions has room for all of it', async () => {
  for (const line of ['abc مرحبا بالعالم 123', 'नमस्ते مرحبا', 'مرحبا 👍🏽 abc']) {
    const [from, to, width] = await bob.page.evaluate((text) => {
      const { numbers: [left, , across] } = Kumquat.glyphs.box(0, text, 16);
      return [left, left + across, Kumquat.glyphs.advance(0, text, 16)];
    }, line);
    assert.ok(from <= 0 && to >= width, `${line}: ${from} to ${to}, ${width} wide`);
  }
});

test('the lines of a message are one text, and each lies where it is drawn', async () => {
  const long = 'The kumquat is eaten whole, see https://example.org/an/address/that/has/to/be/broken/because/it/is/longer/than/a/line for more. ';
  await bob.type('Message ', long + 'الكمكوات لذيذة kumquats '.repeat(9));
  await bob.sees(long);
  await bob.page.evaluate(() => window.__idle());
  assert.deepEqual(await bob.page.evaluate(linesOff, long), []);
  const [last, first] = await bob.page.evaluate((words) => {
    const article = [...document.querySelectorAll('article')].find((node) => node.textContent.includes(words));
    const [one, two] = article.querySelectorAll('p > .node');
    return [one.textContent.slice(-6), two.textContent.slice(0, 6)];
  }, long);
  assert.equal(await bob.page.evaluate((words) => window.find(words, true, true, true), last + first), true, last + first);
});

test('a picture is dropped, sent and seen', async () => {
  await bob.page.bringToFront();
  await bob.page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 200];
    canvas.getContext('2d').fillRect(40, 40, 100, 100);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([blob], 'square.png', { type: 'image/png' }));
    document.getElementById('stage').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await bob.find(['[role=img], img', 'square.png']);
  await bob.type('Message ', 'a square');
  await ann.sees('a square');
  await ann.press('Picture from bob, 320 by 200');
  await ann.page.waitForFunction(() => document.querySelector('#viewer img')?.naturalWidth === 320);
  await ann.page.keyboard.press('Escape');
});

test('what is written while the server is away arrives when it is back, once', async () => {
  await server.down();
  await bob.type('Message ', 'are you there?');
  await bob.sees('are you there?');
  await server.up();
  await ann.sees('are you there?');
  await ann.page.reload();
  await ann.sees('are you there?');
  const times = await ann.page.$$eval('article', (nodes) => nodes.filter((node) => node.textContent.includes('are you there?')).length);
  assert.equal(times, 1);
});

test('the pages had no error in Firefox', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
