// Every screen, dialog, menu and notice that screens.test.mjs does not come by, in both languages and both themes, Chinese with a
// mouse and English on a phone: axe-core finds nothing in any of them, and on the phone a finger can hit everything.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { bringAxe, violations } from './lib/axe.mjs';
import { desktop, launch, phone } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';
import { dist, StaticSite } from './lib/site.mjs';
import { smallTargets } from './lib/targets.mjs';
import { words } from './lib/words.mjs';

const userSig = { args: ['--sign-in', 'usersig', '--sdk-app-id=1400000000'], env: { KUMQUAT_USERSIG_KEY: 'a key of these tests alone' } };
const sample = async (name, mimeType) => ({ name, mimeType, buffer: await readFile(new URL(`../picture/files/${name}`, import.meta.url)) });

let server, strict, site, browser, bob, cy, dan, photo, moving;

before(async () => {
  [server, strict] = await Promise.all([Server.start(), Server.start(userSig)]);
  site = await StaticSite.start({ '/': dist });
  browser = await launch();
  [photo, moving] = await Promise.all([sample('photo.jpg', 'image/jpeg'), sample('moving.gif', 'image/gif')]);
  // A window for each: what lies behind others is drawn seldom, and is slow to answer.
  const open = async (name) => (await Person.open(await world(browser), server.address)).signIn(name);
  [bob, cy, dan] = [await open('bob'), await open('cy'), await open('dan')];
  await cy.askFirst();
  await dan.allow('Nobody');
  await dan.openSettings();
  await dan.dialog.getByRole('switch', { name: 'Messages from friends only' }).click();
  await dan.dialog.getByRole('switch', { name: 'Messages from friends only', checked: true }).waitFor();
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await Promise.all([server?.end(), strict?.end()]);
});

/** Where a walk is: somebody with a page in one look, and whatever is on that page by the key of its words. */
class Walk {
  constructor(options) {
    this.options = options;
    this.w = words(options.lang);
  }

  /** A page of its own; with `line` its connections are turn()'s. */
  async open(address, path, line) {
    await this.me?.page.context().close();
    const context = await world(browser, this.options);
    await bringAxe(context);
    if (line) {
      this.line = line;
      await context.routeWebSocket(/\/ws$/, (socket) => {
        this.socket = socket;
        if (this.line === 'through') socket.connectToServer();
        if (this.line === 'cut') return socket.close();
        if (this.line === 'too old') return socket.close({ code: 4426 });
      });
    }
    this.me = await Person.open(context, address, path);
    this.page = this.me.page;
    // Whatever comes is there at once, and dots that walk would not come to rest.
    await this.page.emulateMedia({ reducedMotion: 'reduce' });
  }

  /** From now on connections go through, are silent, or cut; the one that is there ends. */
  async turn(line) {
    this.line = line;
    await this.socket.close();
  }

  // Words with something filled in are patterns, for which `exact` means nothing.
  at(role, key) { return this.page.getByRole(role, { name: this.w(key), exact: true }); }
  text(key) {
    const found = this.w(key);
    return this.page.getByText(found.source ? new RegExp(found.source.slice(1, -1)) : found).first();
  }
  button(key) { return this.at('button', key).first(); }
  item(key) { return this.me.menuItem(this.w(key), { exact: true }); }
  get dialog() { return this.me.dialog; }
  inDialog(role, key) { return this.dialog.getByRole(role, { name: this.w(key), exact: true }); }
  invalid(field) { return field.and(this.page.locator('[aria-invalid=true]')).waitFor(); }

  async press(key) { await this.button(key).click(); }
  async pressIn(key) { await this.inDialog('button', key).first().click(); }
  async escape() { await this.page.keyboard.press('Escape'); }
  /** From whatever page of a dialog, and from a question that it has led to. */
  async closeDialog() {
    do {
      await this.escape();
      await this.page.evaluate(() => window.__idle());
    } while (await this.dialog.count() > 0);
  }
  async menu(of) {
    await of.focus();
    await this.page.keyboard.press('Shift+F10');
    await this.page.getByRole('menu').waitFor();
  }
  async closeMenu() {
    await this.escape();
    await this.page.getByRole('menu').waitFor({ state: 'detached' });
  }
  async use(message, key) {
    await this.menu(this.me.message(message));
    await this.item(key).click();
    await this.page.getByRole('menu').waitFor({ state: 'detached' });
  }
  async moreMenu(key) {
    await this.press('chat_more');
    await this.item(key).click();
  }
  async home() {
    await this.page.goto(server.address);
    await this.me.friends.waitFor();
  }
  async choose(...files) {
    const opened = this.page.waitForEvent('filechooser');
    await this.press('pic_attach');
    await (await opened).setFiles(files);
  }

  /** A file is dragged over the page: browsers say so all the time. Or no longer. */
  drag(on) {
    return this.page.evaluate((goesOn) => {
      clearInterval(window.dragging);
      const over = () => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
        document.getElementById('stage').dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
      };
      if (goesOn) window.dragging = setInterval(over, 50);
    }, on);
  }

  emoji(which) { return this.at('group', 'chat_emoji').getByRole('button', { name: this.options.emoji[which], exact: true }).last(); }

  /** What is wrong with what is on the page now. Only colours depend on the theme. */
  async problems() {
    const { theme } = this.options;
    const found = await violations(this.page);
    await this.page.emulateMedia({ colorScheme: theme === 'light' ? 'dark' : 'light' });
    found.push(...await violations(this.page, ['cat.color']));
    await this.page.emulateMedia({ colorScheme: theme });
    if (this.options.touch) found.push(...await smallTargets(this.page));
    return found;
  }
}

// Each goes on where the last one ended: what it is, and how one gets there.
const parts = {
  'the login': [
    ['no name', async (on) => {
      await on.open(server.address);
      await on.at('textbox', 'login_name').press('Enter');
      await on.invalid(on.at('textbox', 'login_name'));
    }],
    ['a name and the ID made of it', async (on) => {
      await on.at('textbox', 'login_name').fill(on.options.nick);
      await on.button('login_id_change_a11y').waitFor();
    }],
    ['an ID that cannot be', async (on) => {
      await on.press('login_id_change_a11y');
      await on.at('textbox', 'login_id').fill('不行');
      await on.at('textbox', 'login_id').press('Enter');
      await on.invalid(on.at('textbox', 'login_id'));
    }],
  ],
  'adding a friend': [
    ['nothing entered', async (on) => {
      await on.at('textbox', 'login_id').fill(on.options.id);
      await on.at('textbox', 'login_id').press('Enter');
      await on.me.friends.waitFor();
      await on.press('add_title');
      await on.pressIn('add_go');
      await on.invalid(on.inDialog('textbox', 'add_id'));
    }],
    ['nobody has this ID', async (on) => {
      await on.inDialog('textbox', 'add_id').fill('nobody.here');
      await on.pressIn('add_go');
      await on.invalid(on.inDialog('textbox', 'add_id'));
    }],
    ['somebody who takes no requests', async (on) => {
      await on.inDialog('textbox', 'add_id').fill('dan');
      await on.text('add_deny').waitFor();
    }],
    ['somebody who is asked, with a greeting that is too long', async (on) => {
      await on.inDialog('textbox', 'add_id').fill('cy');
      await on.inDialog('button', 'add_go_ask').waitFor();
      await on.inDialog('textbox', 'add_wording').fill('hello '.repeat(60));
    }],
    ['a new friend, and nothing said yet', async (on) => {
      await on.inDialog('textbox', 'add_wording').fill('hello');
      await on.pressIn('add_go_ask');
      await on.dialog.waitFor({ state: 'detached' });
      await on.me.add('bob');
    }],
    ['a group to be chosen for the next one', async (on) => {
      await on.home();
      await on.press('add_title');
      await on.inDialog('textbox', 'add_id').fill('eve');
      await on.pressIn('add_groups');
      await on.page.getByRole('menu').waitFor();
    }],
  ],
  'a chat': [
    ['the other one types', async (on) => {
      await on.closeMenu();
      await on.closeDialog();
      await on.me.openChat(/^bob/);
      await bob.openChat(new RegExp(`^${on.options.nick}`));
      await bob.composer.fill('kumquat');
      await on.text('chat_typing').waitFor();
    }],
    ['a reply before it is sent', async (on) => {
      await bob.say('See https://kumquat.example, a page about the kumquat');
      await on.me.sees('a page about');
      await on.use('a page about', 'msg_reply');
      await on.button('reply_cancel').waitFor();
    }],
    ['the menu of a message of one\'s own', async (on) => {
      await on.me.say('金橘 and more');
      await on.me.seesState('金橘 and more', 'Read|已读');
      await on.menu(on.me.message('金橘 and more'));
    }],
    ['an edit before it is saved', async (on) => {
      await on.item('msg_edit').click();
      await on.button('edit_cancel').waitFor();
    }],
    ['edited, with a reaction, pinned, recalled', async (on) => {
      await on.me.composer.fill('金橘 and less');
      await on.press('edit_save');
      await on.page.getByRole('article', { name: on.w('msg_edited') }).waitFor();
      await bob.message('and less').click({ button: 'right' });
      await bob.menuItem('React with 👍').click();
      await on.me.message('and less').getByRole('button', { name: '👍 1' }).waitFor();
      await on.use('a page about', 'row_pin');
      await on.button('pin_jump').waitFor();
      await on.use('and less', 'row_pin');
      await on.button('pin_jump').and(on.page.getByRole('button', { name: /and less/ })).waitFor();
      await on.me.say('not meant');
      await on.me.seesState('not meant', 'Read|已读');
      await on.use('not meant', 'msg_recall');
      await on.text('msg_recalled_own').waitFor();
      await on.me.composer.fill('');
    }],
    ['a message is to be deleted', async (on) => {
      await on.use('a page about', 'msg_delete');
      await on.dialog.waitFor();
    }],
    ['some messages are chosen', async (on) => {
      await on.closeDialog();
      await on.use('a page about', 'msg_select');
      await on.text('select_count').waitFor();
    }],
    ['forwarding', async (on) => {
      await on.press('msg_forward');
      await on.dialog.waitFor();
    }],
    ['forwarding, nobody found', async (on) => {
      await on.inDialog('searchbox', 'people_search').fill('xyz');
      await on.text('search_none').waitFor();
    }],
    ['forwarding, somebody chosen', async (on) => {
      await on.inDialog('searchbox', 'people_search').fill('');
      await on.dialog.getByRole('checkbox', { name: 'bob' }).click();
      await on.inDialog('button', 'forward_go_n').waitFor();
    }],
    ['a text that is too long', async (on) => {
      await on.closeDialog();
      await on.press('select_cancel');
      await on.me.composer.fill('很长 '.repeat(4000));
      await on.invalid(on.me.composer);
    }],
    ['a date to go to that is none', async (on) => {
      await on.me.composer.fill('');
      await on.moreMenu('date_title');
      await on.inDialog('textbox', 'date_field').fill('soon');
      await on.pressIn('date_go');
      await on.invalid(on.inDialog('textbox', 'date_field'));
    }],
    ['a friend is to be deleted', async (on) => {
      await on.closeDialog();
      await on.moreMenu('prof_delete');
      await on.dialog.waitFor();
    }],
    ['new messages below', async (on) => {
      await on.closeDialog();
      for (let i = 0; i < 12; i += 1) await bob.say(`line ${i}\n\n\n\nend`);
      await on.me.sees('line 11');
      await on.me.log.focus();
      await on.page.keyboard.press('Home');
      await on.button('chat_newest').waitFor();
      await bob.say('the newest kumquat');
      await on.button('chat_newest_n').waitFor();
    }],
    ['the buttons beside a message', async (on) => {
      await on.page.keyboard.press('End');
      await on.me.message('the newest').hover();
      await on.me.message('the newest').focus();
      await on.me.log.getByRole('button', { name: on.w('msg_menu') }).waitFor();
    }],
  ],
  'the emoji': [
    ['that do not come', async (on) => {
      await on.page.route(/emoji\.[0-9a-f]+\.txt$/, (route) => route.abort());
      await on.press('chat_emoji');
      await on.text('emoji_failed').waitFor();
    }],
    ['all of them', async (on) => {
      await on.page.unroute(/emoji\.[0-9a-f]+\.txt$/);
      await on.at('group', 'chat_emoji').getByRole('button', { name: on.w('msg_retry') }).click();
      await on.text('emoji_failed').waitFor({ state: 'detached' });
      await on.emoji(0).waitFor();
    }],
    ['found', async (on) => {
      await on.at('searchbox', 'emoji_search').fill(on.options.emoji[1]);
      await on.emoji(1).waitFor();
      await on.emoji(0).waitFor({ state: 'detached' });
    }],
    ['their skin tones', async (on) => {
      await on.menu(on.emoji(1));
    }],
    ['none found', async (on) => {
      await on.closeMenu();
      await on.at('searchbox', 'emoji_search').fill('no such emoji');
      await on.text('emoji_none').waitFor();
    }],
  ],
  'pictures': [
    ['what is none', async (on) => {
      await on.page.reload();
      await on.me.composer.waitFor();
      await on.choose({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('plain words') });
      await on.page.getByRole('form').getByText(/^notes\.png/).waitFor();
    }],
    ['two before they are sent', async (on) => {
      await on.choose(photo, moving);
      await on.page.getByRole('list', { name: on.w('pic_waiting') }).getByRole('img', { name: 'moving.gif' }).waitFor();
      await on.button('chat_send').and(on.page.locator(':not([aria-disabled=true])')).waitFor();
    }],
    ['one that is dragged over the chat', async (on) => {
      await on.drag(true);
      await on.text('pic_drop').waitFor();
    }],
    ['on their way', async (on) => {
      await on.drag(false);
      await on.text('pic_drop').waitFor({ state: 'detached' });
      await on.page.route('**/pictures', (route) => new Promise((refuse) => { on.refuse = refuse; }).then(
        () => route.fulfill({ status: 400, body: '{"code": 199025}' })));
      await on.press('chat_send');
      await on.page.getByRole('progressbar').first().waitFor();
      await becomes(() => on.refuse !== undefined, true);
    }],
    ['not arrived', async (on) => {
      on.refuse();
      await on.me.log.getByRole('article', { name: on.w('pic_err_damaged') }).first().waitFor();
    }],
    ['not arrived, its menu', async (on) => on.menu(on.me.log.getByRole('article', { name: on.w('pic_err_damaged') }).first())],
    ['arrived, but not to be had', async (on) => {
      await on.closeMenu();
      await on.page.unrouteAll();
      await on.page.route('**/pictures/*', (route) => route.fulfill({ status: 404, body: '' }));
      await bob.composer.focus();
      const opened = bob.page.waitForEvent('filechooser');
      await bob.button('Send a picture').click();
      await (await opened).setFiles([moving, photo]);
      await bob.page.getByRole('list').getByRole('img', { name: 'photo.jpg' }).waitFor();
      await bob.button('Send', { exact: true }).click();
      await on.me.log.getByRole('button', { name: /64 (by|×) 48/, description: on.w('pic_broken') }).waitFor();
    }],
    ['in full size, but not to be had', async (on) => {
      await on.me.log.getByRole('button', { name: /64 (by|×) 48/ }).last().focus();
      await on.page.keyboard.press('Enter');
      await on.at('dialog', 'view_title').getByText(on.w('pic_broken')).waitFor();
    }],
    ['in full size, with a neighbour', async (on) => {
      await on.escape();
      await on.at('dialog', 'view_title').waitFor({ state: 'hidden' });
      await on.page.unrouteAll();
      await on.page.reload();
      await on.me.log.getByRole('button', { name: /64 (by|×) 48/ }).last().focus();
      await on.page.keyboard.press('Enter');
      await on.page.waitForFunction(() => document.querySelector('#viewer img')?.naturalWidth === 64);
    }],
  ],
  'searches': [
    ['hits in a chat', async (on) => {
      await on.escape();
      await on.at('dialog', 'view_title').waitFor({ state: 'hidden' });
      await on.press('chat_search');
      await on.at('searchbox', 'chat_search').fill('kumquat');
      await on.page.getByText('1 / 2', { exact: true }).waitFor();
    }],
    ['by whom, in a chat', async (on) => {
      await on.press('filter_from');
      await on.page.getByRole('menu').waitFor();
    }],
    ['when, in a chat, and none found', async (on) => {
      await on.item('filter_me').click();
      await on.text('chat_search_none').waitFor();
      await on.press('filter_days');
      await on.page.getByRole('menu').waitFor();
    }],
    ['days that are none', async (on) => {
      await on.item('filter_choose_days').click();
      await on.inDialog('textbox', 'days_last').fill('never');
      await on.inDialog('textbox', 'days_last').press('Enter');
      await on.invalid(on.inDialog('textbox', 'days_last'));
    }],
    ['people', async (on) => {
      await on.closeDialog();
      await on.home();
      await on.at('searchbox', 'search_hint').fill('bo');
      await on.me.row(/^bob/).waitFor();
    }],
    ['nobody and nothing', async (on) => {
      await on.at('searchbox', 'search_hint').fill('no such words');
      await on.text('search_none').waitFor();
    }],
    ['messages of all chats', async (on) => {
      await on.at('searchbox', 'search_hint').fill('kumquat');
      await on.me.friends.getByRole('list', { name: on.w('search_messages') }).getByRole('button').first().waitFor();
    }],
    ['by whom, in all chats', async (on) => {
      await on.press('filter_open');
      await on.press('filter_from');
      await on.page.getByRole('menu').waitFor();
    }],
    ['somebody to be chosen', async (on) => {
      await on.item('filter_person').click();
      await on.dialog.getByRole('button', { name: 'bob' }).waitFor();
    }],
    ['filtered', async (on) => {
      await on.dialog.getByRole('button', { name: 'bob' }).click();
      await on.dialog.waitFor({ state: 'detached' });
      await on.press('filter_pictures');
      await on.text('chat_search_none').waitFor();
    }],
    ['filtered by days', async (on) => {
      await on.press('filter_pictures');
      await on.press('filter_days');
      await on.item('filter_week').click();
      await on.button('filter_week').waitFor();
      await on.me.friends.getByRole('list', { name: on.w('search_messages') }).getByRole('button').first().waitFor();
    }],
  ],
  'the list': [
    ['by groups, with a draft, pinned and muted', async (on) => {
      await on.at('searchbox', 'search_hint').press('Escape');
      await on.me.friends.getByRole('list', { name: on.w('search_messages') }).waitFor({ state: 'detached' });
      await on.me.row(/^bob/).click();
      await on.me.composer.fill('a draft');
      await on.home();
      for (const key of ['row_pin', 'row_mute']) {
        await on.menu(on.me.row(/^bob/));
        await on.item(key).click();
        await on.page.getByRole('menu').waitFor({ state: 'detached' });
      }
      await on.press('list_groups');
      await on.button('list_groups').and(on.page.locator('[aria-pressed=true]')).waitFor();
    }],
    ['the menu of a chat', async (on) => on.menu(on.me.row(/^bob/))],
    ['a chat is to be deleted', async (on) => {
      await on.item('row_remove').click();
      await on.inDialog('button', 'cancel').waitFor();
    }],
    ['unread, and the line above what is new', async (on) => {
      await on.closeDialog();
      await on.press('list_groups');
      for (const text of ['new one', 'new two']) await bob.say(text);
      await on.me.row(/^bob\W.*2/).click();
      await on.text('chat_unread').waitFor();
    }],
  ],
  'requests': [
    ['taken back, and none left', async (on) => {
      await on.home();
      await on.me.askFirst();
      await on.me.friends.getByRole('button', { name: on.me.words.requests }).click();
      await on.press('req_withdraw_a11y');
      await on.text('req_none').waitFor();
    }],
    ['received', async (on) => {
      await cy.request(on.options.id, 'Hello');
      await on.button('req_accept_a11y').waitFor();
    }],
    ['accepted, with a remark and a group', async (on) => {
      await on.press('req_accept_a11y');
      await on.at('textbox', 'add_remark').waitFor();
    }],
    ['a group to be chosen for it', async (on) => {
      await on.press('add_groups');
      await on.page.getByRole('menu').waitFor();
    }],
    ['the new friend in the list', async (on) => {
      await on.closeMenu();
      await on.press('save');
      await on.at('textbox', 'add_remark').waitFor({ state: 'detached' });
      await on.press('chat_back');
      await on.home();
    }],
  ],
  'people': [
    ['somebody who is no friend', async (on) => {
      await on.page.goto(`${server.address}/#C2Cdan`);
      await on.text('stranger').waitFor();
    }],
    ['their profile', async (on) => {
      await on.press('row_profile');
      await on.inDialog('button', 'prof_add').waitFor();
    }],
    ['a message that they refuse', async (on) => {
      await on.closeDialog();
      await on.me.say('who are you?');
      await on.me.log.getByRole('article', { name: on.w('msg_err_not_friend') }).waitFor();
    }],
    ['its menu', async (on) => on.menu(on.me.message('who are you?'))],
    ['a friend\'s groups', async (on) => {
      await on.closeMenu();
      await on.page.goto(`${server.address}/#C2Cbob`);
      await on.page.getByRole('main').getByRole('heading', { name: 'bob' }).waitFor();
      await on.press('row_profile');
      await on.pressIn('add_groups');
      await on.page.getByRole('menu').waitFor();
    }],
    ['somebody is to be blocked', async (on) => {
      await on.closeMenu();
      await on.pressIn('prof_block');
      await on.inDialog('button', 'cancel').waitFor();
    }],
  ],
  'the settings': [
    ['who may ask', async (on) => {
      await on.closeDialog();
      await on.home();
      await on.me.openSettings();
      await on.dialog.getByRole('button', { name: on.me.words.allow }).click();
      await on.inDialog('radio', 'set_allow_confirm').waitFor();
    }],
    ['nobody blocked', async (on) => {
      await on.pressIn('chat_back');
      await on.dialog.getByRole('button', { name: on.w('set_blocked') }).click();
      await on.text('set_blocked_none').waitFor();
    }],
    ['somebody blocked', async (on) => {
      await on.closeDialog();
      await on.page.goto(`${server.address}/#C2Cdan`);
      await on.press('stranger_block');
      await on.inDialog('button', 'prof_block').click();
      await on.button('unblock').waitFor();
      await on.home();
      await on.me.openSettings();
      await on.dialog.getByRole('button', { name: on.w('set_blocked') }).click();
      await on.inDialog('button', 'set_unblock_a11y').waitFor();
    }],
    ['another device is to be signed out', async (on) => {
      on.other = await (await Person.open(await world(browser), server.address)).signIn(on.options.id);
      await on.pressIn('chat_back');
      await on.pressIn('set_sessions');
      await on.inDialog('button', 'sess_end_a11y').click();
      await on.inDialog('button', 'sess_end').waitFor();
    }],
    ['something copied', async (on) => {
      await on.pressIn('cancel');
      await on.inDialog('button', 'sess_end_a11y').waitFor();
      await on.pressIn('chat_back');
      await on.pressIn('set_edit_a11y');
      await on.pressIn('set_copy_id');
      await on.page.locator('[data-key=toast]').waitFor();
    }],
    ['signed out from elsewhere', async (on) => {
      await on.closeDialog();
      await on.other.openSettings();
      await on.other.dialog.getByRole('button', { name: 'My devices' }).click();
      await on.other.dialog.getByRole('button', { name: /^Sign out Chrome/ }).click();
      await on.other.dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
      await on.inDialog('button', 'net_again').waitFor();
      await on.other.page.context().close();
    }],
    ['who has signed in here', async (on) => {
      await on.pressIn('net_again');
      await on.button('login_chip').waitFor();
    }],
  ],
  'without a connection': [
    ['signing in', async (on) => {
      await on.open(server.address, '/', 'silent');
      await on.at('textbox', 'login_name').fill(on.options.id);
      await on.at('textbox', 'login_name').press('Enter');
      await on.button('login_busy').waitFor();
    }],
    ['the server not to be reached', async (on) => {
      await on.turn('cut');
      await on.button('msg_retry').waitFor();
    }],
    ['waiting for the friends', async (on) => {
      await on.turn('through');
      // What asks for another try is gone once the server is there.
      await on.at('textbox', 'login_name').press('Enter');
      await on.me.friends.waitFor();
      await on.turn('silent');
      await on.page.reload();
      await on.text('list_loading').waitFor();
    }],
    ['no connection, and a message that waits', async (on) => {
      await on.turn('through');
      await on.me.openChat(/^bob/);
      await on.turn('cut');
      await on.me.say('later');
      await on.me.seesState('later', on.w('msg_sending'));
    }],
    ['signing out would lose it', async (on) => {
      await on.home();
      await on.me.openSettings();
      await on.pressIn('set_out');
      await on.inDialog('button', 'cancel').waitFor();
    }],
    ['no connection, among the friends', async (on) => {
      await on.pressIn('cancel');
      await on.closeDialog();
      await on.text('net_offline').waitFor();
    }],
    ['a newer page is there', async (on) => {
      await on.open(server.address, '/', 'too old');
      await on.inDialog('button', 'net_reload_go').waitFor();
    }],
  ],
  'a server with UserSigs': [
    ['a wrong one, shown', async (on) => {
      await on.open(strict.address);
      await on.me.trySig(on.options.id, 'nonsense');
      await on.invalid(on.me.key);
      await on.press('login_show');
      await on.button('login_hide').waitFor();
    }],
  ],
  'without a server': [
    ['the login', async (on) => {
      await on.open(site.address);
      await on.text('login_local_title').waitFor();
      await on.button('login_import').waitFor();
    }],
    ['alone', async (on) => {
      await on.me.signIn(on.options.id);
      await on.button('second_go').waitFor();
    }],
    ['all data is to be erased', async (on) => {
      await on.me.openSettings();
      await on.pressIn('set_wipe');
      await on.inDialog('button', 'cancel').waitFor();
    }],
    ['the settings, and a newer version', async (on) => {
      await on.pressIn('cancel');
      await on.inDialog('button', 'set_export').waitFor();
      await on.page.evaluate(() => Kumquat.notice.show('update'));
    }],
  ],
  'in place of the page': [
    ['a lost picture', async (on) => {
      await on.open(server.address);
      await on.me.field(on.me.words.name, { exact: true }).waitFor();
      await on.page.evaluate(() => {
        window.lost = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
        window.lost.loseContext();
      });
      await on.page.locator('#restoring').waitFor();
    }],
    ...['broken', 'unsupported', 'file'].map((message) => [message, async (on) => {
      await on.open(server.address);
      await on.me.field(on.me.words.name, { exact: true }).waitFor();
      await on.page.evaluate((id) => Kumquat.showMessage(id), message);
      await on.page.locator(`#${message}`).getByRole('heading').filter({ visible: true }).waitFor();
    }]),
  ],
};

const walks = [
  ['Chinese, with a mouse', { lang: 'zh-CN', viewport: desktop, theme: 'light', nick: '小满', id: 'xiaoman', emoji: ['嘿嘿', '挥手'] }],
  ['English, on a phone', { lang: 'en-US', viewport: phone, theme: 'light', touch: true, ratio: 2, nick: 'Zoe', id: 'zoe', emoji: ['grinning face', 'waving hand'] }],
];

for (const [look, options] of walks) {
  const walk = new Walk(options);
  for (const [part, states] of Object.entries(parts)) {
    test(`${part}, accessible in every state: ${look}`, async () => {
      const broken = [];
      for (const [state, come] of states) {
        await come(walk);
        broken.push(...(await walk.problems()).map((line) => `${state}: ${line}`));
      }
      assert.deepEqual(broken, []);
      assert.deepEqual(walk.me.problems, []);
    });
  }
}
