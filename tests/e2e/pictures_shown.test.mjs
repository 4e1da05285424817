// Pictures as they are seen: the right way up whichever way the camera was held, and moving if they move.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { becomes, pair, world } from './lib/person.mjs';
import { sendPicture } from './lib/pictures.mjs';
import { colourAt, difference } from './lib/pixels.mjs';
import { Server } from './lib/server.mjs';

let server, browser, ann, bob;

before(async () => {
  server = await Server.start();
  browser = await launch();
  [ann, bob] = await pair(server.address, await world(browser), await world(browser));
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const shown = (person, from, size) => person.log.getByRole('button', { name: `Picture from ${from}, ${size}` });
const viewer = (person) => person.page.getByRole('dialog', { name: 'Picture' });
const shot = async (person, target) => (await person.page.screenshot({ clip: await target.boundingBox() })).toString('base64');

async function openViewer(person, picture) {
  await picture.focus();
  await person.page.keyboard.press('Enter');
  await viewer(person).getByRole('img').waitFor();
}

/** A JPEG of two halves, red above and blue below, of which the camera says how it was held. */
async function photo(turn) {
  const bytes = Buffer.from(await ann.page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 240];
    const context = canvas.getContext('2d');
    for (const [colour, y] of [['#f00', 0], ['#00f', 120]]) {
      context.fillStyle = colour;
      context.fillRect(0, y, 320, 120);
    }
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.95); });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }));
  const exif = Buffer.from([...Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0', 'latin1'), turn, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xFF, 0xE1, 0, exif.length + 2]), exif, bytes.subarray(2)]);
}

const red = ([r, g, b]) => r > 200 && g < 60 && b < 60;
const blue = ([r, g, b]) => r < 60 && g < 60 && b > 200;

test('a photo of a camera that was turned arrives upright, in the chat and in full size', async () => {
  // 6: what is stored above belongs to the right.
  await sendPicture(ann, { name: 'turned.jpg', mimeType: 'image/jpeg', buffer: await photo(6) });
  for (const [person, from] of [[bob, 'ann'], [ann, 'you']]) {
    const picture = shown(person, from, '240 by 320');
    await picture.waitFor();
    const halves = async (target) => {
      const png = await shot(person, target);
      const [left, right, above, below] = await Promise.all(
        [[0.25, 0.5], [0.75, 0.5], [0.75, 0.2], [0.25, 0.8]].map(([x, y]) => colourAt(browser, png, x, y)));
      return blue(left) && red(right) && red(above) && blue(below);
    };
    await becomes(() => halves(picture), true, `in the chat of ${person === bob ? 'bob' : 'ann'}`);
    await openViewer(person, picture);
    const image = viewer(person).getByRole('img');
    await becomes(() => image.evaluate((node) => [node.naturalWidth, node.naturalHeight]), [240, 320]);
    await becomes(() => halves(image), true, 'in full size');
    await person.page.keyboard.press('Escape');
    await viewer(person).waitFor({ state: 'hidden' });
  }
});

test('a moving picture moves in full size', async () => {
  const moving = await readFile(new URL('../picture/files/moving.gif', import.meta.url));
  await sendPicture(ann, { name: 'moving.gif', mimeType: 'image/gif', buffer: moving });
  const picture = shown(bob, 'ann', '16 by 12');
  await picture.waitFor();
  await openViewer(bob, picture);
  const image = viewer(bob).getByRole('img');
  await becomes(() => image.evaluate((node) => node.complete && node.naturalWidth), 16);
  const seen = [await shot(bob, image)];
  const another = () => becomes(async () => {
    const now = await shot(bob, image);
    const moved = await difference(browser, seen.at(-1), now) !== '';
    if (moved) seen.push(now);
    return moved;
  }, true, 'another picture');
  await another();
  await another();
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
