// The tutorial's story in two tabs: sign in, add, write both ways, live.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, context, ann, bob;

before(async () => {
  server = await Server.start();
  browser = await launch();
  context = await world(browser);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

test('two tabs sign in as two people, with Enter', async () => {
  ann = await (await Person.open(context, server.address)).signIn('ann');
  bob = await (await Person.open(context, server.address)).signIn('bob');
  await ann.page.getByText('No friends yet').first().waitFor();
});

test('the add form has a greeting and a group ready, and success is told', async () => {
  await ann.button('Add a friend').first().click();
  const dialog = ann.page.getByRole('dialog');
  for (const [name, text] of [['Say hello', 'Hi, this is ann'], ['Group', 'Friends'], ['Remark', '']]) {
    await becomes(() => dialog.getByRole('textbox', { name }).inputValue(), text, name);
  }
  await dialog.getByRole('textbox', { name: 'Their user ID' }).fill('bob');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await ann.page.getByText('bob added').first().waitFor();
  await ann.composer.waitFor();
  await bob.row(/^ann/).waitFor();
});

test('an unknown person, oneself and a friend are refused in words, under the field', async () => {
  await ann.button('Add a friend').first().click();
  const dialog = ann.page.getByRole('dialog');
  const id = dialog.getByRole('textbox', { name: 'Their user ID' });
  for (const [who, words] of [['nobody-there', 'No such user. Check the ID.'], ['ann', 'You cannot add yourself'],
    ['bob', 'You are friends already']]) {
    await id.fill(who);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.locator(`[aria-invalid=true][aria-description="${words}"]`).waitFor();
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('texts go both ways, in Chinese, English and emoji', async () => {
  await bob.openChat(/^ann/);
  await ann.say('早！金橘泡好了吗？');
  assert.equal(await ann.composer.inputValue(), '', 'sending clears the composer');
  await bob.sees('早！金橘泡好了吗？');
  await bob.say('Almost there 😍👨‍👩‍👧');
  await ann.sees('Almost there 😍👨‍👩‍👧');
  await ann.say('Ça va, Привет, مرحبا');
  await bob.sees('Ça va, Привет, مرحبا');
});

test('an address is a link that the browser follows itself', async () => {
  await ann.say(`看 ${server.address}/healthz，都好`);
  const link = bob.log.getByRole('link', { name: `${server.address}/healthz` });
  await link.waitFor();
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  const opened = bob.page.context().waitForEvent('page');
  await link.click();
  const page = await opened;
  await page.waitForURL(`${server.address}/healthz`);
  await page.close();
  await bob.say('javascript:alert(1)');
  await ann.sees('javascript:alert(1)');
  assert.equal(await ann.log.getByRole('link').count(), 1);
});

test('a sent message becomes read when it is seen', async () => {
  await ann.say('have you read this?');
  await bob.sees('have you read this?');
  await ann.seesState('have you read this?', 'Read');
});

test('typing shows and ends', async () => {
  await bob.composer.pressSequentially('hm', { delay: 50 });
  await ann.page.getByRole('main').getByText('typing…').first().waitFor();
  await bob.composer.fill('');
  await ann.page.getByRole('main').getByText('typing…').first().waitFor({ state: 'detached' });
});

test('an incoming message never switches the open chat nor takes the focus', async () => {
  const cy = await (await Person.open(context, server.address)).signIn('cy');
  await cy.add('ann');
  await ann.composer.fill('half a thought for bob');
  await cy.say('hello from cy');
  await ann.row(/^cy, 1 unread/).waitFor();
  assert.equal(await ann.composer.getAttribute('aria-label') ?? 'Message bob', 'Message bob');
  assert.equal(await ann.composer.inputValue(), 'half a thought for bob');
  assert.equal(await ann.composer.evaluate((node) => node === document.activeElement), true);
  await ann.composer.press('Enter');
  await bob.sees('half a thought for bob');
  assert.equal((await cy.texts()).some((text) => text.includes('half a thought')), false);
  await cy.page.close();
});

test('everything is there after a reload, at the same chat', async () => {
  await ann.seesState('half a thought for bob', 'Read');
  const beforeReload = await ann.texts();
  await ann.page.reload();
  await ann.composer.waitFor();
  await becomes(() => ann.texts(), beforeReload);
});

test('the page had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
