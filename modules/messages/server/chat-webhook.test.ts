import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ChatRobot, chatFromEnvironment, chatRobots } from './chat-webhook.ts'
import { allowedHosts } from './webhook-guard.ts'

interface Heard {
  path: string
  headers: IncomingMessage['headers']
  body: unknown
}
let heard: Heard[] = []
let reply = { status: 200, body: '{"errcode":0,"errmsg":"ok"}', location: '' }
const stub = createServer((request, response) => {
  let text = ''
  request.on('data', (part) => (text += part))
  request.on('end', () => {
    heard.push({
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? '' : JSON.parse(text),
    })
    response.writeHead(reply.status, reply.location ? { location: reply.location } : {})
    response.end(reply.body)
  })
})
let host = ''
beforeAll(async () => {
  await new Promise<void>((done) => stub.listen(0, '127.0.0.1', done))
  host = `127.0.0.1:${(stub.address() as AddressInfo).port}`
})
afterAll(() => {
  stub.close()
})
beforeEach(() => {
  heard = []
  reply = { status: 200, body: '{"errcode":0,"errmsg":"ok"}', location: '' }
})

const port = (robot: Partial<ChatRobot>) =>
  chatRobots([{ street: '990101001', kind: 'wecom', url: `http://${host}/robot?key=abc`, ...robot }], {
    allowed: allowedHosts(host),
  })

test('a WeCom robot gets plain text under its key, and the id that marks a repetition', async () => {
  await port({}).send('990101001', '诉求 20260914-00041 已派单', 'id-1')
  expect(heard).toHaveLength(1)
  expect(heard[0]?.path).toBe('/robot?key=abc')
  expect(heard[0]?.headers['idempotency-key']).toBe('id-1')
  expect(heard[0]?.body).toEqual({ msgtype: 'text', text: { content: '诉求 20260914-00041 已派单' } })
})

test('a DingTalk robot with a secret gets time and signature as DingTalk checks them', async () => {
  const secret = 'SEC-made-up'
  await port({ kind: 'dingtalk', secret }).send('990101001', '超期', 'id-2')
  const url = new URL(`http://${host}${heard[0]?.path}`)
  const time = url.searchParams.get('timestamp')
  expect(url.searchParams.get('key')).toBe('abc')
  expect(url.searchParams.get('sign')).toBe(
    createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64'),
  )
  expect(heard[0]?.body).toEqual({ msgtype: 'text', text: { content: '超期' } })
})

test('a refusal inside a 200, an error status and a redirect are failures, and the redirect is not followed', async () => {
  reply = { ...reply, body: '{"errcode":45009,"errmsg":"too often"}' }
  await expect(port({}).send('990101001', 'x', 'id')).rejects.toThrow('45009')
  reply = { ...reply, status: 500 }
  await expect(port({}).send('990101001', 'x', 'id')).rejects.toThrow('500')
  reply = { status: 302, body: '', location: `http://${host}/elsewhere` }
  await expect(port({}).send('990101001', 'x', 'id')).rejects.toThrow('302')
  expect(heard.map(({ path }) => path)).toEqual(Array(3).fill('/robot?key=abc'))
})

test('without the word of the operator nothing is sent to an inside address, and no error tells the address', async () => {
  const closed = chatRobots([{ street: '990101001', kind: 'wecom', url: `http://${host}/robot?key=abc` }], {
    allowed: allowedHosts(''),
  })
  await expect(closed.send('990101001', 'x', 'id')).rejects.toThrow(
    /^the address of the group robot is not https$/,
  )
  expect(heard).toEqual([])
  expect(closed.serves('990101001')).toBe(true)
  expect(closed.serves('990101002')).toBe(false)
})

test.each([
  [undefined, undefined, 'none'],
  ['[]', undefined, 'none'],
  ['[{"street":"1","kind":"wecom","url":"https://chat.example/x"}]', undefined, 'robots'],
  ['[{"street":"1","kind":"wecom","url":"http://10.0.0.8/x"}]', '10.0.0.8', 'robots'],
  ['[{"street":"1","kind":"wecom","url":"http://10.0.0.8/x"}]', undefined, 'refused'],
  ['[{"street":"1","kind":"slack","url":"https://chat.example/x"}]', undefined, 'refused'],
  ['{}', undefined, 'refused'],
  ['not json', undefined, 'refused'],
])('LINLI_WEBHOOKS=%s with %s allowed: %s', (list, allow, outcome) => {
  const open = () => chatFromEnvironment({ LINLI_WEBHOOKS: list, LINLI_WEBHOOK_ALLOW: allow })
  if (outcome === 'refused') expect(open).toThrow('LINLI_WEBHOOKS')
  else expect(open() === undefined).toBe(outcome === 'none')
})
