// What the canvas owes the person in front of it, whatever the browser does to it: nothing drawn when nothing happens, the same
// picture after a lost GL context, no reading back of pixels, whole compositions, sharp at every pixel ratio.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
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

const idle = (page) => page.evaluate(() => window.__idle());

// The picture with nothing under the pointer and no caret in it.
async function picture(page) {
  await page.evaluate(() => document.activeElement?.blur());
  await idle(page);
  return (await page.screenshot()).toString('base64');
}

test('an idle page draws nothing', async () => {
  const context = await world(browser);
  const person = await (await Person.open(context, server.address)).signIn('idle');
  await person.page.getByText('No friends yet').first().waitFor();
  const frames = () => person.page.evaluate(() => window.__frames());
  // Toasts and fades of the start come to their end, however slow the machine.
  for (let last = -1, now = await frames(); now !== last; now = await frames()) {
    last = now;
    await person.page.waitForTimeout(6000);
  }
  const before = await frames();
  await person.page.waitForTimeout(5000);
  assert.equal(await frames(), before);
  await context.close();
});

test('a lost GL context comes back with the same picture', async () => {
  const context = await world(browser, { lang: 'zh-CN' });
  const person = await Person.open(context, server.address);
  await person.field('名字', { exact: true }).fill('小橙子');
  const before = await picture(person.page);
  await person.page.evaluate(() => {
    window.lost = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    window.lost.loseContext();
  });
  await person.page.getByText('正在恢复画面…').first().waitFor();
  await person.page.evaluate(() => window.lost.restoreContext());
  await person.page.getByText('正在恢复画面…').first().waitFor({ state: 'hidden' });
  assert.equal(await picture(person.page), before);
  assert.deepEqual(person.problems, []);
  await context.close();
});

// Browsers that guard against fingerprinting answer with noise.
test('pixels are never read back', async () => {
  const context = await world(browser);
  await context.addInitScript(() => {
    window.readbacks = 0;
    CanvasRenderingContext2D.prototype.getImageData = function () {
      window.readbacks += 1;
      throw new Error('poisoned');
    };
  });
  const person = await (await Person.open(context, server.address)).signIn('reader');
  await idle(person.page);
  assert.equal(await person.page.evaluate(() => window.readbacks), 0);
  assert.deepEqual(person.problems, []);
  await context.close();
});

// Safari before 27: the composition ends, and then comes the Enter that ended it.
test('Enter that confirms a composition sends nothing', async () => {
  const context = await world(browser);
  const person = await Person.open(context, server.address);
  const field = person.field('Name', { exact: true });
  await field.fill('composer');
  await field.evaluate((element) => {
    const composition = (type) => element.dispatchEvent(new CompositionEvent(type, { bubbles: true }));
    composition('compositionstart');
    element.value += '你';
    element.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    composition('compositionend');
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true }));
  });
  await person.page.waitForTimeout(500);
  assert.ok(await field.isVisible(), 'still at the login');
  assert.equal(await field.inputValue(), 'composer你');
  await context.close();
});

test('a field is not touched while somebody composes in it', async () => {
  const context = await world(browser);
  const person = await Person.open(context, server.address);
  const field = person.field('Name', { exact: true });
  await field.fill('composer');
  await idle(person.page);
  const changes = async () => {
    await idle(person.page);
    return field.evaluate(() => window.changes);
  };
  await field.evaluate((element) => {
    element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    window.changes = 0;
    new MutationObserver((records) => { window.changes += records.length; }).observe(element, { attributes: true });
  });
  // Another window moves every field.
  await person.page.setViewportSize({ width: 700, height: 600 });
  assert.equal(await changes(), 0);
  await field.evaluate((element) => element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true })));
  await becomes(async () => await changes() > 0, true, 'what was held back is done');
  await context.close();
});

test('the drawing buffer has as many pixels as the screen', async () => {
  for (const ratio of [1, 1.25, 1.5, 2]) {
    const context = await world(browser, { ratio });
    const person = await Person.open(context, server.address);
    await person.field('Name', { exact: true }).waitFor();
    const size = () => person.page.evaluate(() => {
      const canvas = document.getElementById('canvas');
      return [canvas.width, canvas.height];
    });
    await becomes(size, [1280 * ratio, 800 * ratio], `ratio ${ratio}`);
    await context.close();
  }
});

test('without WebGL 2 the page says so in plain words', async () => {
  const context = await world(browser, { lang: 'zh-CN' });
  await context.addInitScript(() => { delete window.WebGL2RenderingContext; });
  const page = await context.newPage();
  await page.goto(server.address);
  await page.getByRole('heading', { name: '这个浏览器打不开 Kumquat' }).waitFor();
  await context.close();
});
