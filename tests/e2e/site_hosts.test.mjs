// The static site where things are not as they should be: no shared worker, a leading tab that hangs, two builds at once, a
// tab that was duplicated, storage that is full, denied or cleared.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { launch, screenshot } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { noise, sendPicture } from './lib/pictures.mjs';
import { dist, StaticSite } from './lib/site.mjs';

let site, browser, older;

/** The site as a build before this one would have been. */
async function olderBuild() {
  const folder = await mkdtemp(path.join(tmpdir(), 'kumquat-older-'));
  await cp(dist, folder, { recursive: true });
  for (const name of ['index.html', 'service.js', 'sw.js']) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8');
    const made = text.replace(/"?build"?:\d+,"?version"?:"[0-9a-f]+"/, '"build":1,"version":"0123456789abcdef"');
    assert.notEqual(made, text, name);
    await writeFile(file, made);
  }
  return folder;
}

before(async () => {
  older = await olderBuild();
  site = await StaticSite.start({ '/demo/': dist });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await rm(older, { recursive: true, force: true });
});

const open = (context) => Person.open(context, site.address, '/demo/');

/** The second person, in the second tab that one click of the first opens; both have the chat open. */
async function openSecond(context, person) {
  const tab = context.waitForEvent('page');
  await person.button('Open a second tab').click();
  const second = new Person(await tab, person.words);
  await second.composer.waitFor();
  await person.openChat(/^Mandarin/);
  return second;
}

async function withoutSharedWorkers() {
  const context = await world(browser);
  await context.addInitScript(() => { delete globalThis.SharedWorker; });
  return context;
}

test('without shared workers one tab leads, and another takes its place', async () => {
  const context = await withoutSharedWorkers();
  const ann = await (await open(context)).signIn('ann');
  const bob = await (await open(context)).signIn('bob');
  await bob.add('ann');
  await ann.openChat(/^bob/);
  await ann.say('you lead');
  await bob.sees('you lead');
  await ann.page.close();
  const cy = await (await open(context)).signIn('cy');
  await cy.add('bob');
  await cy.say('ann has gone');
  await bob.openChat(/^cy/);
  await bob.sees('ann has gone');
  await bob.page.reload();
  await bob.composer.waitFor();
  await bob.sees('ann has gone');
  assert.deepEqual([...bob.problems, ...cy.problems], []);
  await context.close();
});

test('a leading tab that hangs loses the lead, and writes nothing any more', async () => {
  const context = await withoutSharedWorkers();
  const ann = await (await open(context)).signIn('ann');
  const bob = await (await open(context)).signIn('bob');
  await bob.add('ann');
  await bob.say('before');
  await bob.seesState('before', 'Sent');
  const devtools = await context.newCDPSession(ann.page);
  await devtools.send('Debugger.enable');
  await devtools.send('Debugger.pause');
  await bob.say('after');
  await bob.seesState('after', 'Sent');
  await devtools.send('Debugger.disable');
  await ann.openChat(/^bob/);
  await ann.sees('after');
  await ann.say('back again');
  await bob.sees('back again');
  assert.deepEqual((await bob.texts()).filter((text) => /before|after|back again/.test(text)).length, 3);
  await context.close();
});

test('a tab of an older build is told to reload, and the newer one goes on with what was there', async () => {
  const context = await world(browser, {});
  site.folders['/demo/'] = older;
  const ann = await (await open(context)).signIn('ann');
  await ann.page.evaluate(() => navigator.serviceWorker.ready);
  site.folders['/demo/'] = dist;
  // The shell that is kept is the old one; a newer one is offered, and nothing changes before it is wanted.
  const bob = await open(context);
  await bob.page.getByText('A new version is ready.').waitFor();
  await bob.button('Reload').click();
  const versionOf = (person) => person.page.evaluate(() => JSON.parse(document.getElementById('kumquat-config').textContent).site.build);
  await becomes(async () => (await versionOf(bob).catch(() => 1)) > 1, true);
  await ann.page.getByRole('dialog', { name: 'This tab needs a reload' }).waitFor();
  await bob.signIn('bob');
  await bob.add('ann');
  await bob.say('from the newer one');
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Reload' }).click();
  await ann.row(/^bob/).waitFor();
  await ann.openChat(/^bob/);
  await ann.sees('from the newer one');
  await context.close();
});

test('a service that was given up and answers after all is not looked for once more', async () => {
  const context = await world(browser);
  await context.addInitScript(() => {
    window.workers = 0;
    window.SharedWorker = class extends SharedWorker {
      constructor(...args) {
        super(...args);
        window.workers += 1;
      }
    };
  });
  const ann = await (await open(context)).signIn('ann');
  const bob = await openSecond(context, ann);
  // As when the lock of a service that begins is not taken yet: its state comes a moment later.
  const [before, after] = await ann.page.evaluate(async () => {
    const count = window.workers;
    Kumquat.local.tries = 2;
    Kumquat.local.lost();
    Kumquat.local.greet();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return [count, window.workers];
  });
  assert.equal(after, before);
  await ann.say('still here');
  await bob.sees('still here');
  await ann.seesState('still here', 'Read');
  await context.close();
});

test('a full storage is told, nothing acknowledged is lost, and it goes on when there is space', async () => {
  const context = await world(browser);
  const blank = await context.newPage();
  const devtools = await context.newCDPSession(blank);
  const quota = (quotaSize) => devtools.send('Storage.overrideQuotaForOrigin', { origin: site.address, quotaSize });
  // Before anything opens the storage: Chromium remembers for a while how much there was.
  await quota(1_000_000);
  const ann = await (await open(context)).signIn('ann');
  const bob = await openSecond(context, ann);
  await ann.say('there is space');
  await bob.sees('there is space');
  await sendPicture(ann, { name: 'noise.png', mimeType: 'image/png', buffer: await noise(ann, 900, 700) });
  await ann.page.getByText(/^Storage is full/).waitFor();
  await becomes(async () => {
    const bar = await ann.page.getByRole('alert').filter({ hasText: 'Storage is full' }).boundingBox();
    const composer = await ann.composer.boundingBox();
    return composer.y + composer.height <= bar.y;
  }, true, 'the bar leaves the composer free');
  await screenshot(ann.page, 'site-full');
  await ann.page.reload();
  await ann.composer.waitFor();
  await ann.sees('there is space');
  await quota(undefined);
  await ann.say('and again');
  await ann.seesState('and again', '(Sent|Read)');
  await bob.sees('and again');
  await context.close();
});

test('a duplicated tab is the same person, and every message is there once', async () => {
  const context = await world(browser);
  const ann = await (await open(context)).signIn('ann');
  const bob = await openSecond(context, ann);
  await ann.say('before');
  await ann.seesState('before', '(Sent|Read)');
  // As the browser's own "Duplicate" does, a window that was opened by another begins with a copy of its session storage.
  const copy = context.waitForEvent('page');
  await ann.page.evaluate(() => window.open(location.href));
  const twin = new Person(await copy, ann.words);
  await twin.composer.waitFor();
  await twin.sees('before');
  await Promise.all([ann.say('from the one'), twin.say('from the other')]);
  for (const person of [ann, twin, bob]) {
    await person.sees('from the one');
    await person.sees('from the other');
    await becomes(async () => (await person.texts()).filter((text) => /before|from the/.test(text)).length, 3);
  }
  await twin.page.reload();
  await twin.sees('from the one');
  assert.equal((await twin.texts()).filter((text) => /before|from the/.test(text)).length, 3);
  assert.deepEqual([...ann.problems, ...twin.problems, ...bob.problems], []);
  await context.close();
});

test('storage that is denied is told, and it goes on when it is allowed', async () => {
  const context = await withoutSharedWorkers();
  await context.addInitScript(() => {
    const { open: allowed } = IDBFactory.prototype;
    IDBFactory.prototype.open = function open(...rest) {
      if (globalThis.allowed) return allowed.apply(this, rest);
      globalThis.denied = (globalThis.denied ?? 0) + 1;
      throw new DOMException('The person has forbidden it.', 'SecurityError');
    };
  });
  const ann = await open(context);
  const bar = ann.page.getByRole('alert').filter({ hasText: 'does not let the page keep data' });
  await bar.waitFor();
  await screenshot(ann.page, 'site-denied');
  // The first try is over before it is allowed.
  const denied = () => ann.page.evaluate(() => globalThis.denied);
  const before = await denied();
  await bar.getByRole('button', { name: 'Try again' }).click();
  await becomes(async () => await denied() > before, true, 'it was tried');
  await bar.waitFor();
  await ann.page.evaluate(() => { globalThis.allowed = true; });
  await bar.getByRole('button', { name: 'Try again' }).click();
  await bar.waitFor({ state: 'hidden' });
  await ann.signIn('ann');
  assert.deepEqual(ann.problems.filter((text) => !/database|forbidden/.test(text)), []);
  await context.close();
});

test('storage that is cleared is told, and a new beginning is possible', async () => {
  const context = await world(browser);
  const ann = await (await open(context)).signIn('ann');
  await ann.button('Open a second tab').waitFor();
  const devtools = await context.newCDPSession(ann.page);
  await devtools.send('Storage.clearDataForOrigin', { origin: site.address, storageTypes: 'indexeddb' });
  const bar = ann.page.getByRole('alert').filter({ hasText: 'has erased the chat data' });
  await bar.waitFor();
  await screenshot(ann.page, 'site-cleared');
  await bar.getByRole('button', { name: 'OK' }).click();
  await bar.waitFor({ state: 'hidden' });
  await ann.button('Sign in again').click();
  await ann.signIn('ann');
  await ann.button('Open a second tab').waitFor();
  await ann.page.reload();
  await ann.button('Open a second tab').waitFor();
  assert.deepEqual(ann.problems, []);
  await context.close();
});
