/** Server-sent events with nothing around them: whoever listens hears whatever is told. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const open = new Set<ServerResponse>()
const server = createServer((request, reply) => {
  if (request.method === 'GET') {
    reply.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.write('retry: 3000\n\n')
    open.add(reply)
    reply.on('close', () => open.delete(reply))
    return
  }
  let body = ''
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk
  })
  request.on('end', () => {
    for (const one of open) one.write(`data: ${body}\n\n`)
    reply.writeHead(200).end('{}')
  })
})
server.listen(0, '127.0.0.1', () =>
  console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}`),
)
process.on('SIGTERM', () => process.exit(0))
