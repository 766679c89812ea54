// A small IPFS node made of IPFS's own importer and exporter, on a free port of the loopback interface. It prints
// "READY port" and ends with its standard input.
//   POST /add?chunk=N&width=N&layout=balanced|trickle&raw=BOOLEAN&version=0|1&directory=BOOLEAN   body -> id
//   POST /put?arg=ID                       keeps a block that somebody else has made
//   POST /api/v0/block/get?arg=ID          as Kubo's API
//   POST /api/v0/cat?arg=ID                as Kubo's API
//   GET  /ipfs/ID?format=raw               as a trustless gateway
import { createServer } from 'node:http'
import { MemoryBlockstore } from 'blockstore-core'
import { exporter } from 'ipfs-unixfs-exporter'
import { importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced, trickle } from 'ipfs-unixfs-importer/layout'
import { CID } from 'multiformats/cid'

const blocks = new MemoryBlockstore()

async function bytes (source) {
  if (source instanceof Uint8Array) {
    return source
  }
  const parts = []
  for await (const part of source) {
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function add (options, content) {
  const width = Number(options.get('width'))
  const root = options.get('directory') === 'true' ? 'directory/' : ''
  let last
  for await (const entry of importer([{ path: root + 'file', content }], blocks, {
    cidVersion: Number(options.get('version')),
    rawLeaves: options.get('raw') === 'true',
    reduceSingleLeafToSelf: true,
    chunker: fixedSize({ chunkSize: Number(options.get('chunk')) }),
    layout: options.get('layout') === 'trickle'
      ? trickle({ maxChildrenPerNode: width, layerRepeat: 2 })
      : balanced({ maxChildrenPerNode: width })
  })) {
    last = entry
  }
  return last.cid.toString()
}

async function answer (request, url, body) {
  const id = url.searchParams.get('arg') ?? url.pathname.split('/')[2]
  switch (request.method + ' ' + url.pathname.replace(/^\/ipfs\/.*/, '/ipfs')) {
    case 'POST /add': return await add(url.searchParams, body)
    case 'POST /put': return (await blocks.put(CID.parse(id), body)).toString()
    case 'POST /api/v0/block/get': return await bytes(await blocks.get(CID.parse(id)))
    case 'POST /api/v0/cat': return await bytes((await exporter(CID.parse(id), blocks)).content())
    case 'GET /ipfs': return await bytes(await blocks.get(CID.parse(id)))
    default: throw new Error('no such command: ' + url.pathname)
  }
}

const server = createServer(async (request, response) => {
  try {
    const url = new URL(request.url, 'http://localhost')
    const content = await answer(request, url, await bytes(request))
    response.writeHead(200).end(content)
  } catch (failure) {
    const missing = failure.name === 'NotFoundError'
    const status = missing && request.method === 'GET' ? 404 : 500
    const message = missing ? 'ipld: could not find the block' : String(failure)
    response.writeHead(status).end(JSON.stringify({ Message: message, Code: 0, Type: 'error' }))
  }
})
server.listen(0, '127.0.0.1', () => console.log('READY ' + server.address().port))
process.stdin.on('end', () => process.exit(0)).resume()
