/** What residents ask of volunteers, the wish board, and certificates that anybody can check. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listReadsOfMe } from '../../people/contract.ts'
import * as contract from '../contract.ts'
import { startVolunteerStreet, type TestPerson, type VolunteerStreet } from './volunteer-test-street.ts'

let t: VolunteerStreet
let asker: TestPerson
let taker: TestPerson
let other: TestPerson
beforeAll(async () => {
  t = await startVolunteerStreet()
  asker = await t.resident('秦求助', { joins: false })
  taker = await t.resident('王志愿')
  other = await t.resident('李志愿')
})
afterAll(() => t.close())

const day = 24 * 60
const minutesAgo = (minutes: number) => new Date(t.clock.now().getTime() - minutes * 60_000).toISOString()
const ask = async (who: TestPerson['client'], more: object = {}) =>
  who.call(contract.askHelp, {
    body: { kind: 'elder-care', words: '陪老人去医院取药', wantedText: '周三上午', ...more },
  })
const act = (
  who: TestPerson['client'],
  id: string,
  what: (typeof contract.needActs)[number],
  more: object = {},
) => who.call(contract.actOnNeed, { params: { id }, body: { act: what, ...more } })

test('a need goes to one volunteer, who alone sees how to reach the asker; the asker reads that they looked', async () => {
  const need = (await ask(asker.client)).body
  expect(need).toMatchObject({ state: 'open', mine: 'asked', askerPhone: null })
  expect((await ask(asker.client, { kind: 'none' })).code).toBe('volunteering/kind-unknown')
  const seen = (await taker.client.call(contract.listNeeds)).body.items
  expect(seen).toMatchObject([{ id: need.id, askerName: '秦*助', askerPhone: null, can: { take: true } }])
  expect((await act(asker.client, need.id, 'take')).code).toBe('volunteering/own-need')
  const both = await Promise.all([act(taker.client, need.id, 'take'), act(other.client, need.id, 'take')])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const [has, hasNot] = both[0]?.status === 200 ? [taker, other] : [other, taker]
  const mine = (await has.client.call(contract.listNeeds, { query: { show: 'mine' } })).body.items
  expect(mine).toMatchObject([{ askerName: '秦求助', askerPhone: expect.stringMatching(/^137/) }])
  expect((await hasNot.client.call(contract.listNeeds)).body.items).toEqual([])
  const reads = (await asker.client.call(listReadsOfMe)).body.items.map(({ operation }) => operation)
  expect(reads).toContain('volunteering.listNeeds')
  expect((await act(has.client, need.id, 'give-back')).body.state).toBe('open')
})

test('hours of a need are honour-only until whoever was served says it was done; a stranger’s word does nothing', async () => {
  const need = (await ask(asker.client, { words: '修水龙头' })).body
  t.pass(1)
  await act(taker.client, need.id, 'take')
  t.pass(60)
  const params = { id: need.id }
  const done = { startedAt: minutesAgo(50), endedAt: minutesAgo(5) }
  expect((await other.client.call(contract.finishNeed, { params, body: done })).code).toBe(
    'volunteering/not-yours',
  )
  const before = { ...done, startedAt: minutesAgo(600) }
  expect((await taker.client.call(contract.finishNeed, { params, body: before })).code).toBe(
    'volunteering/before-taken',
  )
  expect((await taker.client.call(contract.finishNeed, { params, body: done })).body.state).toBe('done')
  const grade = async () =>
    (await taker.client.call(contract.getMyService)).body.sessions.find(({ needId }) => needId === need.id)
      ?.grade
  expect(await grade()).toBe('honour')
  const body = { wasDone: true, satisfaction: 'satisfied' as const, words: '很好' }
  expect((await taker.client.call(contract.evaluateNeed, { params, body })).code).toBe(
    'volunteering/not-yours',
  )
  expect((await asker.client.call(contract.evaluateNeed, { params, body })).body).toMatchObject({
    state: 'evaluated',
    satisfaction: 'satisfied',
  })
  expect(await grade()).toBe('witnessed')
})

test('"it was not done" holds the hours until somebody settles it', async () => {
  const need = (await ask(asker.client, { words: '搬一张桌子' })).body
  await act(taker.client, need.id, 'take')
  t.pass(60)
  const params = { id: need.id }
  await taker.client.call(contract.finishNeed, {
    params,
    body: { startedAt: minutesAgo(30), endedAt: minutesAgo(2) },
  })
  await asker.client.call(contract.evaluateNeed, {
    params,
    body: { wasDone: false, satisfaction: 'dissatisfied' },
  })
  t.pass(4 * day)
  await (await t.by('clerk-c1')).call(contract.enterHours, { body: {} })
  const mine = (await taker.client.call(contract.getMyService)).body.sessions.find(
    ({ needId }) => needId === need.id,
  )
  expect(mine).toMatchObject({ state: 'published', objections: 1, grade: 'honour' })
})

test('one human with two accounts serves and praises nobody but themselves: the same phone is refused', async () => {
  const phone = '13744440001'
  const alone = await t.resident('孤身', { phone })
  const clerk = await t.by('clerk-c1')
  const mother = await t.registered('孤母', { phone })
  const need = (await ask(clerk, { personId: mother })).body
  expect((await act(alone.client, need.id, 'take')).code).toBe('volunteering/own-need')
  expect((await act(clerk, need.id, 'take', { personId: other.id })).body).toMatchObject({
    state: 'taken',
    takerName: '李*愿',
  })
})

test('a wish is on the board in the desk’s words only, has one who fulfils it, and comes true when its wisher says so', async () => {
  const body = { areaId: t.street.areaId('c1'), words: '我是3栋501的小张，想要一辆自行车' }
  const wish = (await asker.client.call(contract.makeWish, { body })).body
  const params = { id: wish.id }
  const board = async (who: TestPerson['client']) => (await who.call(contract.listWishes)).body.items
  expect(await board(taker.client)).toEqual([])
  const publish = async (by: string) =>
    (await t.by(by)).call(contract.publishWish, { params, body: { publicWords: '一位小朋友想要一辆自行车' } })
  expect((await publish('clerk-c2')).code).toBe('volunteering/not-found')
  expect((await publish('clerk-c1')).body.state).toBe('open')
  expect(await board(taker.client)).toMatchObject([
    { words: null, publicWords: '一位小朋友想要一辆自行车', can: { claim: true } },
  ])
  expect((await asker.client.call(contract.claimWish, { params, body: { as: '我' } })).code).toBe(
    'volunteering/own-need',
  )
  const both = await Promise.all(
    [taker, other].map((who) => who.client.call(contract.claimWish, { params, body: { as: '爱心邻居' } })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const [has, hasNot] = both[0]?.status === 200 ? [taker, other] : [other, taker]
  const done = { words: '自行车已送到社区' }
  expect((await hasNot.client.call(contract.fulfilWish, { params, body: done })).code).toBe(
    'volunteering/not-yours',
  )
  expect((await has.client.call(contract.fulfilWish, { params, body: done })).body.state).toBe('fulfilled')
  expect((await has.client.call(contract.confirmWish, { params, body: { cameTrue: true } })).code).toBe(
    'volunteering/not-yours',
  )
  const said = await asker.client.call(contract.confirmWish, {
    params,
    body: { cameTrue: true, thanks: '谢谢' },
  })
  expect(said.body).toMatchObject({ state: 'confirmed', thanks: '谢谢' })
})

test('a wish is taken back by whoever made it or at the desk with a reason; whoever claimed it is told and need not go', async () => {
  const body = { areaId: t.street.areaId('c1'), words: '想要一副老花镜' }
  const clerk = await t.by('clerk-c1')
  const onBoard = async () => {
    const { id } = (await asker.client.call(contract.makeWish, { body })).body
    await clerk.call(contract.publishWish, { params: { id }, body: { publicWords: '一副老花镜' } })
    return { id }
  }
  const withdraw = (who: TestPerson['client'], params: { id: string }, words?: string) =>
    who.call(contract.withdrawWish, { params, body: words ? { words } : {} })
  const told = (id: string) =>
    t.look<{ account_id: string }>(
      "select account_id from notices where event = 'volunteering.wish-withdrawn' and subject_id = $1",
      [id],
    )
  const seen = async (who: TestPerson['client'], id: string) =>
    (await who.call(contract.listWishes)).body.items.find((wish) => wish.id === id)

  const waiting = { id: (await asker.client.call(contract.makeWish, { body })).body.id }
  expect((await withdraw(other.client, waiting)).code).toBe('volunteering/not-found')
  expect((await withdraw(asker.client, waiting)).body).toMatchObject({ state: 'withdrawn', mine: 'wished' })
  expect(await told(waiting.id)).toEqual([])

  const claimed = await onBoard()
  await taker.client.call(contract.claimWish, { params: claimed, body: { as: '爱心邻居' } })
  expect((await withdraw(other.client, claimed)).code).toBe('volunteering/not-yours')
  expect((await withdraw(taker.client, claimed)).code).toBe('volunteering/not-yours')
  expect((await withdraw(asker.client, claimed)).body.state).toBe('withdrawn')
  expect(await told(claimed.id)).toHaveLength(1)
  expect(await seen(taker.client, claimed.id)).toMatchObject({ state: 'withdrawn', mine: 'claimed' })
  expect(await seen(other.client, claimed.id)).toBeUndefined()
  const done = { params: claimed, body: { words: '已送到' } }
  expect((await taker.client.call(contract.fulfilWish, done)).code).toBe('volunteering/wrong-state')

  const atDesk = await onBoard()
  await taker.client.call(contract.claimWish, { params: atDesk, body: { as: '爱心邻居' } })
  expect((await withdraw(await t.by('clerk-c2'), atDesk, '本人来电')).code).toBe('volunteering/not-yours')
  expect((await withdraw(clerk, atDesk)).code).toBe('volunteering/reason-missing')
  expect((await withdraw(clerk, atDesk, '本人来电，已经有了')).body).toMatchObject({
    state: 'withdrawn',
    withdrawnWords: '本人来电，已经有了',
  })
  expect(await told(atDesk.id)).toHaveLength(2)
  expect((await withdraw(clerk, atDesk, '再一次')).code).toBe('volunteering/wrong-state')
})

const certify = async (more: object = {}) =>
  taker.client.call(contract.askCertificate, {
    body: { groupId: t.groupId, from: '2026-09-01', to: '2026-12-31', ...more },
  })

test('only the organisation that recorded certifies, for somebody else, and what it entered', async () => {
  expect((await certify({ groupId: t.committeeId })).code).toBe('volunteering/no-hours')
  const nothing = await other.client.call(contract.askCertificate, {
    body: { groupId: t.groupId, from: '2026-09-01', to: '2026-12-31' },
  })
  expect(nothing.code).toBe('volunteering/no-hours')
  const asked = (await certify()).body
  expect(asked).toMatchObject({ state: 'asked', number: null, checkCode: null })
  const params = { id: asked.id }
  const issue = async (by: string) =>
    (await t.by(by)).call(contract.issueCertificate, { params, body: { handler: '丙丁' } })
  expect((await issue('clerk-c2')).code).toBe('volunteering/not-found')
  expect((await taker.client.call(contract.issueCertificate, { params, body: { handler: '我' } })).code).toBe(
    'platform/not-for-your-role',
  )
  const issued = (await issue('clerk-c1')).body
  expect(issued).toMatchObject({
    state: 'issued',
    minutes: 45,
    number: expect.stringMatching(/^ZY\d{8}-[2-9A-Z]{6}$/),
    checkCode: expect.stringMatching(/^[2-9A-Z]{8}$/),
  })
  expect((await issue('clerk-c1')).code).toBe('volunteering/wrong-state')
})

test('the paper is the volunteer’s and the desk’s, the same at every print; anybody checks it by number and code', async () => {
  const [mine] = (await taker.client.call(contract.listCertificates)).body.items
  const params = { id: mine?.id ?? '' }
  const print = async (who: TestPerson['client']) => {
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(`${t.baseUrl}/api/volunteer-certificates/${params.id}/paper`, {
      headers: { cookie },
    })
    return { status: reply.status, bytes: Buffer.from(await reply.arrayBuffer()) }
  }
  const paper = await print(taker.client)
  expect(paper.status).toBe(200)
  expect(paper.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  t.pass(60)
  expect((await print(await t.by('clerk-c1'))).bytes.equals(paper.bytes)).toBe(true)
  expect((await print(other.client)).status).toBe(404)

  const check = (number: string, code: string) =>
    t.client().call(contract.checkCertificate, { body: { number, code } })
  const [number, code] = [mine?.number ?? '', mine?.checkCode ?? '']
  const good = await check(` ${number.toLowerCase()} `, code.toLowerCase())
  expect(good.body).toMatchObject({
    state: 'issued',
    nameMasked: '王*愿',
    minutes: 45,
    groupName: '天桥志愿服务站',
    streetName: '滨河街道',
  })
  const wrong = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`
  expect((await check(number, wrong)).code).toBe('volunteering/certificate-unknown')
  // A certificate whose hours were changed in the database no longer agrees with its code.
  await t.look(
    "update volunteer_certificates set facts = jsonb_set(facts, '{minutes}', '4500') where id = $1",
    [params.id],
  )
  expect((await check(number, code)).code).toBe('volunteering/certificate-unknown')
  await t.look(
    "update volunteer_certificates set facts = jsonb_set(facts, '{minutes}', '45') where id = $1",
    [params.id],
  )
  const revoke = async (by: string) =>
    (await t.by(by)).call(contract.revokeCertificate, { params, body: { reason: '时长有误' } })
  expect((await revoke('clerk-c1')).code).toBe('platform/not-for-your-role')
  expect((await revoke('secretary-c1')).body).toMatchObject({ state: 'revoked', revokedReason: '时长有误' })
  expect((await check(number, code)).body).toMatchObject({ state: 'revoked', revokedOn: expect.any(String) })
  for (let i = 0; i < 8; i++) await check(number, 'AAAAAAAA')
  expect((await check(number, code)).code).toBe('volunteering/certificate-too-often')
})
