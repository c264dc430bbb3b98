/**
 * Where a webhook may go: https to a public address, or a host that LINLI_WEBHOOK_ALLOW names. The address is looked
 * at when the connection is made, so that a name that answers differently the second time gains nothing.
 */
import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
const publicV6 = new BlockList()
publicV6.addSubnet('2000::', 3, 'ipv6')
// Tunnels and documentation: an inside address can hide in the first two.
for (const [net, prefix] of [
  ['2001::', 32],
  ['2002::', 16],
  ['2001:db8::', 32],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

/** An address of this machine, of a private network, or of no network at all. */
export function isInsideAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return inside.check(address, 'ipv4')
  if (family === 6) return !publicV6.check(address, 'ipv6') || inside.check(address, 'ipv6')
  return true
}

/** `host` or `host:port` of each entry, in small letters. */
export type AllowedHosts = ReadonlySet<string>

export const allowedHosts = (text: string | undefined): AllowedHosts =>
  new Set(
    (text ?? '')
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((host) => host.toLowerCase()),
  )

/** Why an address is refused before anything is asked of the network; undefined when it may be tried. */
export function refusedWebhook(text: string, allowed: AllowedHosts): string | undefined {
  if (!URL.canParse(text)) return 'is no address'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'holds a user name or password'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'is neither https nor http'
  if (isAllowed(url, allowed)) return undefined
  if (url.protocol !== 'https:') return 'is not https'
  const host = bareHost(url)
  if (isIP(host) !== 0 && isInsideAddress(host)) return 'points inside'
  return undefined
}

/** Looks a name up for a connection and gives nothing but public addresses, unless the host is allowed by name. */
export function guardedLookup(url: URL, allowed: AllowedHosts): LookupFunction {
  if (isAllowed(url, allowed)) return resolve as LookupFunction
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 4)
      const bad = addresses.length === 0 || addresses.some(({ address }) => isInsideAddress(address))
      if (bad) return done(new Error('the webhook’s name points inside'), '', 4)
      const [first] = addresses
      if (options.all) return done(null, addresses)
      return done(null, first?.address ?? '', first?.family ?? 4)
    })
  }
}

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

function isAllowed(url: URL, allowed: AllowedHosts): boolean {
  return allowed.has(url.host.toLowerCase()) || allowed.has(bareHost(url).toLowerCase())
}
