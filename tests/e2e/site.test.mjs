// The static site: the whole chat without a server of ours, from a plain file server, under a path, under its own policy.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { launch, phone, screenshot } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { sendPicture } from './lib/pictures.mjs';
import { dist, StaticSite } from './lib/site.mjs';

let site, browser, context, ann, bob;
const open = (where = context, at = '/demo/') => Person.open(where, site.address, at);

before(async () => {
  site = await StaticSite.start({ '/demo/': dist, '/other/': dist });
  browser = await launch();
  context = await world(browser);
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

const photo = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../picture/files/photo.jpg');

test('the page carries a policy, relative addresses and its mode, and asks nobody else for anything', async () => {
  const html = await readFile(path.join(dist, 'index.html'), 'utf8');
  assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  assert.doesNotMatch(html, /(src|href)="(\/|https?:)/);
  assert.match(html, /"mode":"local"/);
  for (const name of html.matchAll(/(?:src|href)="([^"]+)"/g)) assert.match(name[1], /^[a-z_]+\.[0-9a-f]{16}\.[a-z]+$/, 'a hash in the name');
});

test('the licences of what is in it go with it', async () => {
  const licenses = await readFile(path.join(dist, 'LICENSE.txt'), 'utf8');
  for (const part of ['MIT License', 'Dear ImGui', 'JSON for Modern C++', 'Emscripten and its libraries', 'Unicode CLDR', 'Unicode Character Database']) {
    assert.match(licenses, new RegExp(`^${part.replaceAll('+', '\\+')}$`, 'm'));
  }
});

test('it says where it runs, and what that means', async () => {
  ann = await open();
  await ann.page.getByText(/^Running on this device/).waitFor();
  await ann.page.getByText(/whoever uses this browser can/).waitFor();
  await screenshot(ann.page, 'site-login');
});

test('while the service takes its time to start, nothing moves, and nobody is told that it cannot be reached', async () => {
  const fresh = await world(browser);
  site.delays['service.js'] = 1000;
  const page = await fresh.newPage();
  await page.addInitScript(() => {
    globalThis.seen = new Set();
    new MutationObserver(() => {
      for (const node of document.querySelectorAll('#dom [data-key^="login."]')) {
        globalThis.seen.add(`${node.dataset.key} at ${node.getBoundingClientRect().top}`);
      }
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await page.goto(`${site.address}/demo/`);
  await page.getByRole('button', { name: 'Import exported data' }).waitFor();
  site.delays = {};
  const seen = await page.evaluate(() => [...globalThis.seen].map((entry) => entry.split(' at ')[0]));
  assert.ok(seen.includes('login.go'));
  assert.deepEqual(seen.filter((key, index) => key === 'login.retry' || seen.indexOf(key) !== index), []);
  await fresh.close();
});

test('the first person of all signs in over the connection that is open already', async () => {
  const fresh = await world(browser);
  await fresh.addInitScript(() => {
    globalThis.opened = [];
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function post(message, ...rest) {
      if (message.type === 'open') globalThis.opened.push(message.number);
      return postMessage.call(this, message, ...rest);
    };
  });
  const person = await (await open(fresh)).signIn('eve');
  await person.page.getByRole('button', { name: 'Open a second tab' }).waitFor();
  assert.equal((await person.page.evaluate(() => globalThis.opened)).length, 1);
  await fresh.close();
});

test('one click opens a second tab with a second person, who is a friend already', async () => {
  await ann.signIn('ann');
  const second = context.waitForEvent('page');
  await screenshot(ann.page, 'site-alone');
  await ann.button('Open a second tab').click();
  bob = new Person(await second, ann.words);
  await bob.composer.waitFor();
  await ann.row(/^Mandarin/).waitFor();
});

test('the two write to each other', async () => {
  await ann.openChat(/^Mandarin/);
  await ann.say('你好，另一个我');
  await bob.sees('你好，另一个我');
  await bob.say('hello to you 😍');
  await ann.sees('hello to you 😍');
  await ann.seesState('你好，另一个我', 'Read');
  await screenshot(ann.page, 'site-chat');
});

test('a picture goes from one to the other and is shown in full size', async () => {
  await sendPicture(ann, photo);
  const picture = bob.log.getByRole('button', { name: /^Picture from ann/ });
  await picture.click();
  const full = bob.page.getByRole('dialog').getByRole('img');
  await becomes(() => full.evaluate((image) => image.complete && image.naturalWidth > 0 && image.src.startsWith('blob:')), true);
  await bob.page.keyboard.press('Escape');
});

test('both are reloaded, and everything is there', async () => {
  for (const person of [ann, bob]) await becomes(async () => (await person.texts()).length, 3, 'two texts and a picture');
  const [hers, his] = [await ann.texts(), await bob.texts()];
  await Promise.all([ann.page.reload(), bob.page.reload()]);
  await Promise.all([ann.composer.waitFor(), bob.composer.waitFor()]);
  await becomes(() => ann.texts(), hers);
  await becomes(() => bob.texts(), his);
});

test('the tab that started the service is closed, a third one comes, and the chat goes on', async () => {
  const cy = await (await open()).signIn('cy');
  await ann.page.close();
  await cy.add('mandarin');
  await cy.say('ann has gone');
  await bob.openChat(/^cy/);
  await bob.sees('ann has gone');
  ann = await (await open()).signIn('ann');
  await ann.openChat(/^Mandarin/);
  await ann.sees('hello to you 😍');
  await cy.page.close();
});

test('the service is killed, and nothing is missing or twice', async () => {
  await bob.openChat(/^ann/);
  await ann.say('before the crash');
  await bob.sees('before the crash');
  const devtools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devtools.send('Target.getTargets');
  const worker = targetInfos.find((target) => target.type === 'shared_worker');
  assert.ok(worker, 'the service runs in a shared worker');
  await devtools.send('Target.closeTarget', { targetId: worker.targetId });
  await ann.say('after the crash');
  await bob.sees('after the crash');
  const texts = await bob.texts();
  for (const text of ['before the crash', 'after the crash']) {
    assert.equal(texts.filter((seen) => seen.includes(text)).length, 1, text);
  }
});

test('another site of the same origin knows nothing of it', async () => {
  const stranger = await open(context, '/other/');
  await stranger.button('Import exported data').waitFor();
  await stranger.signIn('dora');
  await stranger.button('Open a second tab').waitFor();
  await stranger.page.close();
});

test('export, erase and import bring everything back', async () => {
  await ann.openSettings();
  const saved = ann.page.waitForEvent('download');
  await ann.dialog.getByRole('button', { name: 'Export data' }).click();
  const file = await (await saved).path();
  await screenshot(ann.page, 'site-settings');
  await ann.dialog.getByRole('button', { name: 'Erase data on this device' }).click();
  // The page begins anew when all is erased; its login can be seen before.
  const anew = ann.page.waitForEvent('load');
  // The settings have a button of the same name as the question's.
  await ann.page.getByRole('dialog', { name: 'Erase data on this device' }).getByRole('button', { name: 'Erase data on this device' }).click();
  await anew;
  await ann.button('Import exported data').waitFor();
  const chosen = ann.page.waitForEvent('filechooser');
  await ann.button('Import exported data').click();
  await (await chosen).setFiles(file);
  await ann.page.getByText('Imported. Sign in with a name from there.').first().waitFor();
  await ann.signIn('ann');
  await ann.openChat(/^Mandarin/);
  await ann.sees('after the crash');
  await ann.log.getByRole('button', { name: /^Picture from you/ }).first().waitFor();
});

test('a file that is none is refused, and nothing is changed', async () => {
  const fresh = await world(browser);
  const person = await open(fresh);
  const chosen = person.page.waitForEvent('filechooser');
  await person.button('Import exported data').click();
  await (await chosen).setFiles(photo);
  await person.page.getByText('This file is damaged or cut short. Nothing was changed.').first().waitFor();
  await person.signIn('eve');
  await fresh.close();
});

test('without a network it opens again, with everything in it', async () => {
  await becomes(() => ann.page.evaluate(() => navigator.serviceWorker.ready.then((r) => r.active.state)), 'activated');
  await site.stop();
  await ann.page.reload();
  await ann.composer.waitFor();
  await ann.say('written without a network');
  await ann.seesState('written without a network', 'Sent');
  // What is loaded when it is first needed was kept, too.
  await ann.button('Emoji', { exact: true }).click();
  await ann.page.getByRole('button', { name: 'winking face', exact: true }).click();
  await becomes(() => ann.composer.inputValue(), '😉', 'the composer');
});

test('on a phone it says the same', async () => {
  site = await StaticSite.start({ '/demo/': dist });
  const pocket = await world(browser, { viewport: phone, touch: true, ratio: 2, lang: 'zh-CN' });
  const person = await open(pocket);
  await person.page.getByText(/^正在这台设备上运行/).waitFor();
  await screenshot(person.page, 'site-phone-login');
  await person.signIn('小周');
  await person.button('打开第二个标签页').waitFor();
  await screenshot(person.page, 'site-phone-alone');
  await person.openSettings();
  await screenshot(person.page, 'site-phone-settings');
  assert.deepEqual(person.problems, []);
  await pocket.close();
});

test('opened as a file it explains itself', async () => {
  const plain = await world(browser);
  const page = await plain.newPage();
  await page.goto(pathToFileURL(path.join(dist, 'index.html')).href);
  await page.getByRole('heading', { name: 'Open Kumquat by its address' }).waitFor();
  await screenshot(page, 'site-file');
  await plain.close();
});

test('the page had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
