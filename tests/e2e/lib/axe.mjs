// axe-core in the page: what the accessibility tree lacks, state by state.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Pages of this context bring axe-core along; a page's own policy forbids scripts that come later. */
export const bringAxe = (context) => context.addInitScript(source);

/** One line per rule that the page breaks now; of all rules, or of those with a tag. */
export async function violations(page, tags) {
  await page.evaluate(() => window.__idle?.());
  const { violations: broken } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { resultTypes: ['violations'], ...(runOnly && { runOnly }) }), tags);
  return broken.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
