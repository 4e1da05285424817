// A server that lets people in with a UserSig: a right one, and every wrong one, told under the field it belongs to.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, phone, screenshot } from './lib/browser.mjs';
import { Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser;

before(async () => {
  server = await Server.start({
    args: ['--sign-in', 'usersig', '--sdk-app-id=1400000000'], env: { KUMQUAT_USERSIG_KEY: 'a key of these tests alone' },
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.end();
});

// Under which field, in which words; the text stays, and the focus goes there.
async function refused(field, text, words) {
  await field.and(field.page().locator(`[aria-invalid=true][aria-description="${words}"]`)).waitFor();
  await field.and(field.page().locator(':focus')).waitFor();
  assert.equal(await field.inputValue(), text);
}

test('a UserSig made by the server\'s own command signs in', async () => {
  const context = await world(browser);
  const ann = await Person.open(context, server.address);
  assert.equal(await ann.field('Name', { exact: true }).count(), 0, 'nobody gets in by a name');
  await ann.signInWithSig('ann', await server.userSig('ann'));
  await ann.page.getByText('No friends yet').first().waitFor();
  await ann.page.reload();
  await ann.friends.waitFor();
  assert.deepEqual(ann.problems, []);
  await context.close();
});

test('a wrong UserSig is told under its field, in words that fit', async () => {
  const context = await world(browser);
  const ann = await Person.open(context, server.address);
  const otherKey = { env: { KUMQUAT_USERSIG_KEY: 'the key of somebody else' } };
  for (const [sig, words] of [
    ['nonsense', 'The UserSig is wrong'],
    [await server.userSig('ann', otherKey), 'The UserSig is wrong'],
    [await server.userSig('bob'), 'This UserSig belongs to another ID'],
  ]) {
    await ann.trySig('ann', sig);
    await refused(ann.key, sig, words);
    assert.equal(await ann.field('User ID', { exact: true }).inputValue(), 'ann');
  }
  await ann.key.fill('');
  await ann.key.press('Enter');
  await refused(ann.key, '', 'Enter your UserSig');
  // Whoever types is not told any more what was wrong.
  await ann.key.pressSequentially('x');
  await ann.page.locator('[aria-invalid=true]').waitFor({ state: 'detached' });
  // And with the right one all is well.
  await ann.signInWithSig('ann', await server.userSig('ann'));
  assert.deepEqual(ann.problems, []);
  await context.close();
});

test('an expired UserSig is told as such, in Chinese too', async () => {
  const sig = await server.userSig('ann', { seconds: 1 });
  await new Promise((resolve) => setTimeout(resolve, 2100));
  for (const [lang, words] of [
    ['en-US', 'This UserSig has expired. Get a new one.'], ['zh-CN', 'UserSig 过期了，请换一个新的'],
  ]) {
    const context = await world(browser, { lang });
    const ann = await Person.open(context, server.address);
    await ann.trySig('ann', sig);
    await refused(ann.key, sig, words);
    assert.deepEqual(ann.problems, []);
    await context.close();
  }
});

test('a bad user ID is told under the ID, before the server is asked', async () => {
  const context = await world(browser);
  const ann = await Person.open(context, server.address);
  await ann.trySig('小橙子', 'whatever');
  await refused(ann.field('User ID', { exact: true }), '小橙子', 'An ID can only have letters, digits and signs, up to 32');
  assert.equal(await ann.key.inputValue(), 'whatever');
  await context.close();
});

const stay = (person) => person.page.getByRole('switch', { name: 'Stay signed in' });
const chip = (person) => person.button('Sign in as cy', { exact: true });

test('who chose to stay signed in is offered in a new tab, and goes on there only when asked', async () => {
  const context = await world(browser);
  const first = await Person.open(context, server.address);
  await stay(first).click();
  await stay(first).and(first.page.locator('[aria-checked=true]')).waitFor();
  await first.signInWithSig('cy', await server.userSig('cy'));

  const second = await Person.open(context, server.address);
  await chip(second).waitFor();
  await second.key.waitFor();
  await chip(second).click();
  await second.friends.waitFor();
  await second.page.reload();
  await second.friends.waitFor();

  // Signing out ends it for every tab of this browser.
  await second.button(/^Settings/).first().click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await second.key.waitFor();
  await chip(second).waitFor({ state: 'detached' });
  await first.page.getByRole('dialog').getByText('Your sign-in has expired').first().waitFor();
  const third = await Person.open(context, server.address);
  await third.key.waitFor();
  await third.page.evaluate(() => window.__idle());
  assert.equal(await chip(third).count(), 0);
  assert.deepEqual([...first.problems, ...second.problems, ...third.problems], []);
  await context.close();
});

test('without that choice a new tab asks for the UserSig', async () => {
  const context = await world(browser);
  const first = await Person.open(context, server.address);
  await first.signInWithSig('cy', await server.userSig('cy'));
  const second = await Person.open(context, server.address);
  await second.key.waitFor();
  await second.page.evaluate(() => window.__idle());
  assert.equal(await chip(second).count(), 0);
  await context.close();
});

test('the switch turns with the space bar and with a finger', async () => {
  const context = await world(browser, { viewport: phone, touch: true, ratio: 2 });
  const person = await Person.open(context, server.address);
  const turned = (on) => stay(person).and(person.page.locator(`[aria-checked=${on}]`)).waitFor();
  await turned(false);
  // Keys first: for 150 ms after a tap Chromium takes back the pressed state of what a key presses, and makes no click of it.
  await stay(person).focus();
  await person.page.keyboard.press('Space');
  await turned(true);
  await person.page.keyboard.press('Enter');
  await turned(false);
  await stay(person).tap();
  await turned(true);
  await screenshot(person.page, 'phone-light-en-login-usersig');
  await context.close();
});

test('two people with their UserSigs write to each other', async () => {
  const context = await world(browser);
  const ann = await (await Person.open(context, server.address)).signInWithSig('ann', await server.userSig('ann'));
  const bob = await (await Person.open(context, server.address)).signInWithSig('bob', await server.userSig('bob'));
  await ann.add('bob');
  await ann.say('let in by a key');
  await bob.openChat(/^ann/);
  await bob.sees('let in by a key');
  assert.deepEqual([...ann.problems, ...bob.problems], []);
  await context.close();
});
