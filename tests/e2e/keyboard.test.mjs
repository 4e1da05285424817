// Without a mouse: Tab, Enter and letters, from the login to the way out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { noise } from './lib/pictures.mjs';
import { Server } from './lib/server.mjs';

let server, browser;

before(async () => {
  server = await Server.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.end();
});

// Presses Tab until `target` has the focus: whoever sees no pointer finds everything this way, or not at all.
async function tabTo(page, target) {
  const passed = [];
  for (let i = 0; i < 40; i += 1) {
    if (await target.and(page.locator(':focus')).count() === 1) return;
    await page.keyboard.press('Tab');
    passed.push(await page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.tagName));
  }
  assert.fail(`not to be reached with Tab; passed: ${passed.join(', ')}`);
}

const focused = (page, target) => target.and(page.locator(':focus')).waitFor();

test('from the login over a new friend to a sent message, with the keyboard alone', async () => {
  const context = await world(browser);
  const bob = await (await Person.open(context, server.address)).signIn('bob');
  const ann = await Person.open(context, server.address);
  const { page } = ann;
  const { keyboard } = page;

  await page.bringToFront();
  await focused(page, ann.field('Name', { exact: true }));
  await keyboard.type('ann');
  await tabTo(page, ann.button('Sign in', { exact: true }));
  await keyboard.press('Enter');
  await ann.friends.waitFor();

  await tabTo(page, ann.button('Add a friend').first());
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await focused(page, dialog.getByRole('textbox', { name: 'Their user ID' }));
  await keyboard.type('bob');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Remark' }));
  await keyboard.type('Bobby');
  await tabTo(page, dialog.getByRole('button', { name: 'Add', exact: true }));
  await keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });

  await focused(page, ann.composer);
  await keyboard.type('no mouse was moved');
  await keyboard.press('Enter');
  await ann.sees('no mouse was moved');
  await bob.row(/^ann, 1 unread/).waitFor();

  // And back by the list: the chat is opened by its row.
  await page.reload();
  await page.bringToFront();
  await ann.row(/^Bobby/).waitFor();
  await tabTo(page, ann.row(/^Bobby/));
  await keyboard.press('Enter');
  await focused(page, ann.composer);
  await keyboard.type('nor now');
  const send = ann.button('Send', { exact: true, disabled: false });
  await send.waitFor();
  await tabTo(page, send);
  await keyboard.press('Enter');
  await ann.sees('nor now');
  await bob.openChat(/^ann/);
  await bob.sees('nor now');
  assert.deepEqual([...ann.problems, ...bob.problems], []);
  await context.close();
});

test('a request, pictures, searches, an emoji, the settings and the way out, with the keyboard alone', async () => {
  const eli = await (await Person.open(await world(browser), server.address)).signIn('eli');
  const dee = await (await Person.open(await world(browser), server.address)).signIn('dee');
  const { page } = dee;
  const { keyboard } = page;
  const use = async (target, key = 'Enter') => {
    await target.waitFor();
    await tabTo(page, target);
    await keyboard.press(key);
  };

  // The settings, from one page of them to another and back.
  await use(dee.button(/^Settings/));
  await use(dee.dialog.getByRole('button', { name: /^Who can add me/ }));
  const askMe = dee.dialog.getByRole('radio', { name: 'Ask me first' });
  await use(askMe, 'Space');
  await becomes(() => askMe.getAttribute('aria-checked'), 'true');
  await keyboard.press('Escape');
  const sound = dee.dialog.getByRole('switch', { name: 'Message sound' });
  await use(sound, 'Space');
  await becomes(() => sound.getAttribute('aria-checked'), 'false');
  await keyboard.press('Escape');
  await dee.dialog.waitFor({ state: 'detached' });

  await eli.request('dee', 'Hi, it is eli');
  await use(dee.button(/^Friend requests/));
  await use(dee.button('Accept eli'));
  await use(dee.button('Skip', { exact: true }));
  await use(dee.button('Back', { exact: true }));
  await use(dee.row(/^eli/));
  await focused(page, dee.composer);
  await eli.openChat(/^dee/);
  await eli.say('glad to be here');
  await dee.sees('glad to be here');

  // Two at once, then in full size: to the other one, and back to where the focus was.
  const chooser = page.waitForEvent('filechooser');
  await use(dee.button('Send a picture'));
  const files = await Promise.all([1, 2].map(async (seed) => (
    { name: `${seed}.png`, mimeType: 'image/png', buffer: await noise(dee, 30 * seed, 20 * seed, seed) })));
  await (await chooser).setFiles(files);
  await page.getByRole('list', { name: 'Pictures to send' }).getByRole('img', { name: '2.png' }).waitFor();
  const ready = dee.button('Send', { exact: true, disabled: false });
  await ready.waitFor();
  await tabTo(page, dee.composer);
  await keyboard.press('Enter');
  const first = dee.log.getByRole('button', { name: 'Picture from you, 30 by 20' });
  await use(first);
  const viewer = page.getByRole('dialog', { name: 'Picture' });
  await viewer.getByRole('img', { name: 'Picture from you, 30 by 20' }).waitFor();
  await keyboard.press('ArrowRight');
  await viewer.getByRole('img', { name: 'Picture from you, 60 by 40' }).waitFor();
  await keyboard.press('ArrowLeft');
  await viewer.getByRole('img', { name: 'Picture from you, 30 by 20' }).waitFor();
  await keyboard.press('Escape');
  await viewer.waitFor({ state: 'hidden' });
  await focused(page, first);
  await eli.log.getByRole('button', { name: 'Picture from dee, 60 by 40' }).waitFor();

  await use(dee.button('Emoji', { exact: true }));
  await focused(page, page.getByRole('searchbox', { name: 'Search emoji' }));
  await keyboard.type('tangerine');
  const emoji = (name) => page.getByRole('group', { name: 'Emoji', exact: true }).getByRole('button', { name });
  await emoji('tangerine').waitFor();
  await emoji('grinning face').first().waitFor({ state: 'detached' });
  await keyboard.press('Enter');
  await becomes(() => dee.composer.inputValue(), '🍊');
  await keyboard.press('Escape');
  await focused(page, dee.composer);
  await keyboard.press('Enter');
  await eli.sees('🍊');

  await use(dee.button('Search messages', { exact: true }));
  await focused(page, page.getByRole('searchbox', { name: 'Search messages' }));
  await keyboard.type('glad');
  await page.getByText('1 / 1', { exact: true }).waitFor();
  await keyboard.press('Escape');
  await focused(page, dee.composer);
  await tabTo(page, page.getByRole('searchbox', { name: 'Search people and messages' }));
  await keyboard.type('glad');
  await use(dee.friends.getByRole('list', { name: 'Messages' }).getByRole('button', { name: /^eli, .*glad to be here$/ }));
  await dee.sees('glad to be here');

  await use(dee.button(/^Settings/));
  await use(dee.dialog.getByRole('button', { name: 'Sign out', exact: true }));
  await focused(page, dee.field('Name', { exact: true }));
  assert.deepEqual([...dee.problems, ...eli.problems], []);
  await Promise.all([dee, eli].map((person) => person.page.context().close()));
});

test('theme and language are changed with arrows, as any choice of one', async () => {
  const fay = await (await Person.open(await world(browser), server.address)).signIn('fay');
  const { page } = fay;
  const choice = (name) => fay.dialog.getByRole('radio', { name });
  const chosen = (name) => becomes(() => choice(name).getAttribute('aria-checked'), 'true', name);
  await tabTo(page, fay.button(/^Settings/));
  await page.keyboard.press('Enter');
  await fay.dialog.waitFor();
  await tabTo(page, choice('System'));
  for (const theme of ['Light', 'Dark', 'System', 'Light']) {
    await page.keyboard.press('ArrowRight');
    await chosen(theme);
    await focused(page, choice(theme));
  }
  await tabTo(page, choice('English'));
  await page.keyboard.press('ArrowLeft');
  await chosen('中文');
  assert.deepEqual(fay.problems, []);
  await page.context().close();
});

test('a dialog keeps the Tab key inside and gives the focus back with Escape', async () => {
  const context = await world(browser);
  const cy = await (await Person.open(context, server.address)).signIn('cy');
  const { page } = cy;
  await page.bringToFront();
  const add = cy.button('Add a friend').first();
  await tabTo(page, add);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await focused(page, dialog.getByRole('textbox', { name: 'Their user ID' }));
  for (let i = 0; i < 20; i += 1) {
    await page.keyboard.press('Tab');
    // Past the end of the page the browser's own bar is next; then nothing of the page has the focus.
    const outside = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement !== document.body && activeElement.closest('[role=dialog]') === null;
    });
    assert.equal(outside, false, `after ${i + 1} times Tab`);
  }
  await tabTo(page, dialog.getByRole('textbox', { name: 'Their user ID' }));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await focused(page, add);
  assert.deepEqual(cy.problems, []);
  await context.close();
});
