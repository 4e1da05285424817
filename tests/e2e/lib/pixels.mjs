// What a person sees, as pixels.

/** The page with nothing under the pointer and no caret in it, as PNG in base64. */
export async function picture(page, options = {}) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  await page.evaluate(() => window.__idle());
  return (await page.screenshot(options)).toString('base64');
}

/**
 * The colours of a PNG in base64, as '#rrggbb', and which part of it each of them covers; the most frequent one first.
 * `browser` decodes it, in a page of its own that knows nothing of ours.
 */
export async function colours(browser, png) {
  const page = await browser.newPage();
  try {
    return await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const counts = new Map();
      for (let i = 0; i < data.length; i += 4) {
        const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return [...counts].sort((one, other) => other[1] - one[1])
        .map(([colour, count]) => ({ colour: `#${colour.toString(16).padStart(6, '0')}`, part: count * 4 / data.length }));
    }, png);
  } finally {
    await page.close();
  }
}
