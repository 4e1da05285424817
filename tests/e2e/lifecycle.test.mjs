// What a browser does to a page that nobody looks at, or that it takes something away from: hidden, stopped, put aside, without a
// drawing context; and what the page does while nothing happens at all.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, pair, world } from './lib/person.mjs';
import { noise, sendPicture } from './lib/pictures.mjs';
import { difference, picture, settledPicture } from './lib/pixels.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob;

before(async () => {
  server = await Server.start();
  browser = await launch();
  const context = await world(browser);
  // What the page asks of the clock, and what comes of it.
  await context.addInitScript(() => {
    window.ran = [];
    for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
      const ask = window[name];
      window[name] = (run, ...rest) => ask.call(window, (...args) => {
        window.ran.push(name);
        return run(...args);
      }, ...rest);
    }
  });
  [ann, bob] = await pair(server.address, context, await world(browser));
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const idle = (person) => person.page.evaluate(() => window.__idle());
const frames = () => ann.page.evaluate(() => window.__frames());
/** Bob's messages with these texts, as ann has them, each as often as it is there. */
const has = async (person, pattern) => (await person.texts()).map((text) => pattern.exec(text)?.[0]).filter(Boolean);

test('a message to a hidden page changes title and icon, and draws nothing', async () => {
  const { page } = ann;
  const icon = () => page.locator('link[rel=icon]').getAttribute('href');
  const plain = await icon();
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await idle(ann);
  const before = await frames();
  await bob.say('are you there?');
  await becomes(() => page.title(), '(1) Kumquat');
  await becomes(async () => /^blob:/.test(await icon()), true, 'an icon with a dot');
  await bob.say('hello?');
  await becomes(() => page.title(), '(2) Kumquat');
  assert.equal(await frames(), before);
  await page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await ann.sees('hello?');
  await becomes(() => page.title(), 'Kumquat');
  await becomes(async () => new URL(await icon(), page.url()).href, new URL(plain, page.url()).href);
});

// No headless Chromium freezes a page; the debugger keeps it from running just as well.
test('a page that was made to stand still has missed nothing, and has nothing twice', async () => {
  const debug = await ann.page.context().newCDPSession(ann.page);
  await debug.send('Debugger.enable');
  const stands = new Promise((resolve) => debug.once('Debugger.paused', resolve));
  await debug.send('Debugger.pause');
  for (const text of ['ice 1', 'ice 2', 'ice 3']) await bob.say(text);
  await stands;
  await bob.seesState('ice 3', 'Sent');
  await debug.send('Debugger.resume');
  await debug.send('Debugger.disable');
  await becomes(() => has(ann, /ice \d/), ['ice 1', 'ice 2', 'ice 3']);
  await bob.seesState('ice 3', 'Read');
  await ann.say('thawed');
  await bob.sees('thawed');
  assert.deepEqual(await has(ann, /ice \d/), ['ice 1', 'ice 2', 'ice 3']);
});

test('a page that comes back from the history is connected anew; what was sent meanwhile is there once', async () => {
  const comesBack = () => ann.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  for (const round of [1, 2, 3]) {
    await bob.composer.fill(`back ${round} from bob`);
    await ann.composer.fill(`back ${round} from ann`);
    const connected = ann.page.waitForEvent('websocket');
    // Both on their way while the connection is given up.
    await Promise.all([bob.composer.press('Enter'), ann.composer.press('Enter'), comesBack()]);
    await connected;
    for (const person of [ann, bob]) {
      await person.sees(`back ${round} from ann`);
      await person.sees(`back ${round} from bob`);
    }
  }
  await ann.seesState('back 3 from ann', 'Read');
  const wanted = [1, 2, 3].flatMap((round) => [`back ${round} from ann`, `back ${round} from bob`]);
  for (const person of [ann, bob]) assert.deepEqual((await has(person, /back \d from \w+/)).sort(), wanted);
});

test('a lost GL context comes back with the same chat, and the same picture in it', async () => {
  const { page } = ann;
  await sendPicture(bob, { name: 'colours.png', mimeType: 'image/png', buffer: await noise(bob, 320, 200, 5) });
  const button = ann.log.getByRole('button', { name: 'Picture from bob, 320 by 200' });
  await button.waitFor();
  const viewer = page.getByRole('dialog', { name: 'Picture' });
  async function loseAndRestore() {
    const before = await settledPicture(page);
    await page.evaluate(() => {
      window.lost = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
      window.lost.loseContext();
    });
    await page.getByText('Restoring the picture…').first().waitFor();
    await page.evaluate(() => window.lost.restoreContext());
    await page.getByText('Restoring the picture…').first().waitFor({ state: 'hidden' });
    // Textures are filled one by one. A browser may shade the edge of a letter that it draws anew a little differently:
    // nine pixels of each "3", in Chromium, in some runs.
    await becomes(async () => {
      const found = await difference(browser, before, await picture(page));
      return Number.parseInt(found || '0', 10) < 100 ? '' : found;
    }, '');
  }
  await loseAndRestore();
  await button.focus();
  await page.keyboard.press('Enter');
  await viewer.waitFor();
  await page.waitForFunction(() => document.querySelector('#viewer img').naturalWidth === 320);
  await loseAndRestore();
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'hidden' });
  await loseAndRestore();
});

test('nothing runs in an open chat in which nothing happens: no frame and no timer', async () => {
  const { page } = ann;
  const ran = () => page.evaluate(() => window.ran.splice(0));
  // What came before comes to its end, however slow the machine; a caret blinks for ten seconds.
  for (let quiet = false, rounds = 0; !quiet && rounds < 10; ++rounds) {
    await ran();
    await page.waitForTimeout(12_000);
    quiet = (await page.evaluate(() => window.ran.length)) === 0;
  }
  // Without a caret there is nothing that could come to rest later.
  await ann.composer.focus();
  await page.evaluate(() => document.activeElement.blur());
  await page.evaluate(() => window.__idle());
  await ran();
  const before = await frames();
  await page.waitForTimeout(10_000);
  assert.deepEqual(await ran(), []);
  assert.equal(await frames(), before);
});

for (const [lang, heading, reason] of [['zh-CN', '这个浏览器打不开 Kumquat', /WebGL 2/], ['en-US', 'Kumquat cannot run here', /WebGL 2/]]) {
  test(`a browser that gives no context is told of in plain words, with the reason, ${lang}`, async () => {
    const context = await world(browser, { lang });
    await context.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest);
      };
    });
    const page = await context.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(server.address);
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.locator('#unsupported').getByText(reason).filter({ visible: true }).waitFor();
    assert.equal(await page.locator('#stage').isVisible(), false);
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
