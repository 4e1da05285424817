// One tab and the person in front of it. Everything is found by role and name, as a screen reader or a keyboard would.
//
// What another tab, the server or the next frame has to do first is waited for, as long as it takes on a busy machine; it is
// never looked at once.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

import { desktop } from './browser.mjs';

// A page whose server was killed a few times may wait half a minute before it tries again.
const patience = 90_000;

const english = {
  name: 'Name', ownId: 'User ID', key: 'UserSig', signIn: 'Sign in', friends: 'Friends', add: 'Add a friend', id: 'Their user ID', addGo: 'Add',
  composer: /^Message /, send: 'Send', log: /^Messages with /, settings: /^Settings/, signOut: 'Sign out', chats: 'Chats',
  allow: /^Who can add me/, askMe: 'Ask me first', close: 'Close', back: 'Back', requests: /^Friend requests/, more: 'More',
  ask: 'Send request', profile: 'View profile', sessions: 'My devices', edit: 'Edit profile', block: 'Block', unblock: 'Unblock',
  search: 'Search messages', filter: 'Filter messages',
};
const chinese = {
  name: '名字', ownId: '用户 ID', key: 'UserSig', signIn: '登录', friends: '好友', add: '添加好友', id: '对方的用户 ID', addGo: '添加',
  composer: /^发消息给/, send: '发送', log: /^与.*的消息$/, settings: /^设置/, signOut: '退出登录', chats: '聊天',
  allow: /^谁可以加我/, askMe: '需要我确认', close: '关闭', back: '返回', requests: /^好友请求/, more: '更多',
  ask: '发送请求', profile: '查看资料', sessions: '我的设备', edit: '编辑资料', block: '拉黑', unblock: '解除',
  search: '搜索聊天记录', filter: '筛选聊天记录',
};

export class Person {
  constructor(page, words) {
    this.page = page;
    this.words = words;
    this.problems = [];
    page.on('pageerror', (error) => this.problems.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      // The browser itself says that a connection was refused or lost; the page shows that in its own way.
      if (message.type() === 'error' && !/WebSocket connection|ERR_CONNECTION|ERR_INTERNET|Failed to load resource/.test(text)) {
        this.problems.push(text);
      }
    });
  }

  /** Opens the page in a tab of its own. Tabs of one context share preferences and storage, not the session. */
  static async open(context, address, path = '/') {
    const page = await context.newPage();
    const zh = await page.evaluate(() => navigator.language.startsWith('zh'));
    const person = new Person(page, zh ? chinese : english);
    await page.goto(address + path);
    return person;
  }

  button(name, options) { return this.page.getByRole('button', { name, ...options }); }
  field(name, options) { return this.page.getByRole('textbox', { name, ...options }); }
  get friends() { return this.page.getByRole('navigation', { name: this.words.friends }); }
  get log() { return this.page.getByRole('log', { name: this.words.log }); }
  get composer() { return this.page.getByRole('textbox', { name: this.words.composer }); }

  /** Types a name and presses Enter, as the tutorial's page has it. The ID that others use is the name where it is ASCII. */
  async signIn(name) {
    const field = this.field(this.words.name, { exact: true });
    await field.fill(name);
    await field.press('Enter');
    await this.friends.waitFor();
    return this;
  }

  /** The field of the UserSig; a password field has no role to find it by. */
  get key() { return this.page.getByLabel(this.words.key, { exact: true }); }

  /** Where the server asks for a UserSig: types ID and UserSig and presses Enter. What comes of it is the caller's to await. */
  async trySig(id, sig) {
    await this.field(this.words.ownId, { exact: true }).fill(id);
    await this.key.fill(sig);
    await this.key.press('Enter');
  }

  async signInWithSig(id, sig) {
    await this.trySig(id, sig);
    await this.friends.waitFor();
    return this;
  }

  async add(id) {
    await this.button(this.words.add).first().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: this.words.id }).fill(id);
    await dialog.getByRole('button', { name: this.words.addGo, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await this.composer.waitFor();
  }

  get dialog() { return this.page.getByRole('dialog'); }

  async openSettings() {
    await this.button(this.words.settings).click();
    await this.dialog.waitFor();
  }

  async closeDialog() {
    await this.dialog.getByRole('button', { name: this.words.close, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  /** Settles who can add this person, by the words of the settings. */
  async allow(whom) {
    await this.openSettings();
    await this.dialog.getByRole('button', { name: this.words.allow }).click();
    await this.dialog.getByRole('radio', { name: whom }).click();
    await this.dialog.locator(`[role=radio][aria-checked=true][aria-label="${whom}"]`).waitFor();
    await this.closeDialog();
  }

  /** From now on others have to ask before they are friends. */
  async askFirst() { await this.allow(this.words.askMe); }

  /** Asks somebody who wants to be asked. */
  async request(id, wording) {
    await this.button(this.words.add).first().click();
    await this.dialog.getByRole('textbox', { name: this.words.id }).fill(id);
    await this.dialog.getByRole('textbox').nth(1).fill(wording);
    await this.dialog.getByRole('button', { name: this.words.ask, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  row(name) { return this.friends.getByRole('listitem').getByRole('button', { name }); }

  async openChat(name) {
    await this.row(name).click();
    await this.page.getByRole('main').getByRole('heading', { name }).waitFor();
    await this.composer.waitFor();
  }

  async say(text) {
    await this.composer.fill(text);
    // With a finger Enter is a new line.
    const touch = await this.page.evaluate(() => matchMedia('(pointer: coarse)').matches);
    if (touch) await this.button(this.words.send, { exact: true }).tap();
    else await this.composer.press('Enter');
    // The tap counts with the next frame; filling the field before that would be faster than any hand.
    await becomes(() => this.composer.inputValue(), '');
  }

  /** Of an open menu, whether it can be checked or not. */
  menuItem(name, options) {
    const as = (role) => this.page.getByRole(role, { name, ...options });
    return as('menuitem').or(as('menuitemcheckbox')).or(as('menuitemradio'));
  }

  message(text) { return this.log.getByRole('article').filter({ hasText: text }); }

  async sees(text) { await this.message(text).waitFor(); }

  /** Waits until the own message with this text has this state: "Sending", "Sent", "Read", "Not sent" or the same in Chinese. */
  async seesState(text, state) {
    await this.log.getByRole('article', { name: new RegExp(`${state}$`) }).filter({ hasText: text }).waitFor();
  }

  /** Texts of all messages in the log, in order. */
  async texts() {
    return this.log.getByRole('article').evaluateAll((nodes) => nodes.map((node) => node.textContent.trim()));
  }
}

/** Waits until `look` gives `expected`; what it gave last is in the error. */
export async function becomes(look, expected, what) {
  for (const deadline = Date.now() + patience; ;) {
    const seen = await look();
    if (isDeepStrictEqual(seen, expected)) return;
    if (Date.now() > deadline) assert.deepEqual(seen, expected, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A context of its own: its own storage, language, theme and window. */
export async function world(browser, { lang = 'en-US', viewport = desktop, theme = 'light', touch = false, ratio = 1 } = {}) {
  const context = await browser.newContext({
    locale: lang, viewport, colorScheme: theme, hasTouch: touch, isMobile: touch, deviceScaleFactor: ratio,
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(patience);
  return context;
}

/** ann and bob, who have just become friends, each in a context of a browser; bob has the chat open, too. */
export async function pair(address, annsContext, bobsContext) {
  const ann = await (await Person.open(annsContext, address)).signIn('ann');
  const bob = await (await Person.open(bobsContext, address)).signIn('bob');
  await ann.add('bob');
  await bob.openChat(/^ann/);
  return [ann, bob];
}
