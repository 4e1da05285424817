// Measures the static site in a real Chromium, from a plain file server on this machine: node tests/bench/site.mjs
// Figures only; nothing is asserted. KUMQUAT_DIST names the site, as script/dist writes it.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import { launch } from '../e2e/lib/browser.mjs';
import { Person, world } from '../e2e/lib/person.mjs';
import { dist, StaticSite } from '../e2e/lib/site.mjs';

const rounds = 5;
const messages = 60;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const show = (what, value, unit, goal) => console.log(`${what.padEnd(46)} ${value.toFixed(0).padStart(7)} ${unit.padEnd(5)} ${goal}`);

/** When the first field can be typed into, in milliseconds since the navigation began. */
const noteFirstField = () => {
  const look = () => {
    const field = document.querySelector('.field');
    if (field && field.getBoundingClientRect().width > 0 && !field.hidden) globalThis.__usable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

async function usable(context, address) {
  const page = await context.newPage();
  // A new window loads the browser's own start page, which would be measured too.
  await page.waitForTimeout(1500);
  await page.addInitScript(noteFirstField);
  await page.goto(address);
  const time = await (await page.waitForFunction(() => globalThis.__usable)).jsonValue();
  return { page, time };
}

const site = await StaticSite.start({ '/demo/': dist });
const address = `${site.address}/demo/`;
const browser = await launch();
const first = [];
for (let i = 0; i < rounds; i++) {
  const context = await world(browser);
  const { time } = await usable(context, address);
  first.push(time);
  await context.close();
}
show('first visit, cold, until it can be used', median(first), 'ms', 'goal: 1000');

const context = await world(browser);
const ann = await (await Person.open(context, site.address, '/demo/')).signIn('ann');
const opened = context.waitForEvent('page');
await ann.button('Open a second tab').click();
const bob = new Person(await opened, ann.words);
await bob.composer.waitFor();
await ann.openChat(/^Mandarin/);
await ann.page.evaluate(() => {
  addEventListener('keydown', (event) => { if (event.key === 'Enter') __pressed.push(performance.timeOrigin + event.timeStamp); }, true);
});
await bob.page.bringToFront();
// A frame ends with the mirror: what stands in it has just been painted.
await bob.page.evaluate(() => {
  new MutationObserver(() => {
    const shown = document.querySelectorAll('article, [role=article]');
    const last = /message \d+ (\d+)/.exec(shown[shown.length - 1]?.textContent ?? '');
    if (last) globalThis.__painted[last[1]] ??= performance.timeOrigin + performance.now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
});

/** The median way of so many messages, in milliseconds; `pause` lies between the last letter and Enter. */
async function wayOfMessages(pause) {
  await Promise.all([ann, bob].map(({ page }) => page.evaluate(() => { globalThis.__pressed = []; globalThis.__painted = []; })));
  for (let i = 0; i < messages; i++) {
    await ann.composer.fill(`message ${pause} ${i}`);
    await ann.page.waitForTimeout(pause);
    await ann.composer.press('Enter');
    await bob.sees(new RegExp(`message ${pause} ${i}$`));
    // What moves behind a new message has come to rest before the next.
    await ann.page.waitForTimeout(300);
  }
  const pressed = await ann.page.evaluate(() => globalThis.__pressed);
  const painted = await bob.page.evaluate(() => globalThis.__painted);
  return median(painted.map((at, i) => at - pressed[i]));
}

show('Enter in one tab until painted in the other', await wayOfMessages(300), 'ms', 'goal: 30');
// The frame that shows the other one typing is then still under way: a paste, or a test.
show('the same, Enter at once after the first letter', await wayOfMessages(0), 'ms', '');

await ann.page.evaluate(() => navigator.serviceWorker.ready);
const asked = new Set(site.requests.map((name) => name.replace('/demo/', '') || 'index.html'));
let bytes = 0;
for (const name of await readdir(dist)) {
  if (asked.has(name)) bytes += (await readFile(path.join(dist, `${name}.br`)).catch(() => readFile(path.join(dist, name)))).length;
}
show('all files of it, as brotli', bytes / 1024, 'KiB', 'goal: 400');

await site.stop();
const offline = [];
for (let i = 0; i < rounds; i++) {
  const { page, time } = await usable(context, address);
  offline.push(time);
  await page.close();
}
show('second visit, no network, until it can be used', median(offline), 'ms', 'goal: 500');
await browser.close();
