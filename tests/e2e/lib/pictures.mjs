// Pictures as a person chooses them.

/** A PNG that does not compress: noise of a seed. */
export function noise(person, width, height, seed = 1) {
  return person.page.evaluate(async ([w, h, from]) => {
    const canvas = document.createElement('canvas');
    canvas.width = w;
    canvas.height = h;
    const context = canvas.getContext('2d');
    const image = context.createImageData(w, h);
    let state = from;
    for (let i = 0; i < image.data.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      image.data[i] = i % 4 === 3 ? 255 : state >>> 24;
    }
    context.putImageData(image, 0, 0);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  }, [width, height, seed]).then((bytes) => Buffer.from(bytes));
}

/** Through the file chooser of the composer. */
export async function choose(person, ...chosen) {
  const opened = person.page.waitForEvent('filechooser');
  await person.button('Send a picture').click();
  await (await opened).setFiles(chosen);
}

/** Chooses one and sends it. */
export async function sendPicture(person, file) {
  await choose(person, file);
  await person.page.getByRole('list', { name: 'Pictures to send' }).getByRole('img').first().waitFor();
  await person.composer.press('Enter');
}
