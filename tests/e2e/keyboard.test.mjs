// Without a mouse: Tab, Enter and letters, from the login to a sent message.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { Person, world } from './lib/person.mjs';
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
