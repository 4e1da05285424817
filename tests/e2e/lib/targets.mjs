// What a finger can use has to be 44 CSS pixels high and wide, except words within a text.

/** One line for everything that is too small and whole on the screen. */
export async function smallTargets(page) {
  return page.evaluate(() => {
    const roles = ['button', 'switch', 'radio', 'checkbox', 'menuitem', 'menuitemcheckbox', 'menuitemradio'];
    const selector = ['button', ...roles.map((role) => `[role=${role}]`)].join(',');
    const least = 43.5;  // Edges lie on whole pixels of the screen.
    // Of the emoji, rows at the edges of what is scrolled are cut.
    const emoji = [...document.querySelectorAll('[data-key^="emoji.group:"] button')].map((cell) => cell.getBoundingClientRect());
    const [first, last] = [Math.min(...emoji.map(({ top }) => top)), Math.max(...emoji.map(({ bottom }) => bottom))];
    const small = [];
    for (const node of document.querySelectorAll(selector)) {
      const box = node.getBoundingClientRect();
      // Out of sight: reached by keyboard and screen reader only. Or scrolled half away.
      const seen = box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
      if (!seen || node.closest('[inert]')) continue;
      if (node.closest('[data-key^="emoji.group:"]') && (box.top === first || box.bottom === last)) continue;
      if (box.width < least || box.height < least) {
        small.push(`${node.getAttribute('aria-label') || node.textContent}: ${box.width} by ${box.height}`);
      }
    }
    return small;
  });
}
