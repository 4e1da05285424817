// Looking for messages, and going to a day: in one chat and over all of them, on a desktop and with a finger.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, phone } from './lib/browser.mjs';
import { becomes, pair, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob;

const lines = 60;

before(async () => {
  server = await Server.start();
  browser = await launch();
  [ann, bob] = await pair(server.address, await world(browser), await world(browser));
  await bob.say('a kumquat is a small fruit');
  for (let i = 1; i <= lines; i += 1) await bob.say(`line ${i}`);
  await ann.sees(`line ${lines}`);
  await bob.say('one more KUMQUAT');
  await ann.sees('one more KUMQUAT');
});

after(async () => {
  await browser?.close();
  await server?.end();
});

/** The message is drawn, not only near enough for the mirror to hold it. */
const isInView = (person, text) => becomes(async () => {
  const box = await person.message(text).boundingBox();
  const log = await person.log.boundingBox();
  return box !== null && box.y >= log.y && box.y < log.y + log.height;
}, true, text);

test('in a chat one hit after the other comes into view', async () => {
  await ann.button('Search messages', { exact: true }).click();
  const field = ann.page.getByRole('searchbox', { name: 'Search messages' });
  await field.fill('kumquat');
  await ann.page.getByText('1 / 2', { exact: true }).waitFor();
  await isInView(ann, 'one more KUMQUAT');
  await ann.button('Older result').click();
  await ann.page.getByText('2 / 2', { exact: true }).waitFor();
  await isInView(ann, 'a kumquat is a small fruit');
  await field.press('ArrowDown');
  await isInView(ann, 'one more KUMQUAT');
  await ann.button('Sender').click();
  await ann.menuItem('Me', { exact: true }).click();
  await ann.page.getByText('No results').waitFor();
  await ann.button('From me').click();
  await ann.menuItem('bob', { exact: true }).click();
  await ann.page.getByText('1 / 2', { exact: true }).waitFor();
  await field.press('Escape');
  await field.waitFor({ state: 'hidden' });
});

test('over all chats a hit opens its chat at the message', async () => {
  await ann.page.goto(server.address);
  const field = ann.page.getByRole('searchbox', { name: 'Search people and messages' });
  await field.fill('small fruit');
  const hits = ann.friends.getByRole('list', { name: 'Messages' });
  await hits.getByRole('button', { name: /^bob, .*a kumquat is a small fruit$/ }).click();
  await ann.composer.waitFor();
  await isInView(ann, 'a kumquat is a small fruit');
  await field.fill('no such words');
  await ann.friends.getByText(/^Nothing found/).first().waitFor();
  await field.fill('');
  await ann.row(/^bob/).waitFor();
});

test('in a chat only some days are looked at', async () => {
  await ann.button('Search messages', { exact: true }).click();
  const field = ann.page.getByRole('searchbox', { name: 'Search messages' });
  await field.fill('kumquat');
  await ann.button('Date', { exact: true }).click();
  await ann.menuItem('Today', { exact: true }).click();
  await ann.page.getByText('1 / 2', { exact: true }).waitFor();
  await ann.button('Today', { exact: true }).click();
  await ann.menuItem(/^Choose dates/).click();
  const last = ann.dialog.getByRole('textbox', { name: /^To,/ });
  await last.fill('never');
  await last.press('Enter');
  await ann.dialog.locator('[aria-invalid=true]').waitFor();
  await last.fill('2001-01-01');
  await last.press('Enter');
  await ann.dialog.waitFor({ state: 'detached' });
  await ann.button(/^Until /).waitFor();
  await ann.page.getByText('No results').waitFor();
  // East of Greenwich the first day of all begins before the first moment of all.
  await ann.button(/^Until /).click();
  await ann.menuItem(/^Choose dates/).click();
  await last.fill('');
  const first = ann.dialog.getByRole('textbox', { name: /^From,/ });
  await first.fill('1970-01-01');
  await first.press('Enter');
  await ann.page.getByText('1 / 2', { exact: true }).waitFor();
  await field.press('Escape');
});

test('over all chats filters go with words or without', async () => {
  const field = ann.page.getByRole('searchbox', { name: 'Search people and messages' });
  await ann.button('Filter messages').click();
  await ann.button('Sender').click();
  await ann.menuItem(/^Choose a friend/).click();
  await ann.dialog.getByRole('button', { name: 'bob', exact: true }).click();
  await ann.dialog.waitFor({ state: 'detached' });
  const hits = ann.friends.getByRole('list', { name: 'Messages' });
  await hits.getByRole('button', { name: /^bob, .*one more KUMQUAT$/ }).waitFor();
  await ann.button('Date', { exact: true }).click();
  await ann.menuItem('Past 7 days').click();
  await field.fill('small fruit');
  await becomes(() => hits.getByRole('button').count(), 1, 'one hit');
  await ann.button('Pictures', { exact: true }).click();
  await ann.friends.getByText('No results').waitFor();
  await field.press('Escape');
  await ann.row(/^bob/).waitFor();
});

test('a date leads to its first message, and what is no date is refused', async () => {
  await ann.button('More', { exact: true }).click();
  await ann.menuItem('Jump to date').click();
  const field = ann.dialog.getByRole('textbox', { name: /^Date/ });
  await field.fill('soon');
  await ann.dialog.getByRole('button', { name: 'Go', exact: true }).click();
  await ann.dialog.getByText('Write it like 2025-07-28').or(field.and(ann.page.locator('[aria-invalid=true]'))).first().waitFor();
  await field.fill('2001-01-01');
  await field.press('Enter');
  await ann.dialog.waitFor({ state: 'detached' });
  await isInView(ann, 'a kumquat is a small fruit');
});

test('with a finger on a phone, in Chinese', async () => {
  const context = await world(browser, { viewport: phone, touch: true, ratio: 2, lang: 'zh-CN', theme: 'dark' });
  const pocket = await (await Person.open(context, server.address)).signIn('ann');
  await pocket.row(/^bob/).tap();
  await pocket.composer.waitFor();
  await pocket.button('搜索聊天记录').tap();
  await pocket.page.getByRole('searchbox', { name: '搜索聊天记录' }).fill('kumquat');
  await pocket.page.getByText('1 / 2', { exact: true }).waitFor();
  await pocket.button('上一条').tap();
  await isInView(pocket, 'a kumquat is a small fruit');
  await pocket.button('关闭搜索').tap();
  await pocket.composer.waitFor();
  assert.deepEqual(pocket.problems, []);
  await context.close();
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
