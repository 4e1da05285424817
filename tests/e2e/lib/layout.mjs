// What lies where on the page, by the boxes of the letters themselves.

/**
 * One line for everything that is out of place: words over other words, words and controls beyond their pane, their message or the
 * window. What a list, the messages or a dialog scroll away counts as far as it is seen.
 */
export async function misplaced(page) {
  await page.evaluate(() => window.__idle());
  return page.evaluate(() => {
    const slack = 1;  // half a pixel on either side, at every ratio
    const found = [];
    const clip = (box, by) => {
      const [left, top, right, bottom] = [Math.max(box.left, by.left), Math.max(box.top, by.top), Math.min(box.right, by.right), Math.min(box.bottom, by.bottom)];
      return right - left > slack && bottom - top > slack ? { left, top, right, bottom } : null;
    };
    const outside = (box, frame) => box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack;
    const show = ({ left, top, right, bottom }) => [left, top, right, bottom].map((n) => Math.round(n * 10) / 10).join(' ');
    const page = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const words = [];
    for (const element of document.querySelectorAll('#dom .placed, #dom .field:not(.ruler):not([hidden])')) {
      if (element.closest('[inert]') || element.closest('[hidden]')) continue;
      const field = element.matches('.field');
      const says = element.childElementCount === 0 && element.textContent !== '';
      if (!field && !says && !element.matches('button')) continue;
      const name = says ? element.textContent : element.ariaLabel;
      let box = element.getBoundingClientRect();
      if (says) {
        const range = document.createRange();
        range.selectNodeContents(element);
        // Selectable lines are as large as their letters; other words are set in no size of their own.
        const letters = range.getBoundingClientRect();
        box = element.matches('.text') ? letters : clip(letters, box) ?? box;
      }
      const pane = element.closest('[role=dialog], [role=menu], nav, main');
      if (!pane) {
        found.push(`"${name}" is in no pane`);
        continue;
      }
      const scrolled = element.closest('[role=log], ul, [role=dialog]');
      if (scrolled) {
        const frame = scrolled.getBoundingClientRect();
        if (box.left < frame.left - slack || box.right > frame.right + slack) found.push(`"${name}" ${show(box)} is wider than its list ${show(frame)}`);
        box = clip(box, frame);
        if (box === null) continue;
      }
      for (const [what, frame] of [['pane', pane.getBoundingClientRect()], ['window', page]]) {
        if (outside(box, frame)) found.push(`"${name}" ${show(box)} leaves its ${what} ${show(frame)}`);
      }
      const message = says && element.closest('article');
      if (message && outside(box, message.getBoundingClientRect())) found.push(`"${name}" ${show(box)} leaves its message`);
      if (says) words.push({ name, box, pane });
    }
    for (const [i, one] of words.entries()) {
      for (const other of words.slice(i + 1)) {
        // A menu and a dialog lie over everything else, and hide it.
        if (one.pane === other.pane && clip(one.box, other.box)) found.push(`"${one.name}" ${show(one.box)} and "${other.name}" ${show(other.box)} overlap`);
      }
    }
    if (words.length === 0) found.push('there are no words');
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.push(`the page is ${scrollWidth} by ${scrollHeight} in a window of ${innerWidth} by ${innerHeight}`);
    return found;
  });
}

/** Whether the whole of it is in the window and in whatever scrolls it. */
export function isInView(target) {
  return target.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const frames = [{ left: 0, top: 0, right: innerWidth, bottom: innerHeight }];
    for (let at = element.parentElement.closest('[role=log], ul, [role=dialog]'); at; at = at.parentElement.closest('[role=log], ul, [role=dialog]')) {
      frames.push(at.getBoundingClientRect());
    }
    return frames.every(({ left, top, right, bottom }) => box.left >= left - 1 && box.top >= top - 1 && box.right <= right + 1 && box.bottom <= bottom + 1);
  });
}
