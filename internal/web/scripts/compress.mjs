// Writes a .br and a .gz beside every text file of the built pages, where that
// saves a tenth or more, so that the service never compresses while it answers.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const pages = new URL('../dist/pages/', import.meta.url);
const texts = /\.(html|js|mjs|css|svg|json)$/;

for (const name of readdirSync(pages, { recursive: true })) {
  if (!texts.test(name)) continue;
  const file = new URL(name, pages);
  const body = readFileSync(file);
  const packed = {
    br: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
    gz: gzipSync(body, { level: 9 }),
  };
  for (const [ending, bytes] of Object.entries(packed)) {
    if (bytes.length < 0.9 * body.length) writeFileSync(`${file.pathname}.${ending}`, bytes);
  }
}
