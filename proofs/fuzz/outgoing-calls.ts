/**
 * Everything of the product that calls out, asked to call this machine. Found by looking for `fetch`, `request` and
 * `connect` in the server's code: the group robots, whose addresses a street's operator lists; and three ports whose
 * one address the operator sets and which may lie inside (text messages, checkpoints, the model that drafts), where
 * only a redirection could lead elsewhere. Nothing fetches an address that came through an operation: no import by
 * address, no picture of a person, no proxy of a map; that is tried through every text field all the same.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chatFromEnvironment, chatRobots } from '../../modules/messages/server/chat-webhook.ts'
import { httpDrafts } from '../../platform/drafts.ts'
import { sealPortFromEnvironment } from '../../platform/seal-ports.ts'
import { httpSms } from '../../platform/sms.ts'
import type { Violation } from '../proof.ts'
import { addressForms, withOwnResolver } from './hostile-addresses.ts'

const street = '990101001'
const redirections = [301, 302, 303, 307, 308] as const
const timeoutMs = 1_500

export interface OutgoingCalls {
  readonly forms: number
  readonly checked: number
  readonly violations: readonly Violation[]
}

export async function proveNothingCallsInside(trap: {
  readonly url: string
  calls(): number
}): Promise<OutgoingCalls> {
  const violations: Violation[] = []
  const forms = addressForms(trap.url)
  const hold = (what: string, where: string) => violations.push({ what, where })
  let checked = 0
  const watched = async (where: string, call: () => Promise<unknown>) => {
    const before = trap.calls()
    checked += 1
    const done = await call().then(
      () => true,
      () => false,
    )
    if (trap.calls() > before) hold('an outgoing call reached an address inside', where)
    if (done) hold('a call to an address inside counts as delivered', where)
  }
  await withOwnResolver(async () => {
    for (const url of forms)
      for (const kind of ['wecom', 'dingtalk'] as const) {
        const robot = { street, kind, url, ...(kind === 'dingtalk' ? { secret: 'word' } : {}) }
        // As the operator lists it, and as if the list had been taken: what is asked when the call is made stands alone.
        await watched(`robot listed ${kind} ${JSON.stringify(url)}`, async () => {
          const port = chatFromEnvironment({ LINLI_WEBHOOKS: JSON.stringify([robot]) })
          return port?.send(street, '核对', 'id')
        })
        await watched(`robot called ${kind} ${JSON.stringify(url)}`, () =>
          chatRobots([robot], { allowed: new Set(), timeoutMs }).send(street, '核对', 'id'),
        )
      }
    await followNoRedirection(trap.url, watched, hold)
  })
  return { forms: forms.length, checked, violations }
}

/** An address that is allowed sends on to the trap. */
async function followNoRedirection(
  trapUrl: string,
  watched: (where: string, call: () => Promise<unknown>) => Promise<void>,
  hold: (what: string, where: string) => void,
): Promise<void> {
  let status = 0
  let met = 0
  const sender = createServer((_request, response) => {
    met += 1
    response.writeHead(status, { location: trapUrl, connection: 'close' }).end()
  })
  await new Promise<void>((resolve) => sender.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(sender.address() as AddressInfo).port}`
  const url = `http://${host}/`
  const sms = httpSms({ url, template: '{"to":"{{phone}}","text":"{{text}}"}', secret: 'word', timeoutMs })
  const drafts = httpDrafts({ url, key: '', model: 'm', timeoutMs })
  const seals = sealPortFromEnvironment({ LINLI_SEAL_URL: url })
  const robots = chatRobots([{ street, kind: 'wecom', url }], { allowed: new Set([host]), timeoutMs })
  const ports: readonly (readonly [string, () => Promise<unknown> | undefined])[] = [
    ['text message', () => sms.send('13900000000', '核对', 'id')],
    ['model', () => drafts.draft('核对', '核对')],
    ['checkpoint', () => seals?.send(street, 1, 'x')],
    ['robot', () => robots.send(street, '核对', 'id')],
  ]
  try {
    for (status of redirections)
      for (const [name, call] of ports) {
        const before = met
        await watched(`${name} sent on with ${status}`, async () => call())
        if (met === before) hold('a call that should be made is not made', `${name} with ${status}`)
      }
  } finally {
    await new Promise((resolve) => sender.close(resolve))
  }
}
