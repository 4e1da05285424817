// How the page looks on other screens and to other eyes: pixel ratios that change while it is open, zoom, narrow windows, the
// system's colours, no motion; and Chinese text that is broken as Chinese is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { isInView, misplaced } from './lib/layout.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { colours, difference, picture, settledPicture } from './lib/pixels.mjs';
import { Server } from './lib/server.mjs';

let server, browser, bob;

const chinese = '“今天天气不错，”她说，“我们去公园走走吧！”他想了想：“好啊，（不过要带伞）。”';
const english = 'See https://kumquat.example/a-very-long-address/that-goes-on-and-on/and-on?and=on, and tell me what you think.';

before(async () => {
  server = await Server.start();
  browser = await launch();
  bob = await (await Person.open(await world(browser), server.address)).signIn('bob');
});

after(async () => {
  await browser?.close();
  await server?.end();
});

/** Somebody in a browser of their own, in a chat with bob in which both have said something. */
async function chatting(name, look) {
  const person = await (await Person.open(await world(browser, look), server.address)).signIn(name);
  await person.add('bob');
  await person.say(english);
  // With the message the row has come to its place.
  await bob.row(new RegExp(`^${name}.*1 unread`)).waitFor();
  await bob.openChat(new RegExp(`^${name}`));
  await bob.say(chinese.repeat(3));
  await person.sees('今天天气不错');
  await person.seesState('kumquat.example', person.words.send === 'Send' ? 'Read' : '已读');
  return person;
}

const noToast = (person) => person.page.locator('[data-key^=toast]').waitFor({ state: 'detached' });

async function close(person) {
  assert.deepEqual(person.problems, []);
  await person.page.context().close();
}

/**
 * Another window on another screen, and the drawing buffer follows it. Chromium tells a page of an emulated ratio only together
 * with a new size, as a window has it that moves to another screen or is zoomed.
 */
async function screen(person, width, height, ratio) {
  person.cdp ??= await person.page.context().newCDPSession(person.page);
  await person.cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: ratio, mobile: false });
  await becomes(() => person.page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    return [window.innerWidth, window.devicePixelRatio, canvas.width, canvas.height];
  }), [width, ratio, width * ratio, height * ratio]);
}

// The page follows a new size with its next frame.
const fits = (person, what) => becomes(() => misplaced(person.page), [], what);

/** Goes through a dialog with the Tab key: whatever has the focus comes into view whole. Then closes it. */
async function walkThrough(person) {
  const { page } = person;
  await fits(person, 'dialog');
  const names = new Set();
  for (;;) {
    await page.keyboard.press('Tab');
    const focused = person.dialog.locator(':focus');
    if (await focused.count() === 0) continue;  // the browser's own bar
    const name = await focused.evaluate((element) => element.ariaLabel);
    if (names.has(name)) break;
    names.add(name);
    await becomes(() => isInView(focused), true, name);
  }
  assert.ok(names.size > 4, [...names].join());
  await page.keyboard.press('Escape');
  await person.dialog.waitFor({ state: 'detached' });
}

test('a pixel ratio that changes leaves all in its place, and the drawing as sharp as the screen', async () => {
  const ann = await chatting('ann');
  await noToast(ann);
  for (const [width, height, ratio] of [[1200, 750, 1.5], [1280, 800, 2], [1200, 760, 1.25], [1280, 800, 1]]) {
    await screen(ann, width, height, ratio);
    await fits(ann, `chat at ${ratio}`);
  }
  await ann.openSettings();
  for (const [width, height, ratio] of [[1200, 750, 1.5], [1280, 800, 2], [1280, 799, 1]]) {
    await screen(ann, width, height, ratio);
    await fits(ann, `settings at ${ratio}`);
  }
  await close(ann);
});

/** From a chat that fills the window to the list, and through the dialogs that are opened there. */
async function goAround(person) {
  await noToast(person);
  await fits(person, 'chat');
  assert.ok((await person.log.boundingBox()).height >= 200, 'there is room for messages');
  await person.button(person.words.back, { exact: true }).click();
  await person.row(/^bob/).waitFor();
  await fits(person, 'list');
  await person.openSettings();
  await walkThrough(person);
  await person.button(person.words.add).first().click();
  await person.dialog.waitFor();
  await walkThrough(person);
  await close(person);
}

test('what two fingers have enlarged is drawn anew, with all in its place, and so is what they make small again', async () => {
  const cleo = await chatting('cleo', { viewport: { width: 390, height: 844 }, touch: true, ratio: 2 });
  const cdp = await cleo.page.context().newCDPSession(cleo.page);
  const drawn = () => cleo.page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    return [window.visualViewport.scale, canvas.width, canvas.height];
  });
  for (const [scale, ratio] of [[2.5, 5], [4, 6], [1, 2]]) {
    await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: scale });
    await becomes(drawn, [scale, 390 * ratio, 844 * ratio]);
    await fits(cleo, `enlarged ${scale} times`);
  }
  await close(cleo);
});

test('two fingers enlarge the page, and the messages under them stay where they are', async () => {
  const gina = await chatting('gina', { viewport: { width: 390, height: 844 }, touch: true, ratio: 2 });
  const { page } = gina;
  for (let i = 1; i <= 24; i += 1) await bob.say(`line ${i}.`);
  await gina.sees('line 24.');
  await noToast(gina);
  await page.evaluate(() => window.__idle());
  const cdp = await page.context().newCDPSession(page);
  const touch = (type, points) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const fingers = (apart) => [[195, 400 - apart], [195, 400 + apart]];
  const places = () => page.evaluate(() => [...document.querySelectorAll('article')].map((node) => Math.round(node.getBoundingClientRect().top)));
  const before = await places();
  await touch('touchStart', [fingers(40)[0]]);
  await page.waitForTimeout(50);
  await touch('touchStart', fingers(40));
  for (let apart = 40; apart <= 120; apart += 8) {
    await touch('touchMove', fingers(apart));
    await page.waitForTimeout(16);
  }
  await touch('touchEnd', []);
  await becomes(() => page.evaluate(() => window.visualViewport.scale > 1.5 && document.getElementById('canvas').width > 780), true);
  await page.evaluate(() => window.__idle());
  assert.deepEqual(await places(), before);
  await close(gina);
});

test('a wheel moves what was enlarged: to the sides anywhere, up and down where no messages are', async () => {
  const dora = await chatting('dora');
  const { page } = dora;
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
  await becomes(() => page.evaluate(() => document.getElementById('canvas').width), 2560);
  const seen = () => page.evaluate(() => [window.visualViewport.offsetLeft, window.visualViewport.offsetTop]);
  const [left, top] = await seen();
  // Over the list.
  await page.mouse.move(100, 300);
  await page.mouse.wheel(80, 0);
  await becomes(async () => (await seen())[0], left + 40);
  await page.mouse.wheel(0, 60);
  await becomes(async () => (await seen())[1], top + 30);
  await close(dora);
});

test('on paper of another shape the picture keeps its own', async () => {
  const enid = await chatting('enid');
  await enid.page.emulateMedia({ media: 'print' });
  // At once, as paper is: nothing can be drawn anew for it.
  const [width, height, fields] = await enid.page.evaluate(() => {
    const stage = document.getElementById('stage');
    stage.style.width = '640px';
    const box = document.getElementById('canvas').getBoundingClientRect();
    const seen = [...document.querySelectorAll('.field')].filter((field) => field.checkVisibility({ checkVisibilityCSS: true }));
    stage.style.width = '';
    return [box.width, box.height, seen.length];
  });
  assert.deepEqual([width, height, fields], [640, 400, 0]);
  await close(enid);
});

for (const [lang, name, other] of [['en-US', 'ada', 'eve'], ['zh-CN', '小橙子', '大柚子']]) {
  test(`zoomed to 200 %, all of a chat, the list and the dialogs can be reached, ${lang}`, async () => {
    const person = await chatting(name, { lang });
    await screen(person, 640, 400, 2);
    await goAround(person);
  });

  test(`320 pixels are wide enough, ${lang}`, async () => {
    const look = { lang, viewport: { width: 320, height: 640 } };
    const newcomer = await Person.open(await world(browser, look), server.address);
    await newcomer.field(newcomer.words.name, { exact: true }).waitFor();
    await fits(newcomer, 'login');
    await close(newcomer);
    await goAround(await chatting(other, look));
  });
}

test('with colours of the system\'s own there are no others, and the usual ones come back', async () => {
  const fay = await chatting('fay');
  await noToast(fay);
  const before = await picture(fay.page);
  await fay.page.emulateMedia({ forcedColors: 'active' });
  const system = await fay.page.evaluate(() => ['Canvas', 'CanvasText', 'ButtonFace', 'ButtonText', 'Highlight', 'HighlightText', 'LinkText'].map((name) => {
    const probe = document.createElement('div');
    probe.style.color = name;
    document.body.append(probe);
    const [red, green, blue] = /(\d+), (\d+), (\d+)/.exec(getComputedStyle(probe).color).slice(1).map(Number);
    probe.remove();
    return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;
  }));
  // The edges of letters lie in between, each shade in few places.
  const foreign = async () => (await colours(browser, await picture(fay.page)))
    .filter(({ colour, part }) => part > 0.001 && !system.includes(colour));
  await becomes(foreign, []);
  assert.notEqual(await picture(fay.page), before);
  await fay.page.emulateMedia({ forcedColors: 'none' });
  await becomes(async () => difference(browser, before, await picture(fay.page)), '', 'as it was');
  await close(fay);
});

test('whoever wants no motion gets none: neither dots that walk nor bubbles that slide', async () => {
  const kim = await chatting('kim');
  await noToast(kim);
  const { page } = kim;
  const frames = () => page.evaluate(() => window.__frames());
  const typing = page.getByRole('main').getByText('typing…').first();
  /** Frames while bob types for three seconds, and then until his message is there and nothing moves any more. */
  async function drawn(text) {
    await page.evaluate(() => window.__idle());
    await bob.composer.fill(text);
    await typing.waitFor();
    const begin = await frames();
    await page.waitForTimeout(3000);
    const still = await frames();
    await bob.composer.press('Enter');
    await kim.sees(text);
    await typing.waitFor({ state: 'detached' });
    await page.evaluate(() => window.__idle());
    return [still - begin, await frames() - still];
  }
  const [walking] = await drawn('with motion');
  assert.ok(walking >= 4, `the dots walk, ${walking} frames`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const [standing, arriving] = await drawn('without');
  assert.ok(standing <= 2, `the dots stand still, ${standing} frames`);
  assert.ok(arriving <= 6, `the message stands where it belongs at once, ${arriving} frames`);
  await close(kim);
});

test('no line of Chinese begins with a closing mark or ends with an opening one, in any width', async () => {
  const lin = await chatting('lin', { lang: 'zh-CN' });
  // Some of them would stand at the edge in whatever width.
  const text = '字，字。字！字？字；字：（字）“字”《字》、【字】…'.repeat(8);
  await bob.say(text);
  await lin.sees('字，字。');
  const lines = () => lin.message('字，字。').locator('.text').evaluateAll((nodes) => {
    const rows = new Map();
    for (const node of nodes) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, top } = range.getBoundingClientRect();
      const row = Math.round(top);
      rows.set(row, [...(rows.get(row) ?? []), { left, text: node.textContent }]);
    }
    return [...rows].sort(([one], [other]) => one - other)
      .map(([, parts]) => parts.sort((one, other) => one.left - other.left).map((part) => part.text).join(''));
  });
  const counts = new Set();
  for (const width of [1280, 820, 700, 599, 480, 414, 390, 375, 360, 320]) {
    await lin.page.setViewportSize({ width, height: 800 });
    await lin.page.evaluate(() => window.__idle());
    const found = await lines();
    counts.add(found.length);
    assert.equal(found.join(''), text);
    for (const line of found) {
      assert.doesNotMatch(line, /^[，。！？；：、”’）》】…]/u, `${width} wide`);
      assert.doesNotMatch(line, /[“‘（《【]$/u, `${width} wide`);
    }
  }
  assert.ok(counts.size > 3, 'the lines were broken anew');
  await close(lin);
});

test('a browser that answers with noise when pixels are read back shows the same chat', async () => {
  const ned = await chatting('ned');
  await close(ned);
  /** The chat in a browser of its own, when all that comes and goes at the start has gone. */
  async function settled(context) {
    const person = await (await Person.open(context, server.address)).signIn('ned');
    await person.openChat(/^bob/);
    await person.sees('今天天气不错');
    const seen = await settledPicture(person.page);
    await close(person);
    return seen;
  }
  const plain = await settled(await world(browser));
  const noisy = await world(browser);
  await noisy.addInitScript(() => {
    const { getImageData } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.getImageData = function (...args) {
      const image = getImageData.apply(this, args);
      for (let i = 0; i < image.data.length; i += 1) image.data[i] = (i * 97) & 255;
      return image;
    };
    WebGL2RenderingContext.prototype.readPixels = (...args) => args[6]?.fill?.(97);
  });
  assert.equal(await difference(browser, plain, await settled(noisy)), '');
});

test('bob\'s page had no error and broke no policy', () => {
  assert.deepEqual(bob.problems, []);
});
