// Long chats: what is new in them, the way back to the newest message, older pages, and a message that is longer than the window.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { isInView } from './lib/layout.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob, cy;

// More than one page of history, which has 50.
const lines = 80;

/** While true, what the server says of older messages waits. */
let held = false;
const waiting = [];

before(async () => {
  server = await Server.start();
  browser = await launch();
  const context = await world(browser);
  await context.routeWebSocket(/./, (socket) => {
    const service = socket.connectToServer();
    service.onMessage((message) => {
      if (held && /"kind":"reply"/.test(message) && /"name":"get_history"/.test(message)) waiting.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  bob = await (await Person.open(await world(browser), server.address)).signIn('bob');
  cy = await (await Person.open(await world(browser), server.address)).signIn('cy');
  ann = await (await Person.open(context, server.address)).signIn('ann');
  await ann.add('cy');
  await ann.add('bob');
  await bob.openChat(/^ann/);
  for (let i = 1; i <= lines; i += 1) await bob.say(`line ${i}.`);
  await ann.sees(`line ${lines}.`);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const idle = (person) => person.page.evaluate(() => window.__idle());
const inView = (text) => becomes(() => isInView(ann.message(text)), true, text);
const newest = () => ann.button(/^(Go to newest|\d+ new messages?)$/);

test('older pages come without moving what is being read', async () => {
  await ann.openChat(/^cy/);
  await ann.page.reload();
  await ann.openChat(/^bob/);
  await inView(`line ${lines}.`);
  assert.equal(await ann.message('line 1.').count(), 0);
  await ann.log.focus();
  held = true;
  while (waiting.length === 0) {
    await ann.page.keyboard.press('PageUp');
    await idle(ann);
  }
  await idle(ann);
  const firstInView = () => ann.log.evaluate((log) => {
    const { top, bottom } = log.getBoundingClientRect();
    return [...log.querySelectorAll('article.placed')].map((article) => [article.textContent, article.getBoundingClientRect().top])
      .filter(([, y]) => y >= top && y < bottom);
  });
  const before = await firstInView();
  assert.ok(before.length > 3);
  const known = Number(await ann.log.getByRole('article').first().getAttribute('aria-posinset'));
  held = false;
  for (const send of waiting.splice(0)) send();
  await becomes(async () => Number(await ann.log.getByRole('article').first().getAttribute('aria-posinset')) < known, true, 'older ones are there');
  await idle(ann);
  const after = new Map(await firstInView());
  for (const [text, y] of before) assert.ok(Math.abs(after.get(text) - y) <= 1, `${text} at ${y}, then at ${after.get(text)}`);
  // And so up to the first one.
  await becomes(async () => {
    await ann.page.keyboard.press('Home');
    await idle(ann);
    return ann.message('line 1.').isVisible();
  }, true, 'the first line');
  await ann.page.getByText(/^Friends since/).waitFor();
});

test('whoever reads older messages is not moved, is told how many came, and gets there at once', async () => {
  const above = ann.message('line 1.');
  const before = await above.boundingBox();
  await newest().waitFor();
  await bob.say('first of the new ones');
  await ann.button('1 new messages').waitFor();
  await bob.say('second of the new ones');
  await ann.button('2 new messages').waitFor();
  assert.deepEqual(await above.boundingBox(), before);
  await ann.button('2 new messages').click();
  await inView('second of the new ones');
  await newest().waitFor({ state: 'detached' });
  await bob.seesState('second of the new ones', 'Read');
});

test('what came while another chat was open stands below a line, and the chat opens there', async () => {
  await ann.openChat(/^cy/);
  for (let i = 1; i <= 3; i += 1) await bob.say(`while you were away ${i}`);
  await ann.row(/^bob, 3 unread/).waitFor();
  await ann.openChat(/^bob/);
  await inView('while you were away 1');
  const line = ann.log.getByText('New messages', { exact: true });
  await line.waitFor();
  const [read, unread] = [await ann.message('second of the new ones').boundingBox(), await ann.message('while you were away 1').boundingBox()];
  const { y, height } = await line.boundingBox();
  assert.ok(read.y + read.height <= y && y + height <= unread.y, 'between what was read and what was not');
  await ann.row(/^bob, online$/).waitFor();
  await ann.openChat(/^cy/);
  await ann.openChat(/^bob/);
  await ann.sees('while you were away 3');
  assert.equal(await line.count(), 0, 'once it has been seen there is no such line');
});

test('the scroll bar is dragged with a mouse, and the composer keeps the focus', async () => {
  await ann.openChat(/^bob/);
  await inView('while you were away 3');
  await ann.composer.focus();
  const { mouse } = ann.page;
  const { x, y, width, height } = await ann.log.boundingBox();
  const bar = x + width - 6;
  const end = y + height - 8;
  await mouse.move(bar, end);
  await mouse.down();
  await mouse.move(bar, y);
  await inView('line 1.');
  await mouse.move(bar, end);
  await inView('while you were away 3');
  // Out of the window and on: it follows, and does not jump.
  const [outside, half] = [1400, y + height / 2];
  await mouse.move(outside, end);
  const drawn = await ann.page.evaluate(() => window.__frames());
  await becomes(() => ann.page.evaluate((before) => window.__frames() > before + 2, drawn), true);
  assert.equal(await ann.message('while you were away 3').isVisible(), true);
  await mouse.move(outside, half);
  await becomes(() => ann.message('while you were away 3').isVisible(), false, 'it follows from outside');
  await mouse.move(bar, end);
  await inView('while you were away 3');
  await mouse.up();
  // Beside the bar.
  await mouse.click(bar, y + height / 2);
  await becomes(() => ann.message('while you were away 3').isVisible(), false, 'it is there at once');
  await becomes(() => ann.composer.evaluate((field) => field === document.activeElement), true);
  await ann.page.keyboard.press('End');
});

test('one message of twelve thousand letters scrolls from its end to its beginning', async () => {
  const words = Array.from({ length: 1090 }, (_, i) => `word ${String(i).padStart(5, '0')}`).join(' ');
  assert.ok(words.length > 11_900 && words.length < 12 * 1024);
  await cy.openChat(/^ann/);
  await ann.openChat(/^cy/);
  await cy.composer.fill(words);
  await cy.composer.press('Enter');
  const long = ann.message('word 01089');
  await long.waitFor();
  const view = await ann.log.boundingBox();
  const row = (text) => long.locator('.text').filter({ hasText: text });
  await becomes(() => isInView(row('word 01089')), true, 'its end');
  const end = await long.boundingBox();
  assert.ok(end.height > 2 * view.height, 'it is longer than the window');
  await ann.page.mouse.move(view.x + view.width / 2, view.y + view.height / 2);
  await ann.page.mouse.wheel(0, -300);
  await becomes(async () => (await long.boundingBox()).y, end.y + 300, 'the wheel moves it');
  await ann.log.focus();
  await becomes(async () => {
    await ann.page.keyboard.press('PageUp');
    await idle(ann);
    const first = row('word 00000');
    return await first.count() === 1 && isInView(first);
  }, true, 'its beginning');
  await ann.page.keyboard.press('End');
  await becomes(() => isInView(row('word 01089')), true, 'its end again');
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems, ...cy.problems], []);
});
