/** Listens at an address that only hostile input names: whoever calls there was sent by it. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Violation } from '../proof.ts'

export interface Trap {
  readonly url: string
  caught(): Violation[]
  close(): Promise<void>
}

export async function openTrap(): Promise<Trap> {
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    caught: () =>
      calls === 0
        ? []
        : [{ what: 'the server called an address that was in its input', where: `${calls} calls` }],
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
