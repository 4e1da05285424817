// What a screen reader has of the page: names, places in the list of messages, what is said of itself, and a whole conversation
// without a pointer or a key, by role and name alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { choose, noise } from './lib/pictures.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob;

before(async () => {
  server = await Server.start();
  browser = await launch();
  ann = await Person.open(await world(browser), server.address);
  bob = await (await Person.open(await world(browser), server.address)).signIn('bob');
  // Both regions, as the browser tells of them.
  await ann.page.evaluate(() => {
    window.said = [];
    for (const region of document.querySelectorAll('body > [role=status], body > [role=alert]')) {
      new MutationObserver(() => { if (region.textContent) window.said.push([region.role, region.textContent.replace(/\u00a0$/, '')]); })
        .observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const said = () => ann.page.evaluate(() => window.said);
const says = (role, text) => becomes(async () => (await said()).some(([as, words]) => as === role && words === text), true, `${role}: ${text}`);
/** What assistive technology does: no pointer and no key, on whatever has the role and the name. */
async function press(target) {
  await target.waitFor();
  // What cannot be pressed yet says so.
  await becomes(() => target.getAttribute('aria-disabled'), null);
  await target.evaluate((element) => element.click());
}

test('a whole conversation goes by roles and names alone', async () => {
  const { page } = ann;
  await ann.field('Name', { exact: true }).fill('ann');
  await press(ann.button('Sign in', { exact: true }));
  await press(ann.button('Add a friend').first());
  await ann.dialog.getByRole('textbox', { name: 'Their user ID' }).fill('bob');
  await press(ann.dialog.getByRole('button', { name: 'Add', exact: true }));
  await ann.dialog.waitFor({ state: 'detached' });
  await ann.composer.fill('pressed without a finger');
  await press(ann.button('Send', { exact: true }));
  await press(bob.row(/^ann, 1 unread/));
  await bob.sees('pressed without a finger');
  await bob.composer.fill('and read without eyes');
  await press(bob.button('Send', { exact: true }));
  await ann.sees('and read without eyes');
  await ann.message('and read without eyes').focus();
  await press(ann.log.getByRole('button', { name: 'Message menu' }));
  await press(page.getByRole('menuitem', { name: 'Reply', exact: true }));
  await ann.composer.fill('answered');
  await press(ann.button('Send', { exact: true }));
  await press(bob.message('answered').getByRole('button', { name: 'Go to message from You: and read without eyes' }));
  await press(ann.button('Settings (ann)'));
  await press(ann.dialog.getByRole('switch', { name: 'Message sound' }));
  await ann.dialog.locator('[role=switch][aria-label="Message sound"][aria-checked=false]').waitFor();
  await press(ann.dialog.getByRole('radio', { name: 'Dark' }));
  await ann.dialog.getByRole('radio', { name: 'Dark', checked: true }).waitFor();
  await press(ann.dialog.getByRole('button', { name: 'Close', exact: true }));
  await ann.dialog.waitFor({ state: 'detached' });
});

test('every message says from whom and when it is, in which state, and which one it is', async () => {
  await ann.seesState('answered', 'Read');
  const messages = () => ann.log.getByRole('article').evaluateAll((nodes) => nodes.map((node) => [
    node.ariaLabel.replace(/\d\d:\d\d/, 'hh:mm'), Number(node.ariaPosInSet), Number(node.ariaSetSize), node.textContent.includes('answered')]));
  // Nobody knows how long a history is before all of it has been loaded: -1.
  await becomes(messages, [
    ['You, hh:mm, Read', 1, -1, false], ['bob, hh:mm', 2, -1, false], ['You, hh:mm, Read', 3, -1, true]]);
  assert.equal(await ann.log.getAttribute('aria-label'), 'Messages with bob');
  assert.equal(await ann.log.getAttribute('aria-live'), 'off', 'what is new is said once, by the region that is there for it');
  const nameless = await ann.page.locator('#dom').evaluate((root) => [...root.querySelectorAll('button, a, input, textarea:not(.ruler), [tabindex="0"]')]
    .filter((element) => !(element.ariaLabel || element.textContent)).map((element) => element.outerHTML));
  assert.deepEqual(nameless, []);
});

test('the list says who has written, how much is unread, and who is there', async () => {
  const row = await ann.row(/^bob/).evaluate((node) => [node.ariaLabel, node.getAttribute('aria-current'), node.ariaDescription]);
  assert.deepEqual(row, ['bob, online', 'true', 'answered']);
});

test('a message that arrives in the open chat is said politely, with its sender; an own one is not', async () => {
  await bob.say('do you hear this?');
  await says('status', 'bob: do you hear this?');
  await ann.say('I do');
  await bob.say('do you hear this?');
  await becomes(async () => (await said()).filter(([, words]) => words === 'bob: do you hear this?').length, 2, 'the same words again are said again');
  assert.equal((await said()).some(([, words]) => words.includes('I do')), false);
  assert.equal((await said()).some(([role]) => role === 'alert'), false);
});

test('an error is said at once', async () => {
  await choose(ann, { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('plain words') });
  await becomes(async () => (await said()).some(([role, words]) => role === 'alert' && words.startsWith('notes.png: Only JPG, PNG, GIF and WebP pictures')), true);
  assert.deepEqual(await ann.page.evaluate(() => ['status', 'alert'].map((role) => {
    const region = document.querySelector(`body > [role=${role}]`);
    return getComputedStyle(region).display !== 'none' && region.closest('[aria-hidden=true], [hidden]') === null;
  })), [true, true], 'both regions are there for it all the time');
});

test('a request, pictures, an emoji and a search go by roles and names alone, too', async () => {
  const { page } = ann;
  const cy = await (await Person.open(await world(browser), server.address)).signIn('cy');
  await press(ann.button('Settings (ann)'));
  await press(ann.dialog.getByRole('button', { name: /^Who can add me/ }));
  await press(ann.dialog.getByRole('radio', { name: 'Ask me first' }));
  await ann.dialog.getByRole('radio', { name: 'Ask me first', checked: true }).waitFor();
  await press(ann.dialog.getByRole('button', { name: 'Close', exact: true }));
  await cy.request('ann', 'Hi, it is cy');
  await press(ann.button('Friend requests, 1 new'));
  await press(ann.button('Accept cy'));
  await press(ann.button('Skip', { exact: true }));
  await press(ann.button('Back', { exact: true }));
  await press(ann.row(/^cy/));
  await page.getByRole('main').getByRole('heading', { name: 'cy' }).waitFor();

  const chooser = page.waitForEvent('filechooser');
  await press(ann.button('Send a picture'));
  await (await chooser).setFiles(await Promise.all([1, 2].map(async (seed) => (
    { name: `${seed}.png`, mimeType: 'image/png', buffer: await noise(ann, 30 * seed, 20 * seed, seed) }))));
  await page.getByRole('list', { name: 'Pictures to send' }).getByRole('img', { name: '2.png' }).waitFor();
  await press(ann.button('Send', { exact: true }));
  await press(ann.log.getByRole('button', { name: 'Picture from you, 30 by 20' }));
  const viewer = page.getByRole('dialog', { name: 'Picture' });
  await viewer.getByRole('img', { name: 'Picture from you, 30 by 20' }).waitFor();
  await press(viewer.getByRole('button', { name: 'Next picture' }));
  await viewer.getByRole('img', { name: 'Picture from you, 60 by 40' }).waitFor();
  await press(viewer.getByRole('button', { name: 'Close', exact: true }));
  await viewer.waitFor({ state: 'hidden' });
  await press(cy.row(/^ann/));
  await cy.log.getByRole('button', { name: 'Picture from ann, 60 by 40' }).waitFor();

  await press(ann.button('Emoji', { exact: true }));
  await press(page.getByRole('group', { name: 'Emoji', exact: true }).getByRole('button', { name: 'grinning face', exact: true }).last());
  await becomes(() => ann.composer.inputValue(), '😀');
  await press(ann.button('Send', { exact: true }));
  await cy.sees('😀');
  await press(ann.button('Search messages', { exact: true }));
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('😀');
  await page.getByText('1 / 1', { exact: true }).waitFor();
  await press(ann.button('Close search', { exact: true }));
  assert.deepEqual(cy.problems, []);
  await cy.page.context().close();
});

test('signing out needs no pointer either', async () => {
  await press(ann.button('Settings (ann)'));
  await press(ann.dialog.getByRole('button', { name: 'Sign out', exact: true }));
  await ann.field('Name', { exact: true }).waitFor();
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
