// Reads a PMTiles archive with the npm package pmtiles, whose folder is the first
// argument: node archive.mjs PACKAGE FILE < tiles, one "z/x/y" a line. Prints the
// header, the metadata and the SHA-256 of each tile, null for one that is not there.
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [pkg, path] = process.argv.slice(2)
const { PMTiles } = await import(pathToFileURL(`${pkg}/dist/esm/index.js`))
const file = await open(path)
let reads = 0
const archive = new PMTiles({
  getKey: () => path,
  async getBytes(offset, length) {
    reads++
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset)
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) }
  },
})
const tiles = {}
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const tile = await archive.getZxy(...line.split('/').map(Number))
  tiles[line] = tile ? createHash('sha256').update(Buffer.from(tile.data)).digest('hex') : null
}
console.log(JSON.stringify({ header: await archive.getHeader(), metadata: await archive.getMetadata(), tiles, reads }))
await file.close()
