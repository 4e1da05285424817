// The messages as text: what the browser's own selection, copying, find and focus make of a history that scrolls.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, phone } from './lib/browser.mjs';
import { linesOff } from './lib/lines.mjs';
import { becomes, pair, Person, world } from './lib/person.mjs';
import { noise, sendPicture } from './lib/pictures.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob;

const long = 'The kumquat is a small citrus fruit that is eaten whole, peel and all; the peel is sweet and the flesh is sour, so that ' +
  'one bite tastes of both. It keeps for weeks in honey.';

before(async () => {
  server = await Server.start();
  browser = await launch();
  [ann, bob] = await pair(server.address, await world(browser), await world(browser));
  await ann.say(long);
  await ann.say('first line\nsecond line\n\nlast line');
  for (let i = 0; i < 24; i += 1) await ann.say(`filling number ${i}`);
  await bob.sees('filling number 23');
  await bob.say('and an answer');
  await ann.sees('and an answer');
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const idle = (person) => person.page.evaluate(() => window.__idle());

async function pointAtLog(person) {
  const box = await person.log.boundingBox();
  await person.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  return box;
}

/** Turns the wheel over the log until the row lies within it (or does not): up to show it, down to hide it. */
async function scrollTo(person, text, shown) {
  const box = await pointAtLog(person);
  const seen = async () => {
    await idle(person);
    const row = await person.message(text).boundingBox();
    return row.height > 10 && row.y + row.height > box.y && row.y < box.y + box.height;
  };
  for (let i = 0; i < 20 && await seen() !== shown; i += 1) await person.page.mouse.wheel(0, shown ? -300 : 300);
  assert.equal(await seen(), shown);
}

/** Selects from one text of the log to another, as a pointer would. */
const select = (person, from, to) => person.page.evaluate(([begin, end]) => {
  const find = (words) => {
    const walker = document.createTreeWalker(document.querySelector('[role=log]'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at >= 0) return [walker.currentNode, at];
    }
    throw new Error(`not in the log: ${words}`);
  };
  const [first, start] = find(begin);
  const [last, at] = find(end);
  getSelection().setBaseAndExtent(first, start, last, at + end.length);
}, [from, to]);

const selected = (person) => person.page.evaluate(() => getSelection().toString());

test('a click on a text opens nothing, two select a word and three the message', async () => {
  await scrollTo(ann, 'filling number 23', true);
  const line = ann.message('filling number 23').locator('.text').first();
  for (const [count, words] of [[1, ''], [2, 'filling'], [3, 'filling number 23']]) {
    await line.click({ clickCount: count, position: { x: 12, y: 10 } });
    await idle(ann);
    assert.equal((await selected(ann)).trim(), words);
    assert.equal(await ann.page.getByRole('menu').count(), 0);
  }
  await ann.page.evaluate(() => getSelection().removeAllRanges());
});

test('a selection stays while its message leaves the view', async () => {
  await scrollTo(ann, long, true);
  await select(ann, 'kumquat is', 'kumquat is');
  assert.equal(await selected(ann), 'kumquat is');
  await scrollTo(ann, long, false);
  assert.equal(await selected(ann), 'kumquat is');
  await scrollTo(ann, long, true);
  assert.equal(await selected(ann), 'kumquat is');
});

test('rows off the screen stand at their places, one below the other', async () => {
  await scrollTo(ann, long, true);
  const boxes = await ann.log.getByRole('article').evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON()));
  assert.ok(boxes.some(({ top }) => top > 800), 'some are below the window');
  boxes.reduce((above, box) => {
    assert.ok(box.top >= above.bottom && box.height > 10, JSON.stringify([above, box]));
    return box;
  });
});

test('the browser finds what is off the screen, and the history follows it there', async () => {
  const { page } = ann;
  const shows = async () => {
    await idle(ann);
    return page.evaluate(() => {
      const [hit, log] = [getSelection().getRangeAt(0), document.querySelector('[role=log]')].map((what) => what.getBoundingClientRect());
      return hit.height > 10 && hit.top >= log.top && hit.bottom <= log.bottom;
    });
  };
  for (const [text, back] of [['number 23', false], ['peel is sweet', true], ['second line', false]]) {
    await page.evaluate(() => getSelection().removeAllRanges());
    assert.equal(await page.evaluate(([words, up]) => window.find(words, false, up, true), [text, back]), true, text);
    assert.equal((await selected(ann)).toLowerCase(), text);
    // Chromium's window.find() selects a hit and scrolls the window alone. Its search bar also scrolls whatever the hit lies in,
    // as the next line does, but only what a person could scroll.
    assert.equal(await ann.log.evaluate((node) => getComputedStyle(node).overflowY), 'auto');
    await page.evaluate(() => getSelection().anchorNode.parentElement.scrollIntoView({ block: 'center' }));
    await becomes(shows, true, `${text} is on the screen`);
    await becomes(() => ann.log.evaluate((node) => node.scrollTop), 30000, 'the log itself is at rest');
    const others = await page.evaluate(() => [...document.querySelectorAll('#stage, #dom, #dom *')].filter((node) =>
      node.scrollLeft !== 0 || (node.scrollTop !== 0 && node.getAttribute('role') !== 'log')).length);
    assert.equal(others, 0);
  }
});

test('the lines of a message are one text: found and selected across their breaks, and each lies where it is drawn', async () => {
  await scrollTo(ann, long, true);
  const lines = ann.message(long).locator('.text');
  const texts = await lines.allTextContents();
  assert.ok(texts.length > 1, `${texts.length} lines`);
  for (let at = 1; at < texts.length; at += 1) {
    const parted = texts[at - 1].slice(-6) + texts[at].slice(0, 6);
    await ann.page.evaluate(() => getSelection().removeAllRanges());
    assert.equal(await ann.page.evaluate((words) => window.find(words, false, true, true), parted), true, parted);
    assert.equal(await selected(ann), parted);
  }
  await lines.nth(1).click({ clickCount: 3 });
  assert.equal((await selected(ann)).trim(), long);
  await ann.page.evaluate(() => getSelection().removeAllRanges());
  assert.deepEqual(await ann.page.evaluate(linesOff, long), []);
});

test('the app gives a node off the screen the focus, and nothing scrolls', async () => {
  await scrollTo(ann, long, true);
  const top = () => ann.message(long).boundingBox();
  const before = await top();
  // What the app does: Kumquat.mirror.focus().
  await ann.page.evaluate(() => {
    const { key } = [...document.querySelectorAll('article')].find((node) => node.textContent.includes('number 20')).dataset;
    Kumquat.mirror.focus(key);
  });
  await ann.message('number 20').and(ann.page.locator(':focus')).waitFor();
  await idle(ann);
  assert.deepEqual(await top(), before);
});

/** What Ctrl+C takes. */
async function copied(person) {
  return person.page.evaluate(() => {
    const data = new DataTransfer();
    getSelection().anchorNode.parentElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData('text/plain');
  });
}

test('a copied message has its own line breaks and no others', async () => {
  await select(ann, 'kumquat is', 'honey.');
  assert.equal(await copied(ann), long.slice(long.indexOf('kumquat is')));
  await select(ann, 'first line', 'last line');
  assert.equal(await copied(ann), 'first line\nsecond line\n\nlast line');
  await select(ann, 'line\n', 'second');
  assert.equal(await copied(ann), 'line\nsecond');
});

test('of several copied messages each stands under whose it is and when it was sent', async () => {
  await select(ann, 'number 23', 'and an');
  const [head, own, gap, peer, answer, ...more] = (await copied(ann)).split('\n');
  assert.match(head, /^ann, .*\d{4}.* \d{1,2}:\d{2}/);
  assert.equal(own, 'number 23');
  assert.equal(gap, '');
  assert.match(peer, /^bob, .*\d{4}.* \d{1,2}:\d{2}/);
  assert.deepEqual([answer, more], ['and an', []]);
});

test('a copied picture is told in words', async () => {
  await sendPicture(ann, { name: 'a.png', mimeType: 'image/png', buffer: await noise(ann, 64, 48) });
  await ann.log.getByRole('button', { name: /^Picture from you/ }).waitFor();
  await ann.say('after the picture');
  await ann.sees('after the picture');
  await select(ann, 'and an answer', 'after the picture');
  const text = await copied(ann);
  assert.match(text, /^bob, .*\nand an answer\n\nann, .*\n\[Picture from you, 64 by 48\]\n\nann, .*\nafter the picture$/);
});

test('links, blank lines and both directions in one message: each line lies where it is drawn', async () => {
  await ann.say('See https://example.org/an/address/that/has/to/be/broken/because/it/is/longer/than/a/line?and=query for it, and ' +
    'http://x.y\n\n' + 'الكمكوات لذيذة kumquats '.repeat(12) + '\nLatin, then שלום\n他说：「金桔，很甜。」，（整个吃）。');
  await ann.sees('Latin, then');
  await idle(ann);
  assert.deepEqual(await ann.page.evaluate(linesOff, 'Latin, then'), []);
});

test('every line says itself in which direction it runs', async () => {
  await ann.say('مرحبا kumquat');
  await ann.sees('مرحبا kumquat');
  const direction = (text) => ann.message(text).locator('.text').first().evaluate((node) => getComputedStyle(node).direction);
  assert.equal(await direction('مرحبا'), 'rtl');
  assert.equal(await direction('after the picture'), 'ltr');
});

const focus = (person) => person.page.evaluate(() => document.activeElement.closest('[data-key]')?.dataset.key ??
  document.activeElement.dataset.field ?? document.activeElement.tagName);
const keyOf = (person, text) => person.message(text).getAttribute('data-key');

test('the focus goes to the next message when its own is recalled', async () => {
  await bob.say('soon recalled');
  await bob.say('it stays');
  await ann.sees('it stays');
  await ann.message('soon recalled').focus();
  await bob.message('soon recalled').click({ button: 'right' });
  await bob.page.getByRole('menuitem', { name: 'Recall', exact: true }).click();
  await ann.message('soon recalled').waitFor({ state: 'detached' });
  await becomes(() => focus(ann), await keyOf(ann, 'it stays'));
});

test('the focus stays in the log when many messages come, and when its own is scrolled far away', async () => {
  await ann.message('it stays').focus();
  for (let i = 0; i < 24; i += 1) await bob.say(`one of many ${i}\n\n\n\n\n\n\n\nlines`);
  await ann.sees('one of many 23');
  await ann.message('it stays').waitFor({ state: 'detached' });
  assert.match(await focus(ann), /^(msg:|chat\.log)/);
  await ann.message('one of many 23').focus();
  await pointAtLog(ann);
  for (let i = 0; i < 40 && await ann.message('one of many 23').count() > 0; i += 1) {
    await ann.page.mouse.wheel(0, -200);
    await idle(ann);
    assert.match(await focus(ann), /^(msg:|chat\.log)/);
  }
  assert.equal(await ann.message('one of many 23').count(), 0, 'it is out of reach');
  await ann.page.keyboard.press('End');
  await ann.sees('one of many 23');
});

test('the focus comes back to the log when the message that a menu belonged to is gone', async () => {
  await bob.say('gone behind a menu');
  await bob.say('the last one');
  await ann.sees('the last one');
  await ann.message('gone behind a menu').focus();
  await ann.page.keyboard.press('Shift+F10');
  await ann.page.getByRole('menuitem', { name: 'Reply', exact: true }).waitFor();
  await bob.message('gone behind a menu').click({ button: 'right' });
  await bob.page.getByRole('menuitem', { name: 'Recall', exact: true }).click();
  await ann.message('gone behind a menu').waitFor({ state: 'detached' });
  await ann.page.keyboard.press('Escape');
  await ann.page.getByRole('menu').waitFor({ state: 'detached' });
  await becomes(() => focus(ann), 'chat.log');
});

test('a selection that is dragged beyond the edge goes on there, and stays whole however far it reaches', async () => {
  for (let i = 0; i < 60; i += 1) await ann.say(`more of it, ${i}.`);
  await ann.sees('more of it, 59.');
  await ann.page.keyboard.press('End');
  await idle(ann);
  const box = await ann.message('more of it, 57.').locator('.text').first().boundingBox();
  const log = await ann.log.boundingBox();
  await ann.page.mouse.move(box.x + box.width - 4, box.y + 10);
  await ann.page.mouse.down();
  await ann.page.mouse.move(box.x + 40, box.y - 60, { steps: 4 });
  // Out of the log at its upper edge, where the browser scrolls it.
  await ann.page.mouse.move(box.x + 40, log.y - 12, { steps: 8 });
  await becomes(async () => (await copied(ann)).includes(long.slice(0, 40)), true);
  await ann.page.mouse.up();
  await ann.page.evaluate(() => window.__idle());
  const text = await copied(ann);
  for (const part of [long, 'filling number 3', 'more of it, 0.', 'more of it, 30.', 'more of it, 56.']) assert.ok(text.includes(part), part);
  assert.ok(!text.includes('more of it, 58.'));
  await ann.page.evaluate(() => getSelection().removeAllRanges());
});

test('with a finger a long press opens the menu, and that selects the text', async () => {
  const context = await world(browser, { viewport: phone, touch: true, ratio: 2 });
  const cy = await (await Person.open(context, server.address)).signIn('cy');
  await cy.add('ann');
  await cy.say('press me\nfor long');
  await cy.sees('press me');
  const text = cy.message('press me').locator('.text').first();
  assert.equal(await text.evaluate((node) => getComputedStyle(node).userSelect), 'none');
  const box = await text.boundingBox();
  const fingers = await context.newCDPSession(cy.page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  const item = cy.page.getByRole('menuitem', { name: 'Select text', exact: true });
  await item.waitFor();
  assert.equal(await selected(cy), '', 'the press itself has selected nothing');
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await item.tap();
  await becomes(async () => (await selected(cy)).replace(/\s+/g, ' '), 'press me for long');
  assert.equal(await copied(cy), 'press me\nfor long');
  assert.equal(await text.evaluate((node) => getComputedStyle(node).userSelect), 'text');
  await cy.page.evaluate(() => getSelection().removeAllRanges());
  await becomes(() => text.evaluate((node) => getComputedStyle(node).userSelect), 'none');
  assert.deepEqual(cy.problems, []);
  await context.close();
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
