// Debian's Firefox in a window that nobody sees, driven over WebDriver BiDi by puppeteer-core.
import { spawn } from 'node:child_process';

import puppeteer from 'puppeteer-core';

const executablePath = process.env.KUMQUAT_FIREFOX ?? '/usr/bin/firefox-esr';

/** A display of our own: without a window Firefox has no WebGL here. */
async function display() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((resolve, reject) => {
    child.stdio[3].once('data', (data) => resolve(String(data).trim()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return { name: `:${number}`, end: () => child.kill() };
}

export async function launchFirefox() {
  const screen = await display();
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath, headless: false, protocolTimeout: 120_000,
    extraPrefsFirefox: { 'webgl.force-enabled': true, 'security.sandbox.content.level': 0, 'intl.accept_languages': 'en-US' },
    env: { ...process.env, DISPLAY: screen.name, LIBGL_ALWAYS_SOFTWARE: '1', MOZ_DISABLE_CONTENT_SANDBOX: '1' },
  });
  return { browser, end: async () => { await browser.close(); screen.end(); } };
}

/** One tab; found by role and name, as lib/person.mjs does it in Chromium. */
export class FirefoxTab {
  constructor(page) {
    this.page = page;
    this.problems = [];
    page.setDefaultTimeout(120_000);
    page.on('pageerror', (error) => {
      // The browser itself says so when a server is away; the page shows it in its own way.
      if (!/^Firefox can.t establish a connection to the server at ws:/.test(error.message)) this.problems.push(error.message);
    });
  }

  static async open(browser, address) {
    const tab = new FirefoxTab(await browser.newPage());
    await tab.page.goto(address);
    return tab;
  }

  // Puppeteer has no way to find by role in every browser; these are the attributes that roles and names are made of.
  async find(what) {
    const [tag, name] = what;
    return this.page.waitForFunction((wanted, label) => [...document.querySelectorAll(wanted)].find((node) =>
      (node.getAttribute('aria-label') || node.textContent || '').startsWith(label) && node.getClientRects().length > 0) || null, {}, tag, name);
  }
  field(name) { return this.find(['input, textarea', name]); }
  button(name) { return this.find(['button', name]); }

  /** A tab behind another one draws nothing, and so has nothing new to be found. */
  async press(name) {
    await this.page.bringToFront();
    await (await this.button(name)).asElement().click();
  }

  /** Presses what opens another tab. */
  async pressForTab(name) {
    const before = await this.page.browser().pages();
    await this.press(name);
    for (;;) {
      const opened = (await this.page.browser().pages()).find((page) => !before.includes(page));
      if (opened) return new FirefoxTab(opened);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async type(name, text) {
    await this.page.bringToFront();
    const field = (await this.field(name)).asElement();
    await field.click();
    await field.type(text);
    await field.press('Enter');
  }

  async sees(text) {
    await this.page.bringToFront();
    await this.page.waitForFunction((wanted) => [...document.querySelectorAll('article')].some((node) => node.textContent.includes(wanted)), {}, text);
  }
}
