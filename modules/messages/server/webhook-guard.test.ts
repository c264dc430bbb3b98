import { expect, test } from 'vitest'
import { allowedHosts, guardedLookup, isInsideAddress, refusedWebhook } from './webhook-guard.ts'

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['255.255.255.255', true],
  ['224.0.0.1', true],
  ['1.1.1.1', false],
  ['::1', true],
  ['::', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:1.1.1.1', true],
  ['64:ff9b::7f00:1', true],
  ['2002:7f00:1::', true],
  ['2606:4700:4700::1111', false],
  ['no address', true],
])('%s is inside: %s', (address, inside) => {
  expect(isInsideAddress(address)).toBe(inside)
})

test.each([
  ['https://chat.example/robot?key=1', '', undefined],
  ['https://1.1.1.1/robot', '', undefined],
  ['http://chat.example/robot', '', 'is not https'],
  ['http://chat.example/robot', 'chat.example', undefined],
  ['http://chat.example:8080/robot', 'chat.example:8080', undefined],
  ['http://chat.example:9090/robot', 'chat.example:8080', 'is not https'],
  ['https://127.0.0.1/robot', '', 'points inside'],
  ['https://[::1]/robot', '', 'points inside'],
  ['https://2130706433/robot', '', 'points inside'],
  ['https://0x7f.1/robot', '', 'points inside'],
  ['https://169.254.169.254/latest', '', 'points inside'],
  ['http://127.0.0.1:9/robot', '127.0.0.1:9', undefined],
  ['https://user:pass@chat.example/', '', 'holds a user name or password'],
  ['file:///etc/passwd', '', 'is neither https nor http'],
  ['gopher://chat.example/', 'chat.example', 'is neither https nor http'],
  ['not an address', '', 'is no address'],
])('%s with %s allowed: %s', (url, allow, why) => {
  expect(refusedWebhook(url, allowedHosts(allow))).toBe(why)
})

test('a public name that points inside is refused when the connection is made', async () => {
  const look = (allow: string) =>
    new Promise<string>((done) =>
      guardedLookup(new URL('https://localhost/robot'), allowedHosts(allow))(
        'localhost',
        {},
        (error, address) => done(error ? error.message : String(address)),
      ),
    )
  expect(await look('')).toContain('points inside')
  expect(['127.0.0.1', '::1']).toContain(await look('localhost'))
})
