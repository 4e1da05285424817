// One person in several tabs: all of them in step. Two people in one browser: kept apart.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, context, ann, other, bob;

before(async () => {
  server = await Server.start();
  browser = await launch();
  context = await world(browser);
  ann = await (await Person.open(context, server.address)).signIn('ann');
  bob = await (await Person.open(context, server.address)).signIn('bob');
  await ann.add('bob');
  await bob.openChat(/^ann/);
  other = await (await Person.open(context, server.address)).signIn('ann');
  await other.openChat(/^bob/);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

test('a message sent in one tab appears in the other as sent by oneself', async () => {
  await ann.say('from my first tab');
  await other.sees('from my first tab');
  await other.seesState('from my first tab', '(Sent|Read)');
});

test('both tabs can send, and both show everything in the same order', async () => {
  for (let i = 0; i < 5; i += 1) {
    await ann.say(`first ${i}`);
    await other.say(`second ${i}`);
  }
  // Bob's order is the service's. A tab's own messages take their places in it when the service has answered.
  const bare = async (tab) => (await tab.texts()).map((text) => /(first|second) \d/.exec(text)?.[0]).filter(Boolean);
  await becomes(async () => (await bare(bob)).length, 10);
  const seen = await bare(bob);
  for (const tab of [ann, other]) await becomes(() => bare(tab), seen);
});

test('what is read in one tab is read in the other', async () => {
  await other.page.goto(`${server.address}/#`);
  await other.friends.waitFor();
  await bob.say('read me once');
  await ann.sees('read me once');
  await bob.seesState('read me once', 'Read');
  await other.row(/^bob/).and(other.page.locator('[aria-description="read me once"]')).waitFor();
  await other.friends.getByRole('button', { name: /unread/ }).waitFor({ state: 'detached' });
});

test('signing out in one tab leaves the other signed in', async () => {
  await other.button(/^Settings/).first().click();
  await other.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await other.field('Name', { exact: true }).waitFor();
  await ann.say('still here');
  await bob.sees('still here');
  await other.page.reload();
  await other.field('Name', { exact: true }).waitFor();
});

test('the page had no error', () => {
  assert.deepEqual([...ann.problems, ...other.problems, ...bob.problems], []);
});
