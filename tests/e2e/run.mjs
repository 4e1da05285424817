// Runs every *.test.mjs here, one after the other, and closes with what failed and the line "N passed, N failed".
//   node tests/e2e/run.mjs [part of a file's name ...]
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = (await readdir(here)).filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort().map((name) => path.join(here, name));

let passed = 0;
let underWay = '';
const failures = [];
// A file reports itself as a test when it could not run or holds none; a suite is counted by its tests.
const counts = (event) => event.details?.type !== 'suite' && !files.includes(event.name);
const stream = run({ files, concurrency: 1, timeout: 15 * 60_000 });
stream.on('test:dequeue', (event) => { underWay = event.name; });
stream.on('test:pass', (event) => {
  if (!counts(event)) return;
  if (event.skip) {
    console.log(`skip  ${event.name}: ${event.skip}`);
    return;
  }
  passed += event.todo ? 0 : 1;
  console.log(`ok    ${event.name} (${Math.round(event.details.duration_ms)} ms)`);
});
stream.on('test:fail', (event) => {
  if (event.details?.type === 'suite') return;
  const error = event.details.error;
  const file = path.basename(event.file ?? event.name);
  // A file that is out of time does not say where.
  const where = files.includes(event.name) ? `while this ran: ${underWay}` : event.name;
  failures.push(`FAIL  ${file}: ${where}\n${error?.cause?.stack ?? error?.stack ?? error}`);
  console.log(`FAIL  ${event.name}`);
});
stream.on('test:stderr', (event) => process.stderr.write(event.message));
for await (const event of stream) void event;

// Once more at the end, with the reasons: of a long output that is what people see.
for (const failure of failures) console.log(failure);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
