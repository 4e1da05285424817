// The page's own words in one of its languages, by key, so that what is the same in both languages is written once.
import { readFile } from 'node:fs/promises';

const source = await readFile(new URL('../../../src/ui/strings.h', import.meta.url), 'utf8');
const literal = String.raw`(?:"(?:[^"\\]|\\.)*"[\s\\]*)+`;
const rows = [...source.matchAll(new RegExp(String.raw`X\((\w+),[\s\\]*(${literal}),[\s\\]*(${literal})\)`, 'g'))];
const text = (parts) => [...parts.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([part]) => JSON.parse(part)).join('');
const all = new Map(rows.map(([, key, chinese, english]) => [key, { zh: text(chinese), en: text(english) }]));

/** The words of a key; where the page fills something in, a pattern that takes whatever stands there. */
export const words = (lang) => (key) => {
  const found = all.get(key)?.[lang.slice(0, 2)];
  if (found === undefined) throw new Error(`the page has no words "${key}"`);
  if (!found.includes('{')) return found;
  const escaped = found.split(/\{\w+\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.+')}$`);
};
