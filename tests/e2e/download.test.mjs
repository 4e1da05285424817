// What a visitor downloads from kumquatd: everything of the page packed as small as it can be, and the same when unpacked.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';

import { Server } from './lib/server.mjs';

let server;

before(async () => { server = await Server.start(); });
after(() => server?.end());

// fetch() would unpack it.
function download(name, accepts) {
  return new Promise((resolve, reject) => {
    get(`${server.address}/${name}`, { headers: { 'accept-encoding': accepts } }, async (reply) => {
      const parts = [];
      for await (const part of reply) parts.push(part);
      resolve({ encoding: reply.headers['content-encoding'], bytes: Buffer.concat(parts) });
    }).on('error', reject);
  });
}

test('every file of the page comes as brotli, of the file as it is now', async () => {
  const page = (await download('', 'identity')).bytes.toString();
  const names = new Set([...page.matchAll(/(?:href|src)="([^"]+\.[0-9a-f]{16}\.\w+)"/g)].map((found) => found[1]));
  // What comes later is named in a script.
  for (const name of [...names].filter((found) => found.startsWith('page.'))) {
    const source = (await download(name, 'identity')).bytes.toString();
    for (const [later] of source.matchAll(/rest\.[0-9a-f]{16}\.\w+/g)) names.add(later);
  }
  const endings = [...names].map((name) => name.split('.').pop()).sort();
  assert.deepEqual(endings, ['css', 'js', 'js', 'js', 'svg', 'wasm', 'wasm']);
  for (const name of names) {
    const plain = await download(name, 'identity');
    const packed = await download(name, 'gzip, br');
    assert.equal(plain.encoding, undefined, name);
    assert.equal(packed.encoding, 'br', name);
    assert.ok(brotliDecompressSync(packed.bytes).equals(plain.bytes), name);
    assert.equal((await download(name, 'gzip, br;q=0')).encoding, 'gzip', name);
  }
});
