// Friend requests, blocks, profiles and what is settled about a chat, between browsers and between tabs of one person.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob, annElsewhere;

before(async () => {
  server = await Server.start();
  browser = await launch();
  // Two browsers; the second one of ann's is a device of her own.
  ann = await (await Person.open(await world(browser), server.address)).signIn('ann');
  bob = await (await Person.open(await world(browser), server.address)).signIn('bob');
  annElsewhere = await (await Person.open(await world(browser), server.address)).signIn('ann');
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const heard = (person, text) => person.page.getByText(text).first().waitFor();
const gone = (locator) => locator.waitFor({ state: 'detached' });

async function openRequests(person) {
  await person.page.getByRole('button', { name: /^Friend requests/ }).click();
  await person.page.getByRole('navigation', { name: 'Friend requests' }).waitFor();
}

/** Uses an item of the menu that is open, and waits until the menu is gone: the next one may look the same. */
async function useMenu(person, item) {
  await person.page.getByRole('menuitem', { name: item, exact: true }).click();
  await gone(person.page.getByRole('menu'));
}

async function chatMenu(person, item) {
  await person.button('More', { exact: true }).click();
  await useMenu(person, item);
}

async function rowMenu(person, row, item) {
  await person.row(row).click({ button: 'right' });
  await useMenu(person, item);
}

test('bob wants to be asked first', () => bob.askFirst());

test('a request waits, is seen with a badge, and is withdrawn', async () => {
  await ann.request('bob', 'Hi, it is ann');
  await heard(ann, 'Request sent, waiting for a reply');
  await bob.page.getByRole('button', { name: 'Friend requests, 1 new' }).waitFor();
  await openRequests(ann);
  await ann.button('Withdraw the request to bob').click();
  await heard(ann, 'Request to bob withdrawn');
  await gone(bob.page.getByRole('button', { name: /^Friend requests/ }));
  await ann.button('Back').click();
});

test('a request is refused, and the next one accepted with a remark and a group', async () => {
  await ann.request('bob', 'Please?');
  await openRequests(bob);
  await bob.page.getByText('Please?').first().waitFor();
  await bob.button('Decline ann').click();
  await heard(bob, 'ann declined');
  await gone(ann.page.getByRole('button', { name: /^Friend requests/ }));
  await ann.request('bob', 'From the climbing hall');
  await bob.button('Accept ann').click();
  await bob.field('Remark').fill('Ann the climber');
  await bob.field('Group').fill('Climbing');
  await bob.button('Save').click();
  await heard(ann, 'bob accepted your request');
  await bob.button('Back').click();
  await bob.row(/^Ann the climber/).waitFor();
  await ann.row(/^bob/).waitFor();
  await annElsewhere.row(/^bob/).waitFor();
});

test('a name that is changed shows live, in the other browser and in old messages', async () => {
  await ann.openChat(/^bob/);
  await bob.openChat(/^Ann the climber/);
  await bob.say('hello ann');
  await ann.sees('hello ann');
  await bob.openSettings();
  await bob.dialog.getByRole('button', { name: 'Edit profile' }).click();
  await bob.dialog.getByRole('textbox', { name: 'Name' }).fill('小橙子');
  await bob.dialog.getByRole('button', { name: 'Save' }).click();
  await ann.page.getByRole('main').getByRole('heading', { name: '小橙子' }).waitFor();
  await ann.log.getByRole('article', { name: /^小橙子/ }).first().waitFor();
  await annElsewhere.row(/^小橙子/).waitFor();
  await bob.closeDialog();
});

test('a Chinese name is found by its pinyin', async () => {
  const search = ann.page.getByRole('searchbox', { name: 'Search people' })
    .or(ann.field('Search people')).first();
  for (const typed of ['xcz', 'xiaocheng', '橙']) {
    await search.fill(typed);
    await ann.row(/^小橙子/).waitFor();
  }
  await search.fill('xyz');
  await ann.page.getByText('Nothing found for "xyz"').first().waitFor();
  await search.fill('');
});

test('pins and mutes follow to the other device, and a muted chat does not count', async () => {
  await rowMenu(ann, /^小橙子/, 'Pin');
  await annElsewhere.row(/^小橙子.*pinned/).waitFor();
  await rowMenu(annElsewhere, /^小橙子/, 'Mute');
  await ann.row(/^小橙子.*pinned, muted/).waitFor();
  // With the chat open anywhere, what comes would be read at once.
  await ann.page.goto(server.address);
  await ann.row(/^小橙子.*pinned, muted/).waitFor();
  await bob.say('psst');
  await annElsewhere.row(/^小橙子, [12] unread.*muted/).waitFor();
  assert.equal(await annElsewhere.page.title(), 'Kumquat');
  await ann.openChat(/^小橙子/);
  await rowMenu(ann, /^小橙子/, 'Unmute');
  await rowMenu(ann, /^小橙子/, 'Unpin');
  await annElsewhere.page.waitForFunction(() => document.title === 'Kumquat' || document.title.startsWith('('));
});

test('a blocked person cannot write and is told so; unblocked, everything is as before', async () => {
  await chatMenu(ann, 'Block');
  await ann.dialog.getByRole('button', { name: 'Block' }).click();
  await ann.page.getByText('You blocked this person').first().waitFor();
  assert.equal(await ann.composer.isVisible(), false);
  await bob.say('can you hear me?');
  await bob.log.getByRole('article', { name: /Your message was refused$/ }).waitFor();
  assert.equal(await ann.message('can you hear me?').count(), 0);
  await ann.sees('hello ann');
  await ann.button('Unblock').click();
  await ann.composer.waitFor();
  await bob.button('Try again').click();
  await ann.sees('can you hear me?');
});

test('whoever takes messages from friends alone refuses those of strangers', async () => {
  await bob.openSettings();
  await bob.dialog.getByRole('switch', { name: 'Messages from friends only' }).click();
  await bob.dialog.locator('[role=switch][aria-checked=true][aria-label="Messages from friends only"]').waitFor();
  await bob.closeDialog();
  const cy = await (await Person.open(await world(browser), server.address, '/#C2Cbob')).signIn('cy');
  await cy.page.getByText('Not a friend yet').first().waitFor();
  await cy.say('who are you?');
  await cy.log.getByRole('article', { name: /They only take messages from friends$/ }).waitFor();
  await cy.page.context().close();
});

test('a chat is exported as the JSON of the tutorial and as text', async () => {
  const download = async (item) => {
    const [file] = await Promise.all([ann.page.waitForEvent('download'), chatMenu(ann, item)]);
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  };
  const json = await download('Export chat as JSON');
  assert.match(json.name, /\.json$/);
  const chat = JSON.parse(json.text);
  assert.equal(chat.name, '小橙子');
  assert.deepEqual(chat.message[0], { target: 'ann', name: '小橙子', mes: 'hello ann', picurl: '' });
  const text = await download('Export chat as text');
  assert.match(text.text, /小橙子: hello ann\n/);
});

test('a deleted chat is gone on both devices, and the friend stays', async () => {
  await rowMenu(ann, /^小橙子/, 'Delete chat');
  await ann.dialog.getByRole('button', { name: 'Delete chat' }).click();
  await ann.page.getByText('Pick a friend to start chatting').first().waitFor();
  await annElsewhere.row(/^小橙子/).click();
  await annElsewhere.composer.waitFor();
  await annElsewhere.message('hello ann').first().waitFor({ state: 'detached' });
  await bob.sees('hello ann');
});

test('a deleted friend is a stranger on both sides', async () => {
  await ann.openChat(/^小橙子/);
  await chatMenu(ann, 'Delete friend');
  await ann.dialog.getByRole('button', { name: 'Delete friend' }).click();
  await ann.page.getByText('Not a friend yet').first().waitFor();
  await bob.page.getByText('Not a friend yet').first().waitFor();
});

test('a shared link opens the add form, which takes a remark and a group', async () => {
  await ann.openSettings();
  await ann.dialog.getByRole('button', { name: 'Edit profile' }).click();
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.address });
  await ann.dialog.getByRole('button', { name: 'Copy link' }).click();
  await heard(ann, 'Copied');
  // By its key: the words also stand where a screen reader hears them.
  const toast = await ann.page.locator('[data-key=toast]').boundingBox();
  const name = await ann.dialog.getByRole('textbox', { name: 'Name' }).boundingBox();
  assert.ok(toast.y + toast.height <= name.y, 'it hides nothing of the dialog');
  const dialog = await ann.dialog.boundingBox();
  const middle = (box) => box.x + box.width / 2;
  assert.ok(Math.abs(middle(toast) - middle(dialog)) <= 1, 'it stands in the middle of the title row, between title and cross');
  const link = await ann.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, `${server.address}/#add=ann`);
  await ann.closeDialog();
  const dora = await Person.open(await world(browser), link, '');
  await dora.signIn('dora');
  await dora.dialog.waitFor();
  assert.equal(await dora.dialog.getByRole('textbox', { name: 'Their user ID' }).inputValue(), 'ann');
  await dora.dialog.getByText('You can chat at once').first().waitFor();
  await dora.dialog.getByRole('textbox', { name: 'Remark' }).fill('Ann next door');
  await dora.dialog.getByRole('textbox', { name: 'Group' }).fill('Neighbours');
  await dora.dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dora.composer.waitFor();
  await ann.row(/^dora/).waitFor();
  await dora.row(/^Ann next door/).waitFor();
  await dora.button('Friends by group').click();
  await dora.friends.getByRole('heading', { name: 'Neighbours', level: 3 }).waitFor();
  await dora.page.context().close();
});

test('another device is seen in the list and signed out from here', async () => {
  await ann.openSettings();
  await ann.dialog.getByRole('button', { name: 'My devices' }).click();
  await ann.dialog.getByText('This device').first().waitFor();
  await ann.dialog.getByRole('button', { name: /^Sign out Chrome, Linux/ }).click();
  await ann.dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
  await annElsewhere.page.getByRole('dialog', { name: /signed out elsewhere|sign-in has expired/ }).waitFor();
  await gone(ann.dialog.getByRole('button', { name: /^Sign out Chrome, Linux/ }));
  await ann.closeDialog();
});

test('whoever is added one way has got no friend by it', async () => {
  await bob.button('Add a friend').first().click();
  await bob.dialog.getByRole('textbox', { name: 'Their user ID' }).fill('ann');
  await bob.dialog.getByRole('switch', { name: 'Only in my list' }).click();
  await bob.dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await gone(bob.dialog);
  await gone(bob.page.getByText('Not a friend yet').first());
  await ann.page.getByText('Not a friend yet').first().waitFor();
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems, ...annElsewhere.problems], []);
});
