// Letters of the scripts of the world, in a message: drawn as the browser itself sets the same line. A script that this machine
// has no font for is left out, and named.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch } from './lib/browser.mjs';
import { noFont, scripts } from './lib/fonts.mjs';
import { becomes, pair, Person, world } from './lib/person.mjs';
import { colours, difference, inkDifference } from './lib/pixels.mjs';
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

/** A line is drawn as the browser sets it, and where. */
async function isAsSet(line) {
  const clip = await line.boundingBox();
  const shot = async () => (await ann.page.screenshot({ clip })).toString('base64');
  await ann.page.evaluate(() => window.__idle());
  const drawn = await shot();
  // The same line of the mirror, which nobody sees otherwise, in place of the drawing.
  await line.evaluate((node) => {
    document.getElementById('canvas').style.visibility = 'hidden';
    node.style.color = 'black';
  });
  const set = await shot();
  await line.evaluate((node) => {
    document.getElementById('canvas').style.visibility = '';
    node.style.color = '';
  });
  // What stands the other way round differs by a third and more; small letters at parts of a pixel by about a tenth.
  const { straight, mirrored } = await inkDifference(browser, drawn, set);
  assert.ok(straight < mirrored / 2, `${straight} of the ink differs, of the other way round ${mirrored}`);
}

for (const [script, text] of Object.entries(scripts)) {
  test(`a line is drawn as the browser sets it: ${script}`, { skip: noFont(script) }, async () => {
    await bob.say(text);
    await ann.sees(text);
    const line = ann.message(text).locator('.text').first();
    assert.equal(await line.textContent(), text);
    await isAsSet(line);
  });
}

test('accents stand above their letters, in the drawing and in the page', async () => {
  const wider = (person) => person.page.evaluate(() => {
    const right = (letter) => {
      const { numbers: [left, , across] } = Kumquat.glyphs.box(0, letter, 64);
      return left + across;
    };
    // A reader of the page's text has to find it where it is drawn.
    const line = document.createElement('span');
    document.getElementById('dom').append(line);
    line.style.fontSize = '64px';
    const across = (letter) => {
      line.textContent = letter.repeat(10);
      return line.getBoundingClientRect().width / 10;
    };
    const found = [...'ČčŁĘŚšŽžřğŐűΆάϊώЀйўộằẤ'].filter((letter) => {
      const base = letter.normalize('NFD')[0];
      return right(letter) > right(base) + 8 || across(letter) > across(base) + 8;
    });
    line.remove();
    return found;
  });
  // A font is there when the browser has looked for it.
  await becomes(() => wider(ann), []);
});

test('letters beside an emoji have the colour of letters, and the emoji its own', { skip: noFont('Arabic') ?? noFont('emoji') }, async () => {
  await bob.say('الكمكوات 7 لذيذ 🍊');
  const line = ann.message('🍊').filter({ hasText: 'الكمكوات' }).locator('.text').first();
  await line.waitFor();
  await ann.page.evaluate(() => window.__idle());
  const clip = await line.boundingBox();
  const seen = await colours(browser, (await ann.page.screenshot({ clip })).toString('base64'));
  const channels = ({ colour }) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  assert.ok(seen.some((each) => Math.max(...channels(each)) < 80), 'something as dark as a letter');
  assert.ok(seen.some((each) => channels(each)[0] - channels(each)[2] > 120), 'something as orange as an orange');
});

test('lines of Arabic begin at the right, a word of Latin at their beginning or not', { skip: noFont('Arabic') }, async () => {
  const words = 'في صباح يوم مشمس ذهبت إلى السوق لشراء بعض kumquats الطازجة لصنع المربى اللذيذ ';
  await bob.say(words.repeat(3));
  await ann.sees('المربى');
  // All but the blanks that lines end with.
  const line = ann.message('المربى').locator('.text').filter({ hasText: /\S/ });
  const boxes = await line.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON()));
  assert.ok(boxes.length > 1, `${boxes.length} lines`);
  for (const { right } of boxes) assert.ok(Math.abs(right - boxes[0].right) <= 2, `${right} and ${boxes[0].right}`);
  assert.ok(new Set(boxes.map(({ left }) => Math.round(left))).size > 1, 'they end where they end');
  await isAsSet(line.first());
});

test('a line of Arabic that a break makes begin with Latin is selected where it is drawn', { skip: noFont('Arabic') }, async () => {
  await bob.say('الكمكوات لذيذة kumquats '.repeat(20));
  const lines = ann.message('لذيذة kumquats').locator('.text');
  await lines.first().waitFor();
  const latin = (await lines.allTextContents()).findIndex((words) => words.startsWith('kumquats'));
  assert.ok(latin > 0, 'a line begins with Latin');
  await isAsSet(lines.nth(latin));
});

test('more letters than textures have room for: those that were dropped come back', async () => {
  const context = await world(browser, { viewport: { width: 390, height: 844 }, ratio: 3 });
  await context.addInitScript(() => {
    window.drawn = 0;
    const { texSubImage2D } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.texSubImage2D = function (...args) {
      window.drawn += 1;
      return texSubImage2D.apply(this, args);
    };
  });
  const cai = await (await Person.open(context, server.address)).signIn('cai');
  await cai.add('bob');
  await bob.openChat(/^cai/);
  // None of its letters is among those that follow.
  const first = '清風酒醉長路還鄉';
  /** The newest message, as it looks, and how many letters were drawn into textures for it. */
  async function shown(text) {
    const before = await cai.page.evaluate(() => window.drawn);
    await bob.say(text);
    const line = cai.message(text).locator('.text').last();
    await line.waitFor();
    await cai.page.evaluate(() => window.__idle());
    const picture = (await cai.page.screenshot({ clip: await line.boundingBox() })).toString('base64');
    return { picture, letters: await cai.page.evaluate(() => window.drawn) - before };
  }
  const before = await shown(first);
  // Each is some 48 pixels high and wide, and the largest texture 4,096.
  for (let at = 0; at < 8000; at += 400) {
    const han = Array.from({ length: 400 }, (_, i) => String.fromCodePoint(0x4E00 + at + i)).join('');
    await bob.say(han);
    await cai.sees(han);
    await cai.page.evaluate(() => window.__idle());
  }
  const again = await shown(first);
  assert.ok(again.letters >= first.length, `${again.letters} letters drawn anew`);
  assert.equal(await difference(browser, before.picture, again.picture), '');
  await context.close();
});

test('the pages had no error and broke no policy', () => {
  assert.deepEqual([...ann.problems, ...bob.problems], []);
});
