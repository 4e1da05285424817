// Measures the browser home's module under node: how long a stored world takes to load, and what its files weigh.
//   node tests/bench/module_bench.mjs <kumquat_site.js> [messages]
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { webcrypto } from 'node:crypto';
import path from 'node:path';

const [file, count = '50000'] = process.argv.slice(2);
const messages = Number(count);
if (!file || !(messages >= 1)) {
  console.error('usage: module_bench.mjs <kumquat_site.js> [messages]');
  process.exit(2);
}
const factory = createRequire(import.meta.url)(path.resolve(file));
const encoder = new TextEncoder();

// A host that stores at once, in memory.
class Host {
  static async create() {
    const self = new Host();
    self.records = [];
    self.chunks = [];
    self.frames = [];
    self.module = await factory({ noInitialRun: true, wasmBinary: readFileSync(file.replace(/js$/, 'wasm')), host: {
      send: (connection, at, size) => self.frames.push(self.text(at, size)),
      close: (connection, code) => { throw new Error(`closed with ${code}`); },
      commit: (record, at, size) => { self.commit = [record, self.module.HEAPU8.slice(at, at + size)]; },
      snapshotChunk: (index, last, at, size) => self.chunks.push(self.module.HEAPU8.slice(at, at + size)),
      random: (at, size) => webcrypto.getRandomValues(self.module.HEAPU8.subarray(at, at + size)),
      now: () => Date.now(),
      log: (level, at, size) => console.error(self.text(at, size)),
    } });
    return self;
  }
  text(at, size) { return new TextDecoder().decode(this.module.HEAPU8.subarray(at, at + size)); }
  call(name, ...args) {
    const flat = args.flatMap((arg) => {
      if (typeof arg === 'number') return [arg];
      const at = this.module._svc_buffer(arg.length);
      this.module.HEAPU8.set(arg, at);
      return [at, arg.length];
    });
    return this.module[`_svc_${name}`](...flat);
  }
  settle() {
    while (this.commit) {
      const [record, bytes] = this.commit;
      this.commit = null;
      this.records.push(bytes);
      this.call('committed', record, 0);
    }
  }
  ask(connection, name, body) {
    this.id = (this.id || 0) + 1;
    this.frames = [];
    this.call('receive', connection, encoder.encode(JSON.stringify({ kind: 'request', id: this.id, name, body })));
    this.settle();
    const answer = this.frames.map((frame) => JSON.parse(frame)).find((frame) => frame.id === this.id);
    if (!answer || answer.kind !== 'reply') throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer.body;
  }
  snapshot() {
    this.chunks = [];
    this.call('snapshot_begin');
    while (this.call('snapshot_next') !== 0);
    this.call('snapshot_stored', 0);
    return this.chunks;
  }
}

const load = async (chunks, records) => {
  const host = await Host.create();
  const started = performance.now();
  for (const chunk of chunks) if (host.call('load_chunk', chunk) !== 0) throw new Error('load_chunk');
  for (const record of records) if (host.call('load_record', record) !== 0) throw new Error('load_record');
  if (host.call('start') !== 0) throw new Error('start');
  return performance.now() - started;
};

const host = await Host.create();
host.call('start');
for (const [connection, user] of [[1, 'anna'], [2, 'ben']]) {
  host.call('connect', connection);
  host.ask(connection, 'hello', { version: 1 });
  host.ask(connection, 'sign_in', { user_id: user, device: connection });
}
const started = performance.now();
for (let i = 1; i <= messages; ++i) {
  const text = `message ${i}: ${'a sentence of an ordinary length, 一句普通长度的话. '.repeat(1 + (i % 3))}`;
  host.ask(1, 'send_message', { conversation: 'C2Cben', client_id: { device: 1, counter: i },
    body: { type: 'TIMTextElem', payload: { text } } });
}
const sent = performance.now() - started;
const records = host.records;
const chunks = host.snapshot();
const bytes = (list) => list.reduce((sum, one) => sum + one.length, 0);
const best = async (...stored) => Math.min(await load(...stored), await load(...stored), await load(...stored));
const kilobytes = (size) => `${(size / 1024).toFixed(1)} KiB`;
console.log(`${messages} messages, one commit each, storage that takes no time: ${(messages / sent * 1000).toFixed(0)} per second`);
console.log(`loaded from a snapshot of ${kilobytes(bytes(chunks))}: ${(await best(chunks, [])).toFixed(0)} ms`);
console.log(`loaded from ${records.length} records of ${kilobytes(bytes(records))}: ${(await best([], records)).toFixed(0)} ms`);
for (const name of [file, file.replace(/\.js$/, '.wasm')]) {
  const content = readFileSync(name);
  const small = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  console.log(`${path.basename(name)}: ${kilobytes(content.length)}, brotli ${kilobytes(small.length)}`);
}
