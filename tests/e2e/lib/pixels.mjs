// What a person sees, as pixels.

/** The page with nothing under the pointer and no caret in it, as PNG in base64. */
export async function picture(page, options = {}) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  await page.evaluate(() => window.__idle());
  return (await page.screenshot(options)).toString('base64');
}

/** Does something with PNGs in base64, decoded: in a page of its own that knows nothing of ours. */
async function decoded(browser, pngs, use) {
  const page = await browser.newPage();
  try {
    return await page.evaluate(async ([files, source]) => {
      const images = await Promise.all(files.map(async (base64) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      }));
      return (0, eval)(source)(...images);
    }, [pngs, `(${use})`]);
  } finally {
    await page.close();
  }
}

/** The colours of a picture as '#rrggbb', and which part of it each of them covers; the most frequent one first. */
export const colours = (browser, png) => decoded(browser, [png], ({ data }) => {
  const counts = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1])
    .map(([colour, count]) => ({ colour: `#${colour.toString(16).padStart(6, '0')}`, part: count * 4 / data.length }));
});

/** The colour at a place of a picture, [red, green, blue]; x and y are parts of its width and height. */
export const colourAt = (browser, png, x, y) => decoded(browser, [png], `({ data, width, height }) => {
  const at = 4 * (Math.floor(${y} * height) * width + Math.floor(${x} * width));
  return [...data.slice(at, at + 3)];
}`);

/**
 * Where two pictures of the same size differ, in words; '' if they are the same. A step of one in 256, which nobody sees, is none:
 * where in its texture a letter lies decides how the GPU rounds it, and that differs from start to start.
 */
export async function difference(browser, one, other) {
  if (one === other) return '';
  return decoded(browser, [one, other], (a, b) => {
    let [left, top, right, bottom, count] = [a.width, a.height, -1, -1, 0];
    for (let i = 0; i < a.data.length; i += 4) {
      if ([i, i + 1, i + 2].every((at) => Math.abs(a.data[at] - b.data[at]) <= 1)) continue;
      const [x, y] = [i / 4 % a.width, Math.floor(i / 4 / a.width)];
      [left, top, right, bottom, count] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y), count + 1];
    }
    return count === 0 ? '' : `${count} pixels between ${left}, ${top} and ${right}, ${bottom}`;
  });
}

/** The page once it looks the same for two seconds: what comes and goes at the start has gone. */
export async function settledPicture(page) {
  let last = '';
  for (let tries = 0; tries < 30; ++tries) {
    const now = await picture(page);
    if (now === last) return now;
    last = now;
    await page.waitForTimeout(2000);
  }
  throw new Error('the page looks different every two seconds');
}

/**
 * How much of the ink of two pictures of the same line lies apart, 0 to 1, whatever its colour and that of the ground, which is in
 * their corners; and how much of it would if one of them stood the other way round. A pixel up or down, left or right is no matter.
 */
export const inkDifference = (browser, one, other) => decoded(browser, [one, other], (a, b) => {
  const { width, height } = a;
  const near = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => [x, y]));
  const at = (parts, x, y) => (x >= 0 && y >= 0 && x < width && y < height ? parts[y * width + x] : 0);
  const ink = ({ data }) => {
    const sharp = Array.from({ length: width * height }, (_, i) => Math.max(...[0, 1, 2].map((k) => Math.abs(data[4 * i + k] - data[k]))));
    // Edges may lie at other parts of a pixel.
    const soft = sharp.map((_, i) => near.reduce((sum, [x, y]) => sum + at(sharp, i % width + x, Math.floor(i / width) + y), 0));
    const all = soft.reduce((sum, part) => sum + part, 0);
    return soft.map((part) => part / all);
  };
  const [first, second] = [ink(a), ink(b)];
  const apart = (place) => Math.min(...near.map(([x, y]) => first.reduce(
    (sum, part, i) => sum + Math.abs(part - at(second, place(i % width) + x, Math.floor(i / width) + y)), 0) / 2));
  return { straight: apart((x) => x), mirrored: apart((x) => width - 1 - x) };
});
