// The list as people know it: what was said last and when, drafts, remarks, groups, search, presence, and settings that stay.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, annElsewhere, bob, cy;

before(async () => {
  server = await Server.start();
  browser = await launch();
  const open = async (name) => (await Person.open(await world(browser), server.address)).signIn(name);
  ann = await open('ann');
  bob = await open('bob');
  cy = await open('cy');
  annElsewhere = await open('ann');
  await ann.add('bob');
  await ann.add('cy');
});

after(async () => {
  await browser?.close();
  await server?.end();
});

/** The list's buttons from top to bottom: name, state, and what stands in the second line. */
const rows = (person) => person.friends.getByRole('listitem').getByRole('button').evaluateAll(
  (nodes) => nodes.map((node) => [node.getAttribute('aria-label'), node.getAttribute('aria-description')]));
const described = (person, name, words) => person.row(name).and(person.page.locator(`[aria-description="${words}"]`)).waitFor();

test('whoever takes no requests is told of, and cannot be added', async () => {
  await cy.allow('Nobody');
  await bob.button('Add a friend').first().click();
  await bob.dialog.getByRole('textbox', { name: 'Their user ID' }).fill('cy');
  await bob.dialog.getByText('They do not accept requests').first().waitFor();
  await bob.dialog.getByRole('button', { name: 'Add', exact: true, disabled: true }).waitFor();
  await cy.allow('Anyone');
  await bob.dialog.getByRole('textbox', { name: 'Their user ID' }).fill('');
  await bob.dialog.getByRole('textbox', { name: 'Their user ID' }).fill('cy');
  await bob.dialog.getByText('You can chat at once').first().waitFor();
  await bob.closeDialog();
  assert.equal(await bob.row(/^cy/).count(), 0);
});

test('a row says what was said last, and the newest chat is on top', async () => {
  // With a chat open anywhere, what comes would be read at once.
  await ann.page.goto(server.address);
  await ann.page.getByText('Pick a friend to start chatting').first().waitFor();
  await bob.openChat(/^ann/);
  await cy.openChat(/^ann/);
  await bob.say('first bob');
  await described(annElsewhere, /^bob/, 'first bob');
  await cy.say('then cy');
  await becomes(() => rows(annElsewhere), [['cy, 1 unread, online', 'then cy'], ['bob, 1 unread, online', 'first bob']]);
  await bob.say('bob again');
  await becomes(() => rows(annElsewhere), [['bob, 2 unread, online', 'bob again'], ['cy, 1 unread, online', 'then cy']]);
});

test('a draft is marked here, and told of on the other device', async () => {
  await ann.openChat(/^bob/);
  await ann.sees('bob again');
  await ann.composer.fill('I was about to');
  await ann.openChat(/^cy/);
  await described(ann, /^bob/, 'Draft: I was about to');
  await described(annElsewhere, /^bob/, 'Draft on another device');
  await ann.openChat(/^bob/);
  assert.equal(await ann.composer.inputValue(), 'I was about to');
  await ann.composer.fill('');
  await described(annElsewhere, /^bob/, 'bob again');
});

test('a remark and a group are set later, sort the list into sections, and are searched', async () => {
  await ann.openChat(/^bob/);
  await ann.button('View profile').click();
  await ann.dialog.getByRole('textbox', { name: 'Remark' }).fill('Bob from work');
  await ann.dialog.getByRole('textbox', { name: 'Group' }).fill('Work');
  await ann.dialog.getByRole('button', { name: 'Save' }).click();
  await ann.row(/^Bob from work/).waitFor();
  await annElsewhere.row(/^Bob from work/).waitFor();
  if (await ann.dialog.count()) await ann.closeDialog();
  await annElsewhere.button('Friends by group').click();
  const captions = () => annElsewhere.friends.getByRole('heading', { level: 3 }).allTextContents();
  await becomes(async () => (await captions()).includes('Work'), true);
  await annElsewhere.button('Friends by group').click();
  const search = ann.page.getByRole('searchbox', { name: 'Search people' });
  for (const typed of ['from WORK', 'bob']) {
    await search.fill(typed);
    await becomes(async () => (await rows(ann)).map(([name]) => name.split(',')[0]), ['Bob from work']);
  }
  await search.fill('');
  await ann.row(/^cy/).waitFor();
});

test('presence is for friends alone, and hidden by a block, from both', async () => {
  const dan = await (await Person.open(await world(browser), `${server.address}/#C2Cann`, '')).signIn('dan');
  await dan.page.getByText('Not a friend yet').first().waitFor();
  assert.equal(await dan.page.getByText('Online', { exact: true }).count(), 0);
  await dan.page.context().close();
  await ann.row(/^cy, online/).waitFor();
  await cy.row(/^ann, online/).waitFor();
  await ann.openChat(/^cy/);
  await ann.button('More', { exact: true }).click();
  await ann.page.getByRole('menuitem', { name: 'Block', exact: true }).click();
  await ann.dialog.getByRole('button', { name: 'Block' }).click();
  await ann.row(/^cy$/).waitFor();
  await cy.row(/^ann$/).waitFor();
  await ann.button('Unblock').click();
  await cy.row(/^ann, online/).waitFor();
});

test('whoever has closed the page is away after a while, not at once', async () => {
  await cy.page.close();
  await bob.say('is cy gone?');
  await described(ann, /^Bob from work/, 'is cy gone?');
  assert.equal(await ann.row(/^cy, online/).count(), 1);
  await ann.row(/^cy$/).waitFor();
});

test('language and theme are changed, and stay after a reload', async () => {
  await bob.openSettings();
  await bob.dialog.getByRole('radio', { name: 'Dark' }).click();
  await bob.dialog.getByRole('radio', { name: 'Dark', checked: true }).waitFor();
  await bob.dialog.getByRole('radio', { name: '中文' }).click();
  await bob.page.getByRole('dialog', { name: '设置' }).waitFor();
  await bob.page.reload();
  await bob.page.getByRole('button', { name: /^设置/ }).click();
  await bob.dialog.getByRole('radio', { name: '深色', checked: true }).waitFor();
  await bob.dialog.getByRole('radio', { name: '中文', checked: true }).waitFor();
  assert.equal(await bob.page.evaluate(() => document.documentElement.lang), 'zh-CN');
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...annElsewhere.problems, ...bob.problems, ...cy.problems], []);
});
