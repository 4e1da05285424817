// The composer under an input method and under the hand: compositions, Enter in all its meanings, lines, undo, drafts. The
// compositions are Chromium's own, made through its protocol; no test can bring an input method along.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, pair, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob, input;

before(async () => {
  server = await Server.start();
  browser = await launch();
  [ann, bob] = await pair(server.address, await world(browser), await world(browser));
  input = await ann.page.context().newCDPSession(ann.page);
  await ann.page.evaluate(() => {
    window.compositions = [];
    for (const type of ['compositionstart', 'compositionend']) {
      document.addEventListener(type, (event) => window.compositions.push([type, event.data]));
    }
  });
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const idle = (person) => person.page.evaluate(() => window.__idle());
const typed = () => ann.composer.inputValue();
/** What an input method shows before anything is chosen. */
const compose = (text) => input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
/** What is chosen ends the composition. */
const choose = (text) => input.send('Input.insertText', { text });
const compositions = () => ann.page.evaluate(() => window.compositions.splice(0));
/** A press of Enter as Chromium tells of it while an input method has it. */
const enterOfInputMethod = () => input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
const arrived = async (text) => (await bob.texts()).filter((each) => each.includes(text)).length;

/** Sent, seen by the other one, and once. */
async function sendsOnce(text) {
  await ann.page.keyboard.press('Enter');
  await bob.sees(text);
  await becomes(typed, '');
  assert.equal(await arrived(text), 1);
}

test('Chinese, Japanese and Korean are composed, chosen and sent', async () => {
  for (const [steps, chosen] of [
    [['n', 'ni', 'ni h', 'ni hao'], '你好'],
    [['に', 'にほ', 'にほん'], '日本'],
    [['ㅎ', '하', '한'], '한'],
  ]) {
    await ann.composer.focus();
    await compositions();
    for (const step of steps) {
      await compose(step);
      await idle(ann);
      assert.equal(await typed(), step);
    }
    assert.deepEqual(await compositions(), [['compositionstart', '']], 'one composition, not broken off');
    await choose(chosen);
    assert.deepEqual(await compositions(), [['compositionend', chosen]]);
    await idle(ann);
    assert.equal(await typed(), chosen);
    // Longer than any input method leaves between the choice and its own Enter.
    await ann.page.waitForTimeout(200);
    await sendsOnce(chosen);
  }
});

test('a composition is not touched by a message that arrives, nor by a window that changes', async () => {
  await ann.composer.focus();
  await ann.page.keyboard.insertText('before ');
  await idle(ann);
  await compositions();
  await compose('z');
  await ann.composer.evaluate((element) => {
    window.changes = [];
    const note = (records) => window.changes.push(...records.map((record) => record.attributeName ?? record.type));
    new MutationObserver(note).observe(element, { attributes: true });
    new MutationObserver(note).observe(element.parentNode, { childList: true });
  });
  const changes = () => ann.page.evaluate(() => window.changes);
  await bob.say('somebody writes while you compose');
  await ann.sees('somebody writes while you compose');
  await idle(ann);
  await compose('zh');
  // Another window moves every field.
  await ann.page.setViewportSize({ width: 900, height: 700 });
  await idle(ann);
  assert.deepEqual(await changes(), []);
  assert.deepEqual(await compositions(), [['compositionstart', '']]);
  await compose('zhong');
  assert.equal(await typed(), 'before zhong');
  await choose('中');
  assert.equal(await typed(), 'before 中');
  await becomes(async () => (await changes()).includes('style'), true, 'what was held back is done');
  await ann.page.setViewportSize({ width: 1280, height: 800 });
  await idle(ann);
  await sendsOnce('before 中');
});

test('Enter that confirms a composition sends nothing, in whichever order the browser tells of it', async () => {
  await ann.composer.focus();
  await compose('que');
  await enterOfInputMethod();
  await choose('确认');
  await idle(ann);
  assert.equal(await typed(), '确认');
  // Safari before 27: the composition ends, and then comes the Enter that ended it.
  await compose('hou');
  await ann.composer.evaluate((element) => {
    document.addEventListener('compositionend', () => {
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }));
    }, { once: true });
  });
  await choose('后');
  await idle(ann);
  assert.equal(await typed(), '确认后');
  assert.equal(await arrived('确认'), 0);
  await ann.page.waitForTimeout(200);
  await sendsOnce('确认后');
});

test('Shift and Enter make a line; the composer grows to six of them, and shrinks', async () => {
  const { keyboard } = ann.page;
  const box = async () => {
    await idle(ann);
    return ann.composer.boundingBox();
  };
  await ann.composer.focus();
  await keyboard.type('line 1');
  const one = await box();
  const heights = [];
  for (let line = 2; line <= 8; line += 1) {
    await keyboard.press('Shift+Enter');
    await keyboard.type(`line ${line}`);
    const { y, height } = await box();
    heights.push(height);
    assert.equal(y + height, one.y + one.height, 'it grows upwards');
    const log = await ann.log.boundingBox();
    assert.ok(log.y + log.height <= y, 'and the messages make room');
  }
  assert.deepEqual(heights, [2, 3, 4, 5, 6, 6, 6].map((lines) => lines * one.height));
  assert.equal(await typed(), [1, 2, 3, 4, 5, 6, 7, 8].map((line) => `line ${line}`).join('\n'));
  assert.ok(await ann.composer.evaluate((element) => element.scrollHeight > element.clientHeight), 'what is over scrolls');
  assert.equal(await arrived('line 1'), 0);
  await keyboard.press('Enter');
  await bob.sees('line 8');
  assert.equal(await arrived('line 1'), 1, 'one message of all lines');
  assert.deepEqual(await box(), one);
});

test('what was typed and pasted is undone and done again, also after a message has come', async () => {
  const { keyboard } = ann.page;
  await ann.composer.focus();
  await keyboard.type('typed');
  await keyboard.insertText(' and pasted');
  await bob.say('nothing to do with it');
  await ann.sees('nothing to do with it');
  await idle(ann);
  await keyboard.press('Control+z');
  assert.equal(await typed(), '', 'what was written in one go goes at once, as in any field');
  for (let steps = 0; steps < 6; steps += 1) await keyboard.press('Control+Shift+z');
  assert.equal(await typed(), 'typed and pasted');
  await sendsOnce('typed and pasted');
});

test('who types or pastes with the focus nowhere writes the message', async () => {
  const { keyboard } = ann.page;
  const nowhere = () => ann.page.evaluate(() => document.activeElement.blur());
  await nowhere();
  await keyboard.type('hello');
  await becomes(typed, 'hello');
  // What was selected stays selected until then, and can be copied.
  await ann.composer.press('Control+x');
  await nowhere();
  await keyboard.press('Control+v');
  await becomes(typed, 'hello');
  await ann.composer.fill('');
  // From a message, too; but a menu takes its keys itself.
  await ann.log.getByRole('article').last().focus();
  await keyboard.type('x');
  await becomes(typed, 'x');
  await ann.composer.fill('');
  await ann.log.getByRole('article').last().focus();
  await keyboard.press('Enter');
  await ann.page.getByRole('menu').waitFor();
  await keyboard.type('y');
  await keyboard.press('Escape');
  await ann.page.getByRole('menu').waitFor({ state: 'detached' });
  assert.equal(await typed(), '');
});

test('a dead key, dictation and a correction are typed like anything else', async () => {
  await ann.composer.focus();
  const key = (type, name, rest = {}) => input.send('Input.dispatchKeyEvent', { type, key: name, code: 'BracketLeft', ...rest });
  await ann.page.keyboard.type('caf');
  await key('rawKeyDown', 'Dead');
  await key('keyUp', 'Dead');
  assert.equal(await typed(), 'caf');
  await key('keyDown', 'é', { code: 'KeyE', text: 'é' });
  await key('keyUp', 'é', { code: 'KeyE' });
  // Words come without a key, as from somebody who speaks.
  await ann.page.keyboard.insertText(' for teh two of us');
  await idle(ann);
  assert.equal(await typed(), 'café for teh two of us');
  await ann.composer.evaluate((field) => {
    field.setRangeText('the', 9, 12, 'preserve');
    field.dispatchEvent(new InputEvent('input', { inputType: 'insertReplacementText', data: 'the', bubbles: true }));
  });
  await idle(ann);
  assert.equal(await typed(), 'café for the two of us');
  await sendsOnce('café for the two of us');
});

test('every field tells the browser what it is for', async () => {
  const attributes = (field) => field.evaluate((element) => ({
    spellcheck: element.spellcheck, autocapitalize: element.autocapitalize, enterkeyhint: element.enterKeyHint,
    autocomplete: element.autocomplete, dir: element.dir,
  }));
  assert.deepEqual(await attributes(ann.composer),
    { spellcheck: true, autocapitalize: 'sentences', enterkeyhint: 'send', autocomplete: 'off', dir: 'auto' });
  assert.deepEqual(await attributes(ann.page.getByRole('searchbox', { name: 'Search people' })),
    { spellcheck: false, autocapitalize: 'none', enterkeyhint: 'search', autocomplete: 'off', dir: 'auto' });
  const context = await world(browser);
  const newcomer = await Person.open(context, server.address);
  assert.deepEqual(await attributes(newcomer.field('Name', { exact: true })),
    { spellcheck: false, autocapitalize: 'none', enterkeyhint: 'go', autocomplete: 'username', dir: 'auto' });
  await context.close();
});

test('a password manager finds an ID and a UserSig in one form', async () => {
  const strict = await Server.start({
    args: ['--sign-in', 'usersig', '--sdk-app-id=1400000000'], env: { KUMQUAT_USERSIG_KEY: 'a key of these tests alone' },
  });
  const context = await world(browser);
  try {
    const newcomer = await Person.open(context, strict.address);
    await newcomer.key.waitFor();
    const found = await newcomer.key.evaluate((key) => [...key.form.elements].filter((element) => element.tagName === 'INPUT')
      .map(({ type, autocomplete, name }) => [type, autocomplete, name]));
    assert.deepEqual(found, [['text', 'username', 'username'], ['password', 'current-password', 'password']]);
    await newcomer.button('Show UserSig').click();
    await becomes(() => newcomer.key.getAttribute('type'), 'text');
    assert.equal(await newcomer.key.getAttribute('autocomplete'), 'current-password');
    assert.deepEqual(newcomer.problems, []);
  } finally {
    await context.close();
    await strict.end();
  }
});

test('each chat has a draft of its own, and a reload keeps them', async () => {
  const cy = await (await Person.open(await world(browser), server.address)).signIn('cy');
  await cy.add('ann');
  await ann.composer.fill('for bob,\nin two lines');
  await ann.openChat(/^cy/);
  assert.equal(await typed(), '');
  await ann.composer.fill('写给 cy');
  // Longer than it takes to be stored.
  await ann.page.waitForTimeout(2000);
  await ann.page.reload();
  await becomes(typed, '写给 cy');
  await ann.openChat(/^bob/);
  await becomes(typed, 'for bob,\nin two lines');
  await ann.openChat(/^cy/);
  await becomes(typed, '写给 cy');
  assert.equal((await cy.texts()).length, 0);
  assert.deepEqual(cy.problems, []);
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
