// node split_program.mjs <program.wasm> <rest_code.txt> <folder of Binaryen's tools> <option of the tools...>: divides a program
// that still has its names into what a chat needs, which takes its place, and program.rest.wasm, which is loaded when the
// chat is there (web/page/rest.js). The list names where the late part begins; what only it reaches goes with it.
// Functions of the late part that are called before it is there are imports of the first part, by their place in its table.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [program, list, tools, ...options] = process.argv.slice(2);
const tool = (name, ...args) => execFileSync(path.join(tools, name), args, { maxBuffer: 1 << 28 });
const late = program.replace(/\.wasm$/, '.rest.wasm');

// --- The list: kumquat::ui::Menu is _ZN7kumquat2ui4Menu in the names of the program; "-" before it: this one stays ---
const mangled = (name) => name.split('::').map((part) => `${part.length}${part}`).join('');
const lines = readFileSync(list, 'utf8').split('\n').map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
const matcher = (names) => {
  const parts = names.map((name) => mangled(`kumquat::${name}`)).join('|') || '$.';
  // Its own functions, and what it gives to a std::function.
  return new RegExp(`^(_ZNK?|_ZNK?St3__210__function6__funcIZNK?)(${parts})(?!\\d*[a-z_]*\\$)`);
};
const moved = matcher(lines.filter((line) => line[0] !== '-'));
const kept = matcher(lines.filter((line) => line[0] === '-').map((line) => line.slice(1).trim()));

// --- Who calls whom ---
const calls = new Map();
const begin = [];
let current = null;
const text = `${program}.wat`;
tool('wasm-dis', ...options, program, '-o', text);
for (const line of readFileSync(text, 'utf8').split('\n')) {
  if (line.startsWith(' (func $')) {
    current = new Set();
    calls.set(/\$([^\s)]+)/.exec(line)[1], current);
  } else if (line === ' )') {
    current = null;
  } else if (current !== null) {
    for (const [, name] of line.matchAll(/\((?:call|return_call|ref\.func) \$([^\s)]+)/g)) current.add(name);
  } else if (/^ \((elem|export|start) /.test(line)) {
    for (const [, name] of line.matchAll(/\$([^\s)]+)/g)) begin.push(name);
  }
}
rmSync(text);

const isLate = (name) => moved.test(name) && !kept.test(name);
const early = new Set();
const waiting = begin.filter((name) => calls.has(name) && !isLate(name));
while (waiting.length > 0) {
  const name = waiting.pop();
  if (early.has(name)) continue;
  early.add(name);
  for (const next of calls.get(name)) if (calls.has(next) && !isLate(next)) waiting.push(next);
}
const split = [...calls.keys()].filter((name) => !early.has(name));
if (process.env.KUMQUAT_SPLIT_LIST) writeFileSync(process.env.KUMQUAT_SPLIT_LIST, split.join('\n'));

const names = `${program}.names`;
writeFileSync(names, split.join('\n'));
tool('wasm-split', '--split', ...options, program, `--split-funcs=@${names}`, '-g', '--placeholdermap',
  '--import-namespace=first', '--placeholder-namespace=rest', '--export-prefix=.', '-o1', `${program}.1`, '-o2', late);
rmSync(names);
for (const [from, to] of [[`${program}.1`, program], [late, late]]) {
  tool('wasm-opt', ...options, '-Oz', '--converge', '--strip-debug', from, '-o', to);
}
rmSync(`${program}.1`);
