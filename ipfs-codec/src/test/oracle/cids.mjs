// Prints the CIDv0 of each file named, as "ipfs add" without options gives it: one a line.
import { readFile } from 'node:fs/promises'
import { MemoryBlockstore } from 'blockstore-core'
import { importer } from 'ipfs-unixfs-importer'

for (const path of process.argv.slice(2)) {
  const source = [{ content: new Uint8Array(await readFile(path)) }]
  const options = { cidVersion: 0, rawLeaves: false, reduceSingleLeafToSelf: true, wrapWithDirectory: false }
  for await (const entry of importer(source, new MemoryBlockstore(), options)) {
    console.log(entry.cid.toString())
  }
}
