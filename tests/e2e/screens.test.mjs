// The main states in two sizes, light and dark, Chinese and English: axe-core finds nothing in any of them, what a
// finger uses is large enough, and a picture of each is written for people to look at.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { bringAxe, violations } from './lib/axe.mjs';
import { desktop, launch, phone, screenshot, shots } from './lib/browser.mjs';
import { Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';
import { smallTargets } from './lib/targets.mjs';

let server, browser, host, asker, asked;

before(async () => {
  server = await Server.start();
  browser = await launch();
  // A window for each: what lies behind others is drawn seldom, and is slow to answer.
  const open = async (name) => (await Person.open(await world(browser), server.address)).signIn(name);
  [host, asker, asked] = [await open('xiaochengzi'), await open('陈默'), await open('priya.nair')];
  await asked.askFirst();
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const looks = [
  ['desktop-light-zh', { lang: 'zh-CN', viewport: desktop, theme: 'light' }, 'haitang'],
  ['desktop-dark-en', { lang: 'en-US', viewport: desktop, theme: 'dark' }, 'maya.okafor'],
  ['phone-light-en', { lang: 'en-US', viewport: phone, theme: 'light', touch: true, ratio: 2 }, 'tomas'],
  ['phone-dark-zh', { lang: 'zh-CN', viewport: phone, theme: 'dark', touch: true, ratio: 2 }, 'linxiaoyu'],
];

for (const [look, options, name] of looks) {
  test(`the main states, accessible, within a finger's reach and pictured: ${look}`, async () => {
    const context = await world(browser, options);
    await bringAxe(context);
    const person = await Person.open(context, server.address);
    const written = [];
    const broken = [];
    const shoot = async (state) => {
      await screenshot(person.page, `${look}-${state}`);
      written.push(`${look}-${state}.png`);
      broken.push(...(await violations(person.page)).map((line) => `${state}: ${line}`));
      if (options.touch) broken.push(...(await smallTargets(person.page)).map((line) => `${state}: ${line}`));
    };
    await person.field(person.words.name, { exact: true }).waitFor();
    await shoot('login');
    await person.signIn(name);
    await shoot('friends-empty');
    await person.button(person.words.add).first().click();
    await person.page.getByRole('dialog').getByRole('textbox', { name: person.words.id }).fill('xiaochengzi');
    await shoot('add');
    await person.page.getByRole('dialog').getByRole('button', { name: person.words.addGo, exact: true }).click();
    await person.composer.waitFor();
    await host.openChat(new RegExp(`^${name}`));
    await host.say('早！金橘要先用盐水泡二十分钟，再去籽。');
    await host.say('Then simmer with rock sugar on low heat, about 40 min.');
    await person.sees('about 40 min.');
    await person.say('洗好了，看这个颜色！');
    await person.say('没问题。See you at 3 pm，楼下那家咖啡馆见。');
    await host.sees('See you at 3 pm');
    await host.say('好呀，那我带相机 📷');
    await person.sees('好呀，那我带相机');
    await shoot('chat');
    await person.button(person.words.search, { exact: true }).click();
    await shoot('chat-search');
    await person.page.keyboard.press('Escape');
    await person.message('那我带相机').focus();
    await person.page.keyboard.press('Shift+F10');
    await shoot('message-menu');
    await person.page.keyboard.press('Escape');
    await person.button(person.words.more, { exact: true }).click();
    await shoot('chat-menu');
    await person.page.keyboard.press('Escape');
    await person.button(person.words.profile, { exact: true }).click();
    await shoot('profile');
    await person.dialog.getByRole('button', { name: person.words.block, exact: true }).click();
    await shoot('question');
    await person.dialog.getByRole('button', { name: person.words.block, exact: true }).last().click();
    await person.button(person.words.unblock, { exact: true }).waitFor();
    await shoot('blocked');
    await person.button(person.words.unblock, { exact: true }).click();
    await person.composer.waitFor();
    if (options.touch) await person.button(person.words.back, { exact: true }).click();
    await person.askFirst();
    await asker.request(name, '我是周老师班上的陈默，上次爬山一起走的。');
    await person.request('priya.nair', 'Hola! 语言角认识的。');
    await shoot('friends');
    await person.button(person.words.filter, { exact: true }).click();
    await shoot('friends-filters');
    await person.button(person.words.filter, { exact: true }).click();
    await person.page.getByRole('button', { name: person.words.requests }).click();
    await shoot('requests');
    await person.button(person.words.back, { exact: true }).first().click();
    await person.openSettings();
    await shoot('settings');
    await person.dialog.getByRole('button', { name: person.words.sessions }).click();
    await shoot('sessions');
    await person.dialog.getByRole('button', { name: person.words.back, exact: true }).click();
    await person.dialog.getByRole('button', { name: person.words.edit }).click();
    await shoot('own-profile');
    await person.closeDialog();
    assert.deepEqual(broken, []);
    for (const file of written) assert.ok((await stat(path.join(shots, file))).size > 5000, file);
    assert.deepEqual(person.problems, []);
    await context.close();
  });
}
