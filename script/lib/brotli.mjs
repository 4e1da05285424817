// What a server may send instead of a file, as small as brotli makes it.
//   node script/lib/brotli.mjs FOLDER    writes NAME.br beside every file of a page that kumquatd sends as it is
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

export const brotli = (bytes) => brotliCompressSync(bytes, { params: {
  [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
} });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  for (const name of readdirSync(folder)) {
    // kumquatd fills its settings into HTML, so no form made ahead of time would match.
    if (/\.(br|html)$/.test(name)) continue;
    const bytes = readFileSync(path.join(folder, name));
    const packed = brotli(bytes);
    if (packed.length < bytes.length) writeFileSync(path.join(folder, `${name}.br`), packed);
  }
}
