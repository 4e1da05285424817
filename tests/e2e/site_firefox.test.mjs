// The main story of the static site in Firefox.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { FirefoxTab, launchFirefox } from './lib/firefox.mjs';
import { dist, StaticSite } from './lib/site.mjs';

let site, firefox, ann, bob;

before(async () => {
  site = await StaticSite.start({ '/demo/': dist });
  firefox = await launchFirefox();
});

after(async () => {
  await firefox?.end();
  await site?.stop();
});

const open = () => FirefoxTab.open(firefox.browser, `${site.address}/demo/`);

test('two tabs of a Firefox sign in and write to each other', async () => {
  ann = await open();
  await ann.type('Name', 'ann');
  bob = await ann.pressForTab('Open a second tab');
  await bob.type('Message ', 'hello from Firefox');
  await ann.press('Mandarin');
  await ann.sees('hello from Firefox');
  await ann.type('Message ', 'and back');
  await bob.sees('and back');
});

test('both are reloaded, the first is closed, and everything is there', async () => {
  await ann.page.reload();
  await bob.page.reload();
  await ann.sees('and back');
  await bob.sees('hello from Firefox');
  await ann.page.close();
  await bob.type('Message ', 'alone now');
  await bob.sees('alone now');
  ann = await open();
  await ann.type('Name', 'ann');
  await ann.press('Mandarin');
  await ann.sees('alone now');
});

test('the page had no error in Firefox', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
