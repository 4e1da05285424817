// Debian's Chromium, driven by playwright-core.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';

const executablePath = process.env.KUMQUAT_CHROMIUM ?? '/usr/bin/chromium';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

export async function launch() {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  });
}

/** Where screenshots go; the run's owner looks at them. */
export const shots = path.join(process.env.KUMQUAT_ARTIFACTS ?? 'build/test-artifacts', 'screenshots');

export async function screenshot(page, name) {
  await mkdir(shots, { recursive: true });
  await page.evaluate(() => window.__idle?.());
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
}
