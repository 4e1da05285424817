// The page begins with a part of its program and its scripts; what comes later (web/page/rest.js) is missed by nobody.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { desktop, launch, phone } from './lib/browser.mjs';
import { becomes, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann;

before(async () => {
  server = await Server.start();
  browser = await launch();
  const context = await world(browser);
  ann = await (await Person.open(context, server.address)).signIn('ann');
  for (const name of ['eli', 'dan']) await (await Person.open(await world(browser), server.address)).signIn(name);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

// Holds back what comes later; `asked` has how it was asked for: by "fetch" and "script" in good time, by "xhr" when needed.
async function holdRest(context) {
  const asked = [];
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  await context.route(/\/rest\.[0-9a-f]+\.(js|wasm)$/, async (route) => {
    const kind = route.request().resourceType();
    asked.push(kind);
    if (kind !== 'xhr') await released;
    await route.continue();
  });
  return { asked, release };
}

/** The rest was asked for, and not needed so far; then it comes. */
async function inGoodTime({ asked, release }) {
  await becomes(() => asked.length > 0, true, 'the rest is asked for');
  assert.deepEqual([...new Set(asked)], ['fetch']);
  release();
  await becomes(() => asked.includes('script'), true, 'its scripts are asked for, too');
}

for (const [look, options] of [
  ['desktop', { viewport: desktop }], ['phone, Chinese', { viewport: phone, touch: true, ratio: 2, lang: 'zh-CN' }],
]) {
  const name = options.touch ? 'cat' : 'bob';

  test(`a chat does without what comes later: ${look}`, async () => {
    const context = await world(browser, options);
    const rest = await holdRest(context);
    const other = await (await Person.open(context, server.address)).signIn(name);
    await ann.add(name);
    await ann.say('hello');
    await other.openChat(/^ann/);
    await other.sees('hello');
    await other.say('answer');
    await ann.sees('answer');
    await other.page.reload();
    await other.sees('answer');
    await inGoodTime(rest);
    assert.deepEqual(other.problems, []);
    await context.close();
  });

  test(`so does one of many, with a history: ${look}`, async () => {
    const user = `${name}.known`;
    const known = await (await Person.open(await world(browser), server.address)).signIn(user);
    for (const friend of ['eli', 'dan', 'ann']) await known.add(friend);
    for (let i = 1; i <= 60; i += 1) await known.say(`line ${i}.`);
    await known.say('A message that is longer than any row of a list, and has to be cut there. '.repeat(3));
    await known.seesState('longer than any row', 'Sent');
    await known.page.context().close();

    const context = await world(browser, options);
    const rest = await holdRest(context);
    const again = await (await Person.open(context, server.address)).signIn(user);
    await again.openChat(/^ann/);
    await again.sees('line 60.');
    await again.say('answer');
    await again.sees('answer');
    await inGoodTime(rest);
    assert.deepEqual(again.problems, []);
    await context.close();
  });
}

test('a network that breaks before the rest has come leaves a chat that waits for it', async () => {
  const context = await world(browser);
  const rest = await holdRest(context);
  let broken = false;
  let line;
  await context.routeWebSocket(/\/ws$/, (socket) => {
    line = socket;
    if (broken) socket.close();
    else socket.connectToServer();
  });
  const fay = await (await Person.open(context, server.address)).signIn('fay');
  await ann.add('fay');
  await ann.say('hello');
  await fay.openChat(/^ann/);
  await fay.sees('hello');
  broken = true;
  await line.close();
  await fay.say('later');
  await fay.page.getByText('No connection').first().waitFor();
  broken = false;
  await ann.sees('later');
  await inGoodTime(rest);
  assert.deepEqual(fay.problems, []);
  await context.close();
});

test('what is wanted earlier is waited for', async () => {
  const context = await world(browser);
  const { asked } = await holdRest(context);
  const dan = await (await Person.open(context, server.address)).signIn('dan');
  await dan.openSettings();
  await dan.closeDialog();
  await dan.openSettings();
  assert.deepEqual(asked.filter((kind) => kind === 'xhr'), ['xhr']);
  assert.deepEqual(dan.problems, []);
  await context.close();
});

test('without a network the person is asked whether to try again', async () => {
  const context = await world(browser);
  let broken = true;
  await context.route(/\/rest\.[0-9a-f]+\.wasm$/, (route) => (broken ? route.abort() : route.continue()));
  const eve = await (await Person.open(context, server.address)).signIn('eve');
  const words = [];
  eve.page.on('dialog', (dialog) => {
    words.push(dialog.message());
    broken = words.length < 2;
    dialog.accept();
  });
  await eve.openSettings();
  assert.deepEqual(words, Array(2).fill('A part of the page that is needed now could not be loaded. Try again?'));
  await eve.closeDialog();
  await context.close();
});
