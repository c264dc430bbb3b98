/** One address of this machine, said in all the ways that a filter may not know. Rule: quality.md R25. */
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { isIP } from 'node:net'

/** Names that only the proof's own resolver knows, and what it answers the first time and from then on. */
const names: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'inside.proof.test': [['127.0.0.1']],
  'inside-six.proof.test': [['::1']],
  'mapped.proof.test': [['::ffff:127.0.0.1']],
  'private.proof.test': [['10.0.0.1']],
  'metadata.proof.test': [['169.254.169.254']],
  'both.proof.test': [[farAway(), '127.0.0.1']],
  // Somewhere else while it is looked at, here when it is called.
  'rebinding.proof.test': [[farAway()], ['127.0.0.1']],
  'nothing.proof.test': [[]],
}

/** No private address, and none that any network would carry (RFC 7343): a call to it ends on this machine. */
function farAway(): string {
  return '2001:20::1'
}

const hosts = (port: string): readonly string[] => [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.127.127.127',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7f.0x0.0x0.0x1',
  '0177.0.0.1',
  '017700000001',
  '0177.0x0.0.1',
  '127.0.0.1.',
  '0',
  '0.0.0.0',
  '00000000177.00.00.01',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::1]',
  '[fe80::1%25lo]',
  '[fe80::1]',
  '[fd00::1]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'localhost.localdomain',
  'ip6-localhost',
  '１２７.０.０.１',
  '127。0。0。1',
  '127．0．0．1',
  '①②⑦.⓪.⓪.①',
  '127.0.0.1%2eexample.com',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  'example.com@127.0.0.1',
  'robot:word@127.0.0.1',
  '127.0.0.1%00.example.com',
  `127.0.0.1:${port}#@example.com`,
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '[::ffff:169.254.169.254]',
  ...Object.keys(names),
]

/** Every form; those that name the trap's port would reach it. */
export function addressForms(trapUrl: string): string[] {
  const { port } = new URL(trapUrl)
  const withPort = (host: string) => (host.includes('#') ? host : `${host}:${port}`)
  return [
    ...hosts(port).map((host) => `https://${withPort(host)}/`),
    `http://127.0.0.1:${port}/`,
    `//127.0.0.1:${port}/`,
    `\\\\127.0.0.1:${port}\\x`,
    `/\\127.0.0.1:${port}/`,
    `https:127.0.0.1:${port}`,
    `https:/\\127.0.0.1:${port}/`,
    ` https://127.0.0.1:${port}/`,
    `https://\t127.0.0.1:${port}/`,
    `https://127.0.0.1:${port}/\r\nHost: example.com`,
    `https://example.com%0d%0aHost:127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}/{z}/{x}/{y}.png`,
    `gopher://127.0.0.1:${port}/_x`,
    `dict://127.0.0.1:${port}/x`,
    `ftp://127.0.0.1:${port}/x`,
    `ldap://127.0.0.1:${port}/x`,
    `ws://127.0.0.1:${port}/x`,
    `unix:/tmp/x:/`,
    `file:///etc/passwd`,
    `file://127.0.0.1:${port}/etc/passwd`,
    `data:text/plain,x`,
    `javascript:fetch('http://127.0.0.1:${port}/')`,
  ]
}

type Done = (error: Error | null, address: unknown, family?: number) => void

/**
 * While the work runs names are looked up here and nowhere else: those above, this machine's own, and numbers; any
 * other is unknown, so that no question leaves the machine.
 */
export async function withOwnResolver<T>(work: () => Promise<T>): Promise<T> {
  const real = dns.lookup
  const asked = new Map<string, number>()
  const own = (name: string, options: unknown, done?: Done): void => {
    const tell = (done ?? options) as Done
    const { all = false } = (typeof options === 'object' && options !== null ? options : {}) as {
      all?: boolean
    }
    const times = asked.get(name) ?? 0
    asked.set(name, times + 1)
    const answers = names[name]
    const found = answers?.[Math.min(times, answers.length - 1)] ?? thisMachine(name)
    queueMicrotask(() => {
      if (!found) tell(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), '')
      else if (all)
        tell(
          null,
          found.map((address) => ({ address, family: isIP(address) })),
        )
      else tell(null, found[0] ?? '', isIP(found[0] ?? ''))
    })
  }
  dns.lookup = own as typeof dns.lookup
  syncBuiltinESMExports()
  try {
    return await work()
  } finally {
    dns.lookup = real
    syncBuiltinESMExports()
  }
}

function thisMachine(name: string): readonly string[] | undefined {
  if (isIP(name)) return [name]
  return /^(?:localhost\.?|localhost\.localdomain|ip6-localhost)$/i.test(name) ? ['127.0.0.1'] : undefined
}
