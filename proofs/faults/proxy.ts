/** A wire to the database that can be made bad: our own, on this machine, between a server and the socket of its PostgreSQL. */
import { once } from 'node:events'
import {
  type AddressInfo,
  connect,
  createServer,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { SeededRandom } from '../../lib/seeded-random.ts'

/**
 * `whole`: nothing is wrong. `away`: nobody listens, and what was open is reset. `slow`: each piece comes later.
 * `reset`: connections are cut in the middle of an answer. `silent`: what was open and what is opened anew says nothing
 * and does not end. `drops`: answers come in single bytes and pauses. `refused`: connections are taken and closed at once.
 */
export const moods = ['whole', 'away', 'slow', 'reset', 'silent', 'drops', 'refused'] as const
export type Mood = (typeof moods)[number]

export interface FaultProxy {
  readonly port: number
  /** From here on the wire is so, for what is open too. A connection that went silent stays so. */
  become(mood: Mood): Promise<void>
  /** Open just now, from the server's side. */
  connections(): number
  close(): Promise<void>
}

/** Each piece waits so long on a slow wire. Rule: quality.md R11. */
export const slowMs = 120

interface Wire {
  readonly near: Socket
  readonly far: Socket
  /** Says nothing any more, whatever the mood. */
  silent: boolean
  /** Bytes of answers that still pass before it is cut. */
  left: number
}

/** `target`: where PostgreSQL listens. The same source of chance cuts at the same places. */
export async function openFaultProxy(target: NetConnectOpts, random: SeededRandom): Promise<FaultProxy> {
  const wires = new Set<Wire>()
  let mood: Mood = 'whole'
  let server = await listen(0, (near) => take(near))
  const { port } = server.address() as AddressInfo
  const cutAfter = () => random.int(2_000)

  function take(near: Socket): void {
    near.on('error', () => {})
    if (mood === 'refused') {
      near.destroy()
      return
    }
    const far = connect(target)
    const wire: Wire = { near, far, silent: mood === 'silent', left: cutAfter() }
    wires.add(wire)
    far.on('error', () => {})
    far.on('close', () => near.destroy())
    near.on('close', () => {
      far.destroy()
      wires.delete(wire)
    })
    pass(near, far, wire, false)
    pass(far, near, wire, true)
  }

  /** One direction: pieces keep their order whatever each waits for. */
  function pass(from: Socket, to: Socket, wire: Wire, isAnswer: boolean): void {
    let last = Promise.resolve()
    from.on('data', (piece: Buffer) => {
      from.pause()
      last = last.then(() => forward(piece, to, wire, isAnswer)).finally(() => from.resume())
    })
  }

  async function forward(piece: Buffer, to: Socket, wire: Wire, isAnswer: boolean): Promise<void> {
    if (wire.silent || to.destroyed) return
    if (mood === 'slow') await delay(slowMs)
    if (mood === 'reset' && isAnswer) {
      wire.left -= piece.length
      if (wire.left < 0) {
        to.write(piece.subarray(0, Math.max(0, piece.length + wire.left)))
        wire.near.resetAndDestroy()
        return
      }
    }
    if (mood === 'drops' && isAnswer) {
      for (let at = 0; at < piece.length && !to.destroyed; at += Math.ceil(piece.length / 8)) {
        to.write(piece.subarray(at, at + Math.ceil(piece.length / 8)))
        await delay(10)
      }
      return
    }
    if (!to.destroyed) to.write(piece)
  }

  return {
    port,
    become: async (next) => {
      const was = mood
      mood = next
      if (next === 'silent') for (const wire of wires) wire.silent = true
      if (next === 'reset') for (const wire of wires) wire.left = cutAfter()
      if (next === 'away') {
        server.close()
        for (const { near } of wires) near.resetAndDestroy()
        await once(server, 'close')
      } else if (was === 'away') server = await listen(port, (near) => take(near))
    },
    connections: () => wires.size,
    close: async () => {
      for (const { near, far } of wires) {
        near.destroy()
        far.destroy()
      }
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}

async function listen(port: number, take: (near: Socket) => void): Promise<Server> {
  const server = createServer({ noDelay: true }, take)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** Where a connection string leads: the socket of the embedded PostgreSQL, or the port of a given one. */
export function socketOf(url: string): NetConnectOpts {
  const { hostname, searchParams, port } = new URL(url)
  const folder = searchParams.get('host')
  return folder === null
    ? { host: hostname, port: Number(port || 5432) }
    : { path: `${folder}/.s.PGSQL.${port || '5432'}` }
}

/** The same role and database over the wire. `limits`: more settings of the connection, each with its `&`. */
export function overWire(url: string, port: number, limits = ''): string {
  const address = new URL(url)
  address.hostname = '127.0.0.1'
  address.port = String(port)
  address.searchParams.delete('host')
  address.searchParams.set('sslmode', 'disable')
  return `${address.href}${limits}`
}
