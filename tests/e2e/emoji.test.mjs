// The emoji picker: with a mouse, with keys alone, with a finger on a phone; its list is loaded when it is needed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { bringAxe, violations } from './lib/axe.mjs';
import { desktop, launch, phone, screenshot } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser;
let people = 0;

before(async () => {
  server = await Server.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.end();
});

/** Somebody with an open chat. */
async function chatting(options) {
  const context = await world(browser, options);
  await bringAxe(context);
  people += 1;
  await (await Person.open(context, server.address)).signIn(`peer${people}`);
  const person = await (await Person.open(context, server.address)).signIn(`ann${people}`);
  await person.page.bringToFront();
  await person.add(`peer${people}`);
  await person.say('hello');
  await person.sees('hello');
  return { context, person, page: person.page };
}

const english = { emoji: 'Emoji', search: 'Search emoji', failed: 'The emoji could not be loaded', none: 'No emoji found' };
const chinese = { emoji: '表情', search: '搜索表情' };

const panel = (page, words = english) => page.getByRole('group', { name: words.emoji, exact: true });
// A name can stand among those used last and in its group.
const emoji = (page, name, words = english) => panel(page, words).getByRole('button', { name, exact: true }).last();
const searchField = (page, words = english) => page.getByRole('searchbox', { name: words.search });
const holds = (person, text) => becomes(() => person.composer.inputValue(), text, 'the composer');
const focused = (page, target) => target.and(page.locator(':focus')).waitFor();

async function open(person, words = english) {
  await person.button(words.emoji, { exact: true }).click();
  await panel(person.page, words).waitFor();
}

test('a mouse chooses two, Ctrl+Z takes back, what is sent arrives', async () => {
  const asked = [];
  const { context, person, page } = await chatting();
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  await person.composer.waitFor();
  assert.deepEqual(asked.filter((url) => url.includes('emoji')), [], 'no chat waits for the list');
  await person.composer.fill('hi ');
  await open(person);
  await focused(page, searchField(page));
  await emoji(page, 'winking face').click();
  await holds(person, 'hi 😉');
  await emoji(page, 'star-struck').click();
  await holds(person, 'hi 😉🤩');
  assert.equal(asked.filter((url) => /\/emoji\.[0-9a-f]{16}\.txt$/.test(url)).length, 1);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'detached' });
  await focused(page, person.composer);
  await page.keyboard.press('Control+Z');
  await becomes(async () => (await person.composer.inputValue()).includes('🤩'), false, 'the last emoji is taken back');
  await page.keyboard.press('Control+Shift+Z');
  await holds(person, 'hi 😉🤩');
  await page.keyboard.press('Enter');
  await person.sees('hi 😉🤩');
  assert.deepEqual(person.problems, []);
  await context.close();
});

test('search in both languages', async () => {
  const { context, person, page } = await chatting();
  await open(person);
  await searchField(page).fill('kumq');
  await panel(page).getByText(english.none).waitFor();
  await searchField(page).fill('Tangerine');
  await emoji(page, 'tangerine').waitFor();
  await searchField(page).fill('橘');
  await emoji(page, 'tangerine').waitFor();
  await emoji(page, 'winking face').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await holds(person, '🍊');
  assert.deepEqual(person.problems, []);
  await context.close();

  const zh = await chatting({ lang: 'zh-CN' });
  await open(zh.person, chinese);
  await searchField(zh.page, chinese).fill('xiaolian');
  await emoji(zh.page, '嘿嘿', chinese).waitFor();
  await searchField(zh.page, chinese).fill('flag: china');
  await emoji(zh.page, '旗: 中国', chinese).click();
  await holds(zh.person, '🇨🇳');
  assert.deepEqual(zh.person.problems, []);
  await zh.context.close();
});

test('with keys alone', async () => {
  const { context, person, page } = await chatting();
  const { keyboard } = page;
  await focused(page, person.composer);
  await keyboard.type('a');
  await keyboard.press('Shift+Tab');
  await focused(page, person.button(english.emoji, { exact: true }));
  await keyboard.press('Enter');
  await focused(page, searchField(page));
  await emoji(page, 'grinning face').waitFor();
  await keyboard.press('ArrowDown');
  for (let row = 0; row < 2; row += 1) await keyboard.press('ArrowDown');
  await focused(page, emoji(page, 'grinning face'));
  await keyboard.press('ArrowRight');
  await focused(page, emoji(page, 'grinning face with big eyes'));
  await keyboard.press('Enter');
  await holds(person, 'a😃');
  // The focus is still where it was.
  await focused(page, emoji(page, 'grinning face with big eyes'));
  await keyboard.press('End');
  await focused(page, emoji(page, 'flag: Wales'));
  await keyboard.press('Space');
  await holds(person, 'a😃🏴󠁧󠁢󠁷󠁬󠁳󠁿');
  await keyboard.press('Escape');
  await focused(page, person.composer);
  await keyboard.type('z');
  await holds(person, 'a😃🏴󠁧󠁢󠁷󠁬󠁳󠁿z');
  assert.deepEqual(person.problems, []);
  await context.close();
});

test('a skin tone, by the menu of an emoji', async () => {
  const { context, person, page } = await chatting();
  await open(person);
  await page.getByRole('button', { name: 'People & Body' }).click();
  await emoji(page, 'waving hand').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'waving hand: medium skin tone' }).click();
  await holds(person, '👋🏽');
  // It counts as used last, under its whole name.
  await page.keyboard.press('Escape');
  await open(person);
  await emoji(page, 'waving hand: medium skin tone').waitFor();
  assert.deepEqual(person.problems, []);
  await context.close();
});

test('the last ones survive a reload; an edit takes emoji, too', async () => {
  const { context, person, page } = await chatting();
  await person.say('tea');
  await person.seesState('tea', 'Sent');
  // It can be edited once it has come back from the service, a moment after it is sent.
  await becomes(async () => {
    await person.composer.press('ArrowUp');
    return person.composer.inputValue();
  }, 'tea');
  await open(person);
  await searchField(page).fill('teapot');
  await emoji(page, 'teapot').click();
  await holds(person, 'tea🫖');
  await person.button('Save', { exact: true }).click();
  await person.sees('tea🫖');
  await page.reload();
  await person.composer.waitFor();
  await open(person);
  // The first of the panel's emoji is the one that was used last.
  const first = panel(page).getByRole('group').first().getByRole('button').first();
  await becomes(() => first.getAttribute('aria-label'), 'teapot', 'the one used last');
  assert.deepEqual(person.problems, []);
  await context.close();
});

test('a list that does not come is told and tried again', async () => {
  const { context, person, page } = await chatting();
  await page.route(/\/emoji\.[0-9a-f]+\.txt$/, (route) => route.abort());
  await open(person);
  await panel(page).getByText(english.failed).waitFor();
  // Those used last are there all the same.
  await emoji(page, '👍').click();
  await holds(person, '👍');
  await screenshot(page, 'emoji-failed');
  await page.unroute(/\/emoji\.[0-9a-f]+\.txt$/);
  await panel(page).getByRole('button', { name: 'Try again' }).click();
  await emoji(page, 'winking face').click();
  await holds(person, '👍😉');
  assert.deepEqual(person.problems, []);
  await context.close();
});

test('on a phone, with a finger, in the place of the keyboard', async () => {
  const { context, person, page } = await chatting({ viewport: phone, touch: true, ratio: 2, lang: 'zh-CN' });
  await person.composer.tap();
  await focused(page, person.composer);
  await person.button(chinese.emoji, { exact: true }).tap();
  await emoji(page, '嘿嘿', chinese).waitFor();
  // Without the focus no keyboard comes.
  assert.equal(await person.composer.and(page.locator(':focus')).count(), 0);
  await emoji(page, '嘿嘿', chinese).tap();
  await emoji(page, '哈哈', chinese).tap();
  await holds(person, '😀😃');
  assert.equal(await person.composer.and(page.locator(':focus')).count(), 0);
  const [field, grid] = await Promise.all([person.composer.boundingBox(), panel(page, chinese).boundingBox()]);
  assert.ok(field.y + field.height <= grid.y, 'the panel is below the text');
  assert.deepEqual(await violations(page), []);
  await person.button('发送', { exact: true }).tap();
  await person.sees('😀😃');
  await panel(page, chinese).waitFor();
  await person.composer.tap();
  await panel(page, chinese).waitFor({ state: 'detached' });
  assert.deepEqual(person.problems, []);
  await context.close();
});

/** A finger brings the last tabs of a phone's picker into view. */
async function swipeTabs(context, page) {
  const finger = await context.newCDPSession(page);
  const first = await page.locator('[data-key="emoji.go:0"]').boundingBox();
  const y = first.y + first.height / 2;
  const send = (type, x) => finger.send('Input.dispatchTouchEvent', { type, touchPoints: x === null ? [] : [{ x, y }] });
  await send('touchStart', phone.width - 40);
  for (let x = phone.width - 60; x > 40; x -= 20) await send('touchMove', x);
  await send('touchEnd', null);
  await page.evaluate(() => window.__idle());
}

test('how it looks', async () => {
  for (const [name, options, words] of [
    ['desktop-light-en', { viewport: desktop }, english],
    ['desktop-dark-zh', { viewport: desktop, theme: 'dark', lang: 'zh-CN' }, chinese],
    ['phone-light-zh', { viewport: phone, touch: true, ratio: 2, lang: 'zh-CN' }, chinese],
    ['phone-dark-en', { viewport: phone, touch: true, ratio: 2, theme: 'dark' }, english],
  ]) {
    const { context, person, page } = await chatting(options);
    await open(person, words);
    await emoji(page, words === english ? 'winking face' : '眨眼', words).waitFor();
    await screenshot(page, `emoji-${name}`);
    const flags = panel(page, words).getByRole('button', { name: words === english ? 'Flags' : '旗帜' });
    if (options.touch) await swipeTabs(context, page);
    await (options.touch ? flags.tap() : flags.click());
    await emoji(page, words === english ? 'flag: Andorra' : '旗: 安道尔', words).waitFor();
    await screenshot(page, `emoji-flags-${name}`);
    await searchField(page, words).fill(words === english ? 'cat' : '心');
    await emoji(page, words === english ? 'cat face' : '红心', words).waitFor();
    await screenshot(page, `emoji-search-${name}`);
    assert.deepEqual(person.problems, []);
    await context.close();
  }
});
