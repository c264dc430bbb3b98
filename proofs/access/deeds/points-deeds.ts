/** Deeds of points: requests of two people, quarter runs, vouchers and passbooks. */
import { randomUUID } from 'node:crypto'
import * as p from '../../../modules/points/contract.ts'
import { awardPoints, bankMinutes } from '../../../modules/points/server/index.ts'
import { changeSetting } from '../../../modules/settings/contract.ts'
import { type Deed, found, type Hands, inDays, unique } from './hands.ts'
import { type Registered, registered, registeredResident } from './people-deeds.ts'

async function approved(h: Hands, asker: string, approver: string, body: p.Ask): Promise<void> {
  const { id } = await h.make(asker, p.askApproval, { body })
  await h.make(approver, p.settleRequest, { params: { id }, body: { outcome: 'approved' } })
}

/** A sponsor who gave, a shop with an agreement, and a rule by which an hour is a point. */
const ready = (h: Hands) =>
  h.once('points', async () => {
    const [sponsor, shop] = [h.street.organisationId('water'), h.street.organisationId('property')]
    const terms = { terms: '每季度结算一次', from: '2001-01-01' }
    await approved(h, 'dispatcher', 'supervisor', {
      act: 'partner',
      organisationId: sponsor,
      part: 'sponsor',
      ...terms,
    })
    await approved(h, 'dispatcher', 'supervisor', {
      act: 'partner',
      organisationId: shop,
      part: 'shop',
      ...terms,
    })
    await approved(h, 'clerk-c1', 'duty-head', {
      act: 'donation',
      organisationId: sponsor,
      amountFen: 100_000_000,
      note: '爱心款',
      receivedOn: inDays(-1),
    })
    const code = `service-${unique()}`
    await approved(h, 'secretary-c1', 'supervisor', {
      act: 'rule',
      code,
      name: '志愿服务',
      earns: 'person',
      basis: 'hour',
      points: 1,
      reserveId: sponsor,
      from: '2001-01-01',
    })
    return code
  })

/** Somebody with points of their own. */
async function earner(h: Hands, at = new Date()): Promise<Registered> {
  const ruleCode = await ready(h)
  const who = await registeredResident(h)
  await h.asSystem((tx) =>
    awardPoints(tx, h.street.streetId, {
      id: randomUUID(),
      ruleCode,
      holder: { kind: 'person', id: who.personId, area: h.street.areaPath('c1') },
      activityId: randomUUID(),
      on: at.toISOString().slice(0, 10),
      minutes: 30 * 60,
      by: h.street.staffOf('clerk-c1').accountId,
      at,
    }),
  )
  return who
}

/** Quarters of the community, from the last year backwards: what is earned in one is not yet there in the next. */
async function newQuarter(h: Hands): Promise<{ name: string; day: Date }> {
  const gone = await h.once('quarters that were frozen', async () => ({ count: 0 }))
  gone.count += 1
  const year = 2025 - Math.ceil(gone.count / 4)
  const quarter = 4 - ((gone.count - 1) % 4)
  return { name: `${year}Q${quarter}`, day: new Date(Date.UTC(year, quarter * 3 - 2, 15, 4)) }
}
async function frozenBody(h: Hands) {
  const { name, day } = await newQuarter(h)
  const who = await earner(h, day)
  return { who, body: { areaId: h.street.areaId('c1'), quarter: name } }
}

async function frozen(h: Hands): Promise<{ id: string; who: Registered }> {
  const { who, body } = await frozenBody(h)
  const { id } = await h.make('clerk-c1', p.freezeRun, { body })
  return { id, who }
}
async function noticed(h: Hands): Promise<{ id: string; who: Registered }> {
  const run = await frozen(h)
  await h.make('clerk-c1', p.noticeRun, { params: { id: run.id }, body: {} })
  return run
}
async function afterNotice(h: Hands): Promise<{ id: string; who: Registered }> {
  const run = await noticed(h)
  await h.letPass('update quarter_runs set notice_from = $2, notice_until = $3 where id = $1', [
    run.id,
    inDays(-10),
    inDays(-2),
  ])
  return run
}
/** A voucher that nobody spent. */
async function voucher(h: Hands): Promise<string> {
  const { id, who } = await afterNotice(h)
  await h.make('secretary-c1', p.approveRun, { params: { id }, body: {} })
  await h.make('supervisor', p.approveRun, { params: { id }, body: {} })
  const { vouchers } = await h.make(who, p.getPassbook)
  return found(vouchers.find(({ state }) => state === 'good')?.code ?? undefined, 'voucher')
}

export const pointsDeeds: Readonly<Record<string, Deed>> = {
  'points.settleRequest': async (h) => {
    const { id } = await h.make('duty-head', p.askApproval, {
      body: {
        act: 'rule',
        code: `teaching-${unique()}`,
        name: '知识传播',
        earns: 'person',
        basis: 'time',
        points: 5,
        from: inDays(0),
      },
    })
    return h.ask('supervisor', p.settleRequest, { params: { id }, body: { outcome: 'approved' } })
  },
  'points.freezeRun': async (h) => {
    const { body } = await frozenBody(h)
    return h.ask('clerk-c1', p.freezeRun, { body })
  },
  'points.noticeRun': async (h) =>
    h.ask('clerk-c1', p.noticeRun, { params: { id: (await frozen(h)).id }, body: {} }),
  'points.cancelRun': async (h) =>
    h.ask('supervisor', p.cancelRun, { params: { id: (await noticed(h)).id }, body: {} }),
  'points.approveRun': async (h) => {
    const { id } = await afterNotice(h)
    await h.make('secretary-c1', p.approveRun, { params: { id }, body: {} })
    return h.ask('supervisor', p.approveRun, { params: { id }, body: {} })
  },
  'points.objectToRun': async (h) => {
    const { id, who } = await noticed(h)
    return h.ask(who, p.objectToRun, { params: { id }, body: { words: '少算了一次' } })
  },
  'points.settleObjection': async (h) => {
    const { id, who } = await noticed(h)
    await h.make(who, p.objectToRun, { params: { id }, body: { words: '少算了一次' } })
    const { objections } = await h.make('secretary-c1', p.getRun, { params: { id } })
    return h.ask('secretary-c1', p.settleObjection, {
      params: { id, objectionId: found(objections[0], 'objection').id },
      body: { outcome: 'dismissed', answer: '核对过' },
    })
  },
  'points.checkVoucher': async (h) =>
    h.ask('handler-property', p.checkVoucher, { body: { code: await voucher(h) } }),
  'points.redeemVoucher': async (h) =>
    h.ask('handler-property', p.redeemVoucher, { body: { code: await voucher(h) } }),
  'points.returnVoucher': async (h) => {
    const code = await voucher(h)
    await h.make('handler-property', p.redeemVoucher, { body: { code } })
    return h.ask('handler-property', p.returnVoucher, { body: { code } })
  },
  'points.takeOfflineList': async (h) => {
    await ready(h)
    return h.ask('handler-property', p.takeOfflineList, { body: {} })
  },
  'points.sendOffline': async (h) => {
    const code = await voucher(h)
    const { id } = await h.make('handler-property', p.takeOfflineList, { body: {} })
    return h.ask('handler-property', p.sendOffline, {
      params: { id },
      body: { items: [{ code, at: new Date().toISOString() }] },
    })
  },
  'points.giveHours': async (h) => {
    const [who, kin] = [await earner(h), await registered(h)]
    await approved(h, 'clerk-c1', 'secretary-c1', {
      act: 'kin',
      onePersonId: who.personId,
      otherPersonId: kin,
      relation: 'parent-child',
    })
    await h.once('time bank', () =>
      h.make('system-admin', changeSetting, {
        params: { key: 'points.timeBank' },
        body: { value: { on: true, mostHours: 1000 } },
      }),
    )
    await h.asSystem((tx) =>
      bankMinutes(tx, h.street.streetId, {
        id: randomUUID(),
        personId: who.personId,
        area: h.street.areaPath('c1'),
        minutes: 120,
        by: h.street.staffOf('clerk-c1').accountId,
        at: new Date(),
      }),
    )
    return h.ask(who, p.giveHours, { body: { personId: kin, minutes: 60 } })
  },
  'points.givePoints': async (h) => {
    const who = await earner(h)
    const kin = await registered(h)
    await approved(h, 'clerk-c1', 'secretary-c1', {
      act: 'kin',
      onePersonId: who.personId,
      otherPersonId: kin,
      relation: 'parent-child',
    })
    return h.ask(who, p.givePoints, { body: { personId: kin, points: 1 } })
  },
}
