import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { httpSms, logSms, smsFromEnvironment } from './sms.ts'
import { StartupRefusal } from './startup-refusal.ts'

interface Received {
  body: string
  headers: IncomingHttpHeaders
}

async function withGateway(
  status: number,
  use: (url: string, received: Received[]) => Promise<void>,
): Promise<void> {
  const received: Received[] = []
  const gateway = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ body, headers: request.headers })
      response.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done))
  try {
    await use(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`, received)
  } finally {
    gateway.closeAllConnections()
    await new Promise((done) => gateway.close(done))
  }
}

test('the gateway gets the filled template, escaped and signed', async () => {
  await withGateway(200, async (url, received) => {
    const template = '{"to":"{{phone}}","content":"{{text}}","at":{{time}}}'
    const port = httpSms({ url, template, secret: 'shared', signature: '滨河街道' })
    await port.send('13900000001', '带"引号"的\n短信 $& 123456')
    const [{ body, headers } = { body: '', headers: {} }] = received
    expect(JSON.parse(body)).toMatchObject({
      to: '13900000001',
      content: '【滨河街道】带"引号"的\n短信 $& 123456',
    })
    const signed = `${headers['x-linli-time']}\n${headers['x-linli-nonce']}\n${body}`
    expect(headers['x-linli-signature']).toBe(createHmac('sha256', 'shared').update(signed).digest('hex'))
  })
})

test('a form template is escaped as a form', async () => {
  await withGateway(204, async (url, received) => {
    const port = httpSms({
      url,
      template: 'mobile={{phone}}&text={{text}}',
      contentType: 'application/x-www-form-urlencoded',
      secret: 's',
    })
    await port.send('13900000001', 'a&b=验证')
    expect(new URLSearchParams(received[0]?.body).get('text')).toBe('a&b=验证')
  })
})

test('a refusing or unreachable gateway is an error without phone and text', async () => {
  await withGateway(500, async (url) => {
    const port = httpSms({ url, template: '{{phone}}{{text}}', secret: 's' })
    await expect(port.send('13900000001', '123456')).rejects.toThrow(/^the SMS gateway answered 500$/)
  })
  const gone = httpSms({ url: 'http://127.0.0.1:1/', template: '{{phone}}', secret: 's' })
  await expect(gone.send('13900000001', '123456')).rejects.toThrow(/^the SMS gateway can not be reached/)
})

test('the log port writes to a file of the owner alone and says nothing of whom and what', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-sms-'))
  try {
    const said: string[] = []
    await logSms(folder, (line) => said.push(line)).send('13900000001', '验证码 123456')
    expect(said.join()).not.toMatch(/139|123456/)
    expect(JSON.parse(readFileSync(join(folder, 'sms.log'), 'utf8'))).toEqual({
      phone: '13900000001',
      text: '验证码 123456',
    })
    expect(statSync(join(folder, 'sms.log')).mode & 0o777).toBe(0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the environment chooses the port, and half a description refuses the start', () => {
  const options = { demo: false, dataFolder: tmpdir() }
  const whole = {
    LINLI_SMS_URL: 'https://sms.example/send',
    LINLI_SMS_TEMPLATE: '{"p":"{{phone}}","t":"{{text}}"}',
    LINLI_SMS_SECRET: 's',
  }
  expect(smsFromEnvironment({}, options).name).toBe('log')
  expect(smsFromEnvironment(whole, options).name).toBe('http')
  expect(smsFromEnvironment(whole, { ...options, demo: true }).name).toBe('demo')
  for (const name of ['LINLI_SMS_TEMPLATE', 'LINLI_SMS_SECRET'])
    expect(() => smsFromEnvironment({ ...whole, [name]: '' }, options)).toThrow(StartupRefusal)
  expect(() => smsFromEnvironment({ ...whole, LINLI_SMS_URL: 'nowhere' }, options)).toThrow(StartupRefusal)
})
