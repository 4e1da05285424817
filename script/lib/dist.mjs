// Puts the static site together: node script/lib/dist.mjs BUILD_FOLDER OUTPUT_FOLDER BUILD_NUMBER
//
// Every address in it is relative, so it works under any path. Names hold a hash of the content, but for the three that the
// browser remembers by their name: index.html, sw.js (service worker) and service.js (shared worker). BUILD_NUMBER says
// which of two builds is the newer one. OUTPUT_FOLDER is replaced, if it is a site of ours or nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { brotli } from './brotli.mjs';

const [build, output, numberText] = process.argv.slice(2);
const number = Number(numberText);
if (!build || !output || !Number.isSafeInteger(number) || number < 1) {
  console.error('dist.mjs BUILD_FOLDER OUTPUT_FOLDER BUILD_NUMBER: the number is a whole one from 1 on');
  process.exit(2);
}

// As strict as kumquatd's header (src/server/http_answer.cpp); frame-ancestors means nothing in a meta element.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' blob:; "
  + "style-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'";

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const files = new Map();  // name -> bytes

function add(stem, ending, content) {
  const bytes = Buffer.from(content);
  const name = `${stem}.${hash(bytes)}.${ending}`;
  files.set(name, bytes);
  return name;
}

function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`dist.mjs: "${from}" is not there to be replaced`);
  return text.replaceAll(from, to);
}

const source = (name) => readFile(path.join('web', name), 'utf8');

// Scripts are made small where esbuild is there.
function minified(script) {
  const run = spawnSync('esbuild', ['--minify', '--charset=utf8', '--legal-comments=none', '--log-level=warning'],
    { input: script, encoding: 'utf8' });
  if (run.error && run.error.code === 'ENOENT') return script;
  if (run.error || run.status !== 0) throw new Error(`esbuild: ${run.error ? run.error.message : run.stderr}`);
  return run.stdout;
}

// --- The page, whose files have their hashes already ---
for (const name of await readdir(path.join(build, 'site'))) {
  if (name !== 'index.html') files.set(name, await readFile(path.join(build, 'site', name)));
}
let page = await readFile(path.join(build, 'site/index.html'), 'utf8');
const called = (stem, ending) => [...files.keys()].find((name) => name.startsWith(`${stem}.`) && name.endsWith(`.${ending}`));
const logo = called('logo', 'svg');

// --- The service, for a shared worker or a leading tab: the page's own program, and who runs it there ---
const wasm = called('kumquat', 'wasm');
const program = called('kumquat', 'js');
const host = add('host', 'js', minified(
  `${await source('service/names.js')}\n${await source('service/disk.js')}\n${await source('service/host.js')}`));

const manifest = replaced(await source('site/manifest.webmanifest'), 'logo.svg', logo);
const manifestName = add('manifest', 'webmanifest', manifest);

// What makes one build another than the next: everything in it.
const serviceSource = await source('service/worker.js');
const shellSource = await source('site/sw.js');
const version = hash([...files.keys()].sort().join('\n') + page + serviceSource + shellSource);
const site = { build: number, version, host, program, wasm };

files.set('service.js', Buffer.from(minified(replaced(serviceSource, '/*SITE*/{}', JSON.stringify(site)))));

// --- index.html: the mode is written into it here, and nowhere else ---
const config = { mode: 'local', sign_in: ['name'], site };
page = replaced(page, '<script type="application/json" id="kumquat-config">{}</script>',
  `<script type="application/json" id="kumquat-config">${JSON.stringify(config)}</script>`);
page = replaced(page, '<meta charset="utf-8">',
  `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n<meta name="referrer" content="no-referrer">`);
page = replaced(page, '</head>', `<link rel="manifest" href="${manifestName}">\n</head>`);
files.set('index.html', Buffer.from(page));

// --- The service worker knows the whole shell, and changes with every build ---
const shell = ['./', ...[...files.keys()].filter((name) => name !== 'index.html').sort()];
files.set('sw.js', Buffer.from(minified(replaced(shellSource, '/*SITE*/{}', JSON.stringify({ build: number, version, shell })))));

// --- Written, with the forms that a server may send instead ---
const entries = await readdir(output).catch(() => []);
if (entries.length > 0 && !entries.includes('service.js')) {
  console.error(`dist.mjs: ${output} holds something else than a site of ours; it is left alone`);
  process.exit(1);
}
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
let plain = 0;
let packed = 0;
for (const [name, bytes] of files) {
  const packedBytes = brotli(bytes);
  await writeFile(path.join(output, name), bytes);
  await writeFile(path.join(output, `${name}.br`), packedBytes);
  await writeFile(path.join(output, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  plain += bytes.length;
  packed += packedBytes.length;
}

// --- Whose work it is: ours, and what is in the program and in its list of emoji ---
const doc = '/usr/share/doc';
const parts = [['Dear ImGui', path.join(build, '../deps/imgui/LICENSE.txt')], ['JSON for Modern C++', `${doc}/nlohmann-json3-dev/copyright`],
  ['Emscripten and its libraries', `${doc}/emscripten/copyright`], ['Unicode CLDR', `${doc}/unicode-cldr-core/copyright`],
  ['Unicode Character Database', `${doc}/unicode-data/copyright`]];
let licenses = await readFile('LICENSE', 'utf8');
for (const [name, file] of parts) {
  const notice = await readFile(file, 'utf8').catch(() => null);
  if (notice === null) console.error(`dist.mjs: ${file} is not there: add the licence of ${name} to ${output}/LICENSE.txt`);
  else licenses += `\n${'-'.repeat(72)}\n${name}\n\n${notice}`;
}
await writeFile(path.join(output, 'LICENSE.txt'), licenses);

const kib = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`;
console.log(`${output}: ${files.size} files, ${kib(plain)}, ${kib(packed)} as brotli`);
