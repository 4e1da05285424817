// node split_program.mjs <program.js> <rehearsal.mjs> <folder of Binaryen's tools> <option of the tools...>: divides the program
// beside program.js into program.wasm, which has what ran in the rehearsal, and program.rest.wasm with all else, which is loaded
// when a chat is there (web/page/rest.js). A function of the second part that is called earlier is an import of the first,
// under its place in the table. See "wasm-split" in Binaryen's README.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [script, rehearsal, tools, ...options] = process.argv.slice(2);
const program = script.replace(/\.js$/, '.wasm');
const rest = script.replace(/\.js$/, '.rest.wasm');
const run = (name, ...args) => execFileSync(name, args, { stdio: 'inherit' });
const tool = (name, ...args) => run(path.join(tools, name), ...options, ...args);
const orderFunctions = fileURLToPath(new URL('order_functions.mjs', import.meta.url));

const folder = mkdtempSync(`${program}.`);
try {
  const file = (name) => path.join(folder, name);
  tool('wasm-split', '--instrument', program, '-o', file('instrumented'));
  run(process.execPath, rehearsal, script, file('instrumented'), file('profile-'));
  const profiles = readdirSync(folder).filter((name) => name.startsWith('profile-')).map(file);
  run(path.join(tools, 'wasm-split'), '--merge-profiles', ...profiles, '-o', file('profile'));
  tool('wasm-split', '--split', program, `--profile=${file('profile')}`, '--import-namespace=first',
    '--placeholder-namespace=rest', '--export-prefix=.', '-o1', file('first'), '-o2', file('second'));
  for (const [part, to] of [['first', program], ['second', rest]]) {
    tool('wasm-opt', '-Oz', '--strip-debug', file(part), '-o', to);
    run(process.execPath, orderFunctions, to, tools, ...options);
  }
} finally {
  rmSync(folder, { recursive: true });
}
