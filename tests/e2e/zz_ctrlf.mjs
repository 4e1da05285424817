import { spawn, execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { Person, world } from './lib/person.mjs';
import { Server } from './lib/server.mjs';
const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
const number = await new Promise((resolve) => child.stdio[3].once('data', (d) => resolve(String(d).trim())));
const env = { ...process.env, DISPLAY: `:${number}` };
const server = await Server.start();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: false, env, args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--window-position=0,0', '--window-size=1300,950'] });
try {
  const context = await world(browser, {});
  const b = await (await Person.open(context, server.address)).signIn('bob');
  await b.page.close();
  const ann = await (await Person.open(context, server.address)).signIn('ann');
  await ann.add('bob');
  await ann.say('The kumquat is a small citrus fruit that is eaten whole, peel and all; the peel is sweet and the flesh is sour');
  for (let i = 0; i < 22; i++) await ann.say('filling\nnumber ' + i);
  const look = () => ann.page.evaluate(async () => { await window.__idle(); const log = document.querySelector('[role=log]'); const b = log.getBoundingClientRect();
    return { top: log.scrollTop, box: [b.top, b.bottom], rows: [...log.querySelectorAll('article')].filter((a) => { const r = a.getBoundingClientRect(); return r.bottom > b.top && r.top < b.bottom; }).map((a) => a.textContent.replace(/\s+/g, ' ').slice(0, 20)) }; });
  const keys = (...k) => execFileSync('python3', ['/tmp/xkey.py', ...k], { env });
  console.log(JSON.stringify(await look()));
  await ann.page.bringToFront();
  await ann.page.mouse.click(700, 400);
  keys('Control_L+f'); await ann.page.waitForTimeout(1500);
  keys('s', 'm', 'a', 'l', 'l', 'Return'); await ann.page.waitForTimeout(2500);
  console.log('small', JSON.stringify(await look()));
  execFileSync('import', ['-window', 'root', '/tmp/ctrlf1.png'], { env, stdio: 'ignore' });
} catch (e) { console.log(String(e)); }
try { keysEsc(); } catch {}
function keysEsc() { execFileSync('python3', ['/tmp/xkey.py', 'Escape'], { env }); }
await browser.close(); await server.end(); child.kill();
