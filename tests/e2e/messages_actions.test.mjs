// What two people do with messages that are there, each in a browser of their own: reply, edit, recall, react, pin, delete for
// oneself, choose several, forward.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob, cy;

before(async () => {
  server = await Server.start();
  browser = await launch();
  const open = async (name) => {
    const context = await world(browser);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.address });
    return (await Person.open(context, server.address)).signIn(name);
  };
  ann = await open('ann');
  bob = await open('bob');
  cy = await open('cy');
  await ann.add('bob');
  await ann.add('cy');
  await ann.openChat(/^bob/);
  await bob.openChat(/^ann/);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const item = (person, name) => person.menuItem(name, { exact: true });

/** Opens the menu of the message with this text with the right button, and uses an item of it. */
async function use(person, text, name) {
  await person.message(text).click({ button: 'right' });
  await item(person, name).click();
}

/** Both see this text, and it has come to the service. */
async function say(from, to, text) {
  await from.say(text);
  await to.sees(text);
  await from.seesState(text, 'Sent|Read');
}

test('a reply stands above the composer, then in the message of both, and leads to what it answers', async () => {
  await say(ann, bob, 'shall we meet?');
  await use(bob, 'shall we meet?', 'Reply');
  await bob.page.getByText('Reply to ann: shall we meet?').waitFor();
  await say(bob, ann, 'tomorrow at ten');
  await bob.button('Cancel reply').waitFor({ state: 'detached' });
  await ann.message('tomorrow at ten').getByRole('button', { name: 'Go to message from You: shall we meet?' }).waitFor();
  await bob.message('tomorrow at ten').getByRole('button', { name: 'Go to message from ann: shall we meet?' }).click();
  await bob.message('shall we meet?').waitFor();
});

test('Escape gives a reply up', async () => {
  await use(bob, 'shall we meet?', 'Reply');
  await bob.composer.press('Escape');
  await bob.button('Cancel reply').waitFor({ state: 'detached' });
});

test('the menu opens with the keyboard, and gives the focus back', async () => {
  await ann.message('shall we meet?').focus();
  await ann.page.keyboard.press('Shift+F10');
  await ann.page.getByRole('menu', { name: 'Message menu' }).waitFor();
  await ann.page.keyboard.press('ArrowDown');
  await item(ann, 'Reply').and(ann.page.locator(':focus')).waitFor();
  await ann.page.keyboard.press('Escape');
  await ann.page.getByRole('menu', { name: 'Message menu' }).waitFor({ state: 'detached' });
  await ann.message('shall we meet?').and(ann.page.locator(':focus')).waitFor();
});

test('an edit changes the message for both, and the draft comes back', async () => {
  await say(ann, bob, 'I wil be there');
  await ann.composer.fill('a draft');
  await use(ann, 'I wil be there', 'Edit');
  await becomes(() => ann.composer.inputValue(), 'I wil be there');
  await ann.composer.fill('I will be there');
  await ann.composer.press('Enter');
  await bob.log.getByRole('article', { name: /edited/ }).filter({ hasText: 'I will be there' }).waitFor();
  await ann.log.getByRole('article', { name: /edited/ }).filter({ hasText: 'I will be there' }).waitFor();
  await becomes(() => ann.composer.inputValue(), 'a draft');
  await ann.composer.fill('');
});

test('Arrow Up in an empty composer edits the last own message', async () => {
  await ann.composer.press('ArrowUp');
  await becomes(() => ann.composer.inputValue(), 'I will be there');
  await ann.composer.press('Escape');
  await becomes(() => ann.composer.inputValue(), '');
});

test('a recalled message is gone for both, and its text can be written on', async () => {
  await say(ann, bob, 'recall this');
  await use(ann, 'recall this', 'Recall');
  await bob.log.getByText('ann recalled a message').waitFor();
  await ann.log.getByText('You recalled a message').waitFor();
  await becomes(() => ann.composer.inputValue(), 'recall this');
  assert.equal(await bob.message('recall this').count(), 0);
  await ann.composer.fill('');
  await ann.button('Edit again').click();
  await becomes(() => ann.composer.inputValue(), 'recall this');
  await ann.composer.fill('');
});

test('reactions of both stand under the message', async () => {
  await use(bob, 'I will be there', 'React with 👍');
  await bob.message('I will be there').getByRole('button', { name: '👍 1', exact: true, pressed: true }).waitFor();
  // The middle of the whole message may be between its text and its reactions.
  await bob.message('I will be there').getByText('I will be there').click({ button: 'right' });
  await bob.page.getByRole('menuitemcheckbox', { name: 'React with 👍', checked: true }).waitFor();
  await bob.page.getByRole('menuitemcheckbox', { name: 'React with 😂', checked: false }).waitFor();
  await bob.page.keyboard.press('Escape');
  await ann.message('I will be there').getByRole('button', { name: '👍 1', exact: true, pressed: false }).click();
  await ann.message('I will be there').getByRole('button', { name: '👍 2', exact: true, pressed: true }).waitFor();
  await bob.message('I will be there').getByRole('button', { name: '👍 2', exact: true, pressed: true }).click();
  await ann.message('I will be there').getByRole('button', { name: '👍 1', exact: true, pressed: true }).waitFor();
});

test('a pinned message stands above the history of both until it is unpinned', async () => {
  await use(ann, 'tomorrow at ten', 'Pin');
  await bob.button('Go to pinned message: tomorrow at ten').click();
  await bob.button('Unpin', { exact: true }).click();
  await ann.button(/^Go to pinned message/).waitFor({ state: 'detached' });
});

test('what is deleted for oneself stays with the other person', async () => {
  await say(bob, ann, 'forget about it');
  await use(ann, 'forget about it', 'Delete for me');
  await ann.dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await ann.message('forget about it').waitFor({ state: 'detached' });
  await ann.page.reload();
  await ann.sees('tomorrow at ten');
  assert.equal(await ann.message('forget about it').count(), 0);
  assert.equal(await bob.message('forget about it').count(), 1);
});

test('several messages are chosen, copied, and deleted', async () => {
  await say(bob, ann, 'first of two');
  await say(bob, ann, 'second of two');
  await use(ann, 'first of two', 'Select');
  await ann.page.getByRole('checkbox', { name: /second of two/ }).click();
  await ann.page.getByText('2 selected').waitFor();
  await ann.button('Copy', { exact: true }).click();
  const copied = () => ann.page.evaluate(() => navigator.clipboard.readText());
  await becomes(async () => /bob: first of two\n.*bob: second of two$/.test(await copied()), true, 'the clipboard');
  // The messages move down where the bar was.
  await ann.composer.waitFor();
  await ann.page.evaluate(() => window.__idle());
  await use(ann, 'first of two', 'Select');
  await ann.button('Delete for me').click();
  await ann.dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await ann.message('first of two').waitFor({ state: 'detached' });
  await ann.button('Cancel selection').click();
  await ann.composer.waitFor();
});

test('a message is forwarded to whoever was chosen, and says that it was', async () => {
  await use(ann, 'second of two', 'Forward');
  await ann.dialog.getByRole('searchbox', { name: 'Search friends' }).fill('cy');
  await ann.dialog.getByRole('checkbox', { name: 'cy' }).click();
  await ann.dialog.getByRole('button', { name: 'Send to 1' }).click();
  await ann.dialog.waitFor({ state: 'detached' });
  await cy.openChat(/^ann/);
  await cy.sees('second of two');
  await cy.message('second of two').getByText('Forwarded').waitFor();
});

test('the buttons beside a message reply, and open the menu', async () => {
  await ann.message('second of two').hover();
  await ann.log.getByRole('button', { name: 'Reply', exact: true }).click();
  await ann.page.getByText('Reply to bob: second of two').waitFor();
  await ann.button('Cancel reply').click();
  // The messages move down where the bar was: a pointer that came before would be left behind.
  await ann.page.getByText('Reply to bob: second of two').waitFor({ state: 'detached' });
  await ann.page.evaluate(() => window.__idle());
  await ann.message('second of two').hover();
  await ann.log.getByRole('button', { name: 'Message menu' }).click();
  await item(ann, 'Copy').waitFor();
  await ann.page.keyboard.press('Escape');
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems, ...cy.problems], []);
});
