/** Listens at an address that only hostile input names: whoever calls there was sent by it. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Violation } from '../proof.ts'

export interface Trap {
  readonly url: string
  /** How often somebody called. */
  calls(): number
  caught(): Violation[]
  close(): Promise<void>
}

export async function openTrap(): Promise<Trap> {
  let calls = 0
  const open = async (host: string, port: number) => {
    const server = createServer((socket) => {
      calls += 1
      socket.destroy()
    })
    server.listen(port, host)
    await once(server, 'listening')
    return server
  }
  const server = await open('127.0.0.1', 0)
  const { port } = server.address() as AddressInfo
  // A machine without IPv6 has only the one door.
  const six = await open('::1', port).catch(() => undefined)
  return {
    url: `http://127.0.0.1:${port}/`,
    calls: () => calls,
    caught: () =>
      calls === 0
        ? []
        : [{ what: 'the server called an address that was in its input', where: `${calls} calls` }],
    close: async () => {
      for (const one of [server, six])
        if (one) {
          one.close()
          await once(one, 'close')
        }
    },
  }
}
