// The plug is pulled: tabs offline, the server killed and brought back, reloads in between. Nothing is lost, nothing comes twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, pair, Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, contexts, ann, bob;

const count = (texts, text) => texts.filter((each) => each.includes(text)).length;

before(async () => {
  server = await Server.start();
  browser = await launch();
  contexts = [await world(browser), await world(browser)];
  [ann, bob] = await pair(server.address, contexts[0], contexts[1]);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

test('a message to somebody who is away waits for them', async () => {
  await bob.page.close();
  await ann.say('for later');
  await ann.seesState('for later', 'Sent');
  bob = await (await Person.open(contexts[1], server.address)).signIn('bob');
  await bob.row(/^ann, 1 unread/).click();
  await bob.sees('for later');
  await ann.seesState('for later', 'Read');
});

test('what is written offline goes out when the network is back, in order', async () => {
  await contexts[0].setOffline(true);
  await server.down('SIGKILL');  // setOffline alone leaves open sockets open
  for (const text of ['one', 'two', 'three']) await ann.say(`offline ${text}`);
  await ann.seesState('offline three', 'Sending');
  await server.up();
  await contexts[0].setOffline(false);
  const arrived = async () => (await bob.texts()).map((text) => /offline (\w+)/.exec(text)?.[1]).filter(Boolean);
  await becomes(arrived, ['one', 'two', 'three']);
});

test('the page says that the server is gone, and that it is back', async () => {
  await server.down('SIGTERM');
  await ann.page.getByText('No connection. Messages go out when it is back.').first().waitFor();
  await server.up();
  await ann.page.getByText('No connection. Messages go out when it is back.').first().waitFor({ state: 'detached' });
});

test('an unsent message survives a reload while the server is down', async () => {
  await server.down('SIGKILL');
  await ann.say('written in the dark');
  await ann.seesState('written in the dark', 'Sending');
  // The shell comes from the server too, so it has to be there for a reload; what was unsent must not go before it is stored.
  await server.up();
  await ann.page.reload();
  await ann.composer.waitFor();
  await ann.sees('written in the dark');
  await bob.sees('written in the dark');
  assert.equal(count(await bob.texts(), 'written in the dark'), 1);
});

test('a server killed between messages loses none that was acknowledged', async () => {
  for (let round = 0; round < 3; round += 1) {
    const text = `round ${round} begins`;
    await ann.say(text);
    await ann.seesState(text, '(Sent|Read)');
    await server.down('SIGKILL');
    await server.up();
    await bob.sees(text);
  }
  await ann.page.reload();
  const rounds = async (tab) => (await tab.texts()).map((text) => /round \d begins/.exec(text)?.[0]).filter(Boolean);
  for (const tab of [ann, bob]) await becomes(() => rounds(tab), ['round 0 begins', 'round 1 begins', 'round 2 begins']);
});

test('the page had no error', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
