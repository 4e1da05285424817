// Whether the page's own text of a message lies on the drawn one. To be run in the page.

/** One line for everything that is further away than rounding makes it, in the messages with `wanted`; CSS pixels. */
export function linesOff(wanted) {
  const off = [];
  const place = (element) => Kumquat.mirror.byKey.get(element.dataset.key).place;
  const within = (name, value) => (Math.abs(value) > 2 ? `${value} ${name}` : '');
  for (const article of document.querySelectorAll('article')) {
    if (!article.textContent.includes(wanted)) continue;
    for (const piece of article.querySelectorAll('p .text')) {
      // Without the blank that it ends with, which has no width in Firefox at the end of a line.
      const text = piece.textContent.trimEnd();
      if (text === '') continue;
      const blank = piece.textContent.slice(text.length).replaceAll('\n', '').replaceAll('\t', '    ');
      const words = document.createRange();
      words.setStart(piece.firstChild, 0);
      words.setEnd(piece.firstChild, text.length);
      const [box, all] = [words, piece.closest('p')].map((what) => what.getBoundingClientRect());
      const [line, { left, width, font }] = [piece.parentElement, piece].map(place);
      const problems = [
        within('to the right', box.left - all.left - line.left - left),
        within('wider', box.width - width + Kumquat.glyphs.cssWidth(blank, font)),
        within('below', box.top + box.height / 2 - all.top - line.top - line.height / 2),
      ].filter((problem) => problem !== '');
      if (problems.length > 0) off.push(`${text.slice(0, 20)}: ${problems.join(', ')}`);
    }
  }
  return off;
}
