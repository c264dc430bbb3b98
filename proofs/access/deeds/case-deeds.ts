/** Deeds of cases: each step by somebody who may do it, up to the call that is wanted. */
import { randomUUID } from 'node:crypto'
import excel from 'exceljs'
import type { BodyOf } from '../../../lib/contract.ts'
import { putCallChain } from '../../../modules/accounts/contract.ts'
import * as c from '../../../modules/cases/contract.ts'
import { matterColumnTitles } from '../../../modules/cases/matter-cells.ts'
import { casesJobs } from '../../../modules/cases/server/index.ts'
import { changeSetting } from '../../../modules/settings/contract.ts'
import { type By, type Deed, found, type Hands, inHours, unique } from './hands.ts'

/** A personal matter, checked by call-back: no photo is asked for. */
const personalMatter = 'LX05001'
const publicMatter = 'LX01005'
/** Of the highest urgency: people are called by phone. */
const gasLeak = 'LX03008'

const jobOf = (task: string) =>
  found(
    casesJobs.jobs.find((one) => one.task === task),
    task,
  )

export async function filed(
  h: Hands,
  by: By = 'clerk-c1',
  more: Partial<BodyOf<typeof c.fileCase>> = {},
): Promise<string> {
  const channel = typeof by === 'string' ? (by.startsWith('grid') ? 'field' : 'desk') : 'resident-app'
  const body = { text: '楼道的灯坏了', channel, place: h.street.pointIn('c1g1m1'), ...more } as const
  return (await h.make(by, c.fileCase, { body })).id
}
const matterOf = (matterCode: string) => ({ kind: 'complaint', matterCode }) as const
async function accepted(h: Hands, matter = personalMatter, by: By = 'clerk-c1'): Promise<string> {
  const id = await filed(h, by)
  await h.make('clerk-c1', c.acceptCase, { params: { id }, body: matterOf(matter) })
  return id
}
async function assigned(h: Hands, matter?: string): Promise<string> {
  const id = await accepted(h, matter)
  const body = { organisationId: h.street.organisationId('property') }
  await h.make('clerk-c1', c.assignCase, { params: { id }, body })
  return id
}
export async function inProgress(h: Hands, matter?: string): Promise<string> {
  const id = await assigned(h, matter)
  await h.make('handler-property', c.takeCase, { params: { id }, body: {} })
  return id
}
async function answerIt(h: Hands, id: string): Promise<void> {
  const submitted = { outcome: 'solved', words: '灯换好了', answer: '您好，灯已经修好。' } as const
  await h.make('handler-property', c.submitResult, { params: { id }, body: submitted })
  const check = { pass: true, mode: 'call-back', words: '居民说好了' } as const
  await h.make('verifier-c1', c.checkCase, { params: { id }, body: check })
}

/** Of somebody without an account, answered; with the number and code on their slip. */
async function slipped(h: Hands) {
  const onBehalfOf = { name: '周某', phone: `1388${String(h.next()).padStart(7, '0')}` }
  const id = await filed(h, 'clerk-c1', { onBehalfOf })
  await h.make('clerk-c1', c.acceptCase, { params: { id }, body: matterOf(personalMatter) })
  const body = { organisationId: h.street.organisationId('property') }
  await h.make('clerk-c1', c.assignCase, { params: { id }, body })
  await h.make('handler-property', c.takeCase, { params: { id }, body: {} })
  await answerIt(h, id)
  const { number, code } = await h.make('clerk-c1', c.printSlip, { params: { id }, body: {} })
  return { id, number, code }
}
const rated = { reached: true, solved: true, satisfaction: 'satisfied' } as const

async function whistle(h: Hands): Promise<c.WhistleView> {
  const body: BodyOf<typeof c.raiseWhistle> = {
    kind: 'emergency',
    words: '路面塌陷，请到场',
    calls: [{ organisationId: h.street.organisationId('property') }],
  }
  return h.make('clerk-c1', c.raiseWhistle, { params: { id: await accepted(h) }, body })
}
async function arrived(h: Hands): Promise<c.WhistleView> {
  const { id } = await whistle(h)
  return h.make('handler-property', c.arriveAtWhistle, { params: { id }, body: { words: '已到场' } })
}
async function whistleTask(h: Hands, isDone: boolean): Promise<{ id: string; taskId: string }> {
  const { id } = await arrived(h)
  const body = { organisationId: h.street.organisationId('property'), words: '围挡' }
  const given = await h.make('clerk-c1', c.giveWhistleTask, { params: { id }, body })
  const taskId = found(given.tasks.at(-1), 'task of a whistle').id
  if (isDone)
    await h.make('handler-property', c.finishWhistleTask, {
      params: { id: taskId },
      body: { words: '已完成' },
    })
  return { id, taskId }
}

async function harmReport(h: Hands): Promise<string> {
  const body: BodyOf<typeof c.reportHarm> = {
    caseId: await inProgress(h),
    concern: 'neglect',
    words: '孩子独自在家',
    told: [{ authority: 'police' }],
  }
  return (await h.make('clerk-c1', c.reportHarm, { body })).id
}

async function gathering(h: Hands): Promise<string> {
  const body: BodyOf<typeof c.recordGathering> = {
    kind: 'home-visit',
    areaId: h.street.areaId('c1g1m1'),
    heldAt: new Date().toISOString(),
    needs: [{ id: randomUUID(), text: '楼道灯不亮' }],
  }
  return (await h.make('grid-worker-c1g1', c.recordGathering, { body })).gathering.id
}

/** Written by one and published by another; `until` says how far. */
async function summary(h: Hands, isPublished: boolean): Promise<{ id: string; version: number }> {
  const id = await filed(h)
  const body = { ...matterOf(publicMatter), route: 'handle-now' } as const
  await h.make('clerk-c1', c.acceptCase, { params: { id }, body })
  const written = await h.make('clerk-c1', c.writePublicSummary, {
    params: { id },
    body: { summary: '居民反映楼道灯不亮，社区已联系更换。' },
  })
  if (!isPublished) return { id, version: written.version }
  const shown = await h.make('secretary-c1', c.publishSummary, {
    params: { id },
    body: { version: written.version },
  })
  return { id, version: shown.version }
}

const ordersOf = (h: Hands) =>
  h.make('dispatcher', c.importOrders, {
    body: {
      source: '12345',
      rows: [{ number: `RX${unique()}`, text: '小区门口路灯不亮', dueAt: inHours(24 * 12) }],
    },
  })
async function order(h: Hands): Promise<string> {
  const id = found((await ordersOf(h)).rows[0], 'order').caseId
  await h.make('dispatcher', c.acceptCase, { params: { id }, body: matterOf(personalMatter) })
  return id
}
async function answeredOrder(h: Hands): Promise<string> {
  const id = await order(h)
  const body = { organisationId: h.street.organisationId('property') }
  await h.make('dispatcher', c.assignCase, { params: { id }, body })
  await h.make('handler-property', c.takeCase, { params: { id }, body: {} })
  const submitted = { outcome: 'solved', words: '灯换好了', answer: '您好，灯已经修好。' } as const
  await h.make('handler-property', c.submitResult, { params: { id }, body: submitted })
  const check = { pass: true, mode: 'call-back', words: '居民说好了' } as const
  await h.make('verifier', c.checkCase, { params: { id }, body: check })
  return id
}

/** The first line of the street's own list with another name; a whole list would only make the same reading longer. */
async function oneMatterRenamed(h: Hands): Promise<Uint8Array<ArrayBuffer>> {
  const book = new excel.Workbook()
  await book.xlsx.load((await h.bytes('system-admin', c.exportMatters)).buffer)
  const sheet = found(book.worksheets[0], 'list of matters')
  const name = (sheet.getRow(1).values as unknown[]).indexOf(matterColumnTitles.name.zh)
  sheet.getRow(2).getCell(name).value = `改名${h.next()}`
  sheet.spliceRows(3, sheet.rowCount)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

export const caseDeeds: Readonly<Record<string, Deed>> = {
  'cases.undoCase': async (h) =>
    h.ask('clerk-c1', c.undoCase, { params: { id: await accepted(h) }, body: {} }),
  'cases.undoCaseBatch': async (h) => {
    const caseId = await filed(h)
    const made = await h.make('clerk-c1', c.startCaseBatch, {
      body: { items: [{ caseId, version: 1 }], order: { act: 'accept', ...matterOf(personalMatter) } },
    })
    await h.work(jobOf('cases.runBatch'), { batchId: made.id })
    return h.ask('clerk-c1', c.undoCaseBatch, { params: { id: made.id }, body: {} })
  },
  'cases.previewReplyTemplate': async (h) =>
    h.ask('dispatcher', c.previewReplyTemplate, {
      body: { caseId: await accepted(h), words: '{称呼}您好' },
    }),
  'cases.arriveAtWhistle': async (h) =>
    h.ask('handler-property', c.arriveAtWhistle, {
      params: { id: (await whistle(h)).id },
      body: { words: '已到场' },
    }),
  'cases.giveWhistleTask': async (h) =>
    h.ask('clerk-c1', c.giveWhistleTask, {
      params: { id: (await arrived(h)).id },
      body: { organisationId: h.street.organisationId('property'), words: '围挡' },
    }),
  'cases.finishWhistleTask': async (h) =>
    h.ask('handler-property', c.finishWhistleTask, {
      params: { id: (await whistleTask(h, false)).taskId },
      body: { words: '已完成' },
    }),
  'cases.judgeWhistleTask': async (h) =>
    h.ask('clerk-c1', c.judgeWhistleTask, {
      params: { id: (await whistleTask(h, true)).taskId },
      body: { accept: true },
    }),
  'cases.rateWhistleCall': async (h) =>
    h.ask('clerk-c1', c.rateWhistleCall, {
      params: { id: (await arrived(h)).id },
      body: { organisationId: h.street.organisationId('property'), rating: 'satisfied' },
    }),
  'cases.releaseWhistle': async (h) => {
    const params = { id: (await arrived(h)).id }
    const organisationId = h.street.organisationId('property')
    await h.make('clerk-c1', c.rateWhistleCall, { params, body: { organisationId, rating: 'satisfied' } })
    return h.ask('clerk-c1', c.releaseWhistle, { params, body: { words: '解除' } })
  },
  'cases.openHarmReport': async (h) =>
    h.ask('clerk-c1', c.openHarmReport, { params: { id: await harmReport(h) }, body: {} }),
  'cases.addToHarmReport': async (h) =>
    h.ask('supervisor', c.addToHarmReport, {
      params: { id: await harmReport(h) },
      body: { words: '已转办' },
    }),
  'cases.releaseHarmCase': async (h) =>
    h.ask('supervisor', c.releaseHarmCase, {
      params: { id: await harmReport(h) },
      body: { words: '与未成年人无关' },
    }),
  'cases.addNeeds': async (h) =>
    h.ask('grid-worker-c1g1', c.addNeeds, {
      params: { id: await gathering(h) },
      body: { needs: [{ id: randomUUID(), text: '楼道灯不亮' }] },
    }),
  'cases.correctGathering': async (h) =>
    h.ask('grid-worker-c1g1', c.correctGathering, {
      params: { id: await gathering(h) },
      body: { note: '改一下' },
    }),
  'cases.writePublicSummary': async (h) =>
    h.ask('clerk-c1', c.writePublicSummary, {
      params: { id: await accepted(h, publicMatter) },
      body: { summary: '居民反映楼道灯不亮。' },
    }),
  'cases.publishSummary': async (h) => {
    const { id, version } = await summary(h, false)
    return h.ask('secretary-c1', c.publishSummary, { params: { id }, body: { version } })
  },
  'cases.withdrawSummary': async (h) => {
    const { id } = await summary(h, true)
    return h.ask('secretary-c1', c.withdrawSummary, { params: { id }, body: { reason: '写错了' } })
  },
  'cases.resumeCase': async (h) => {
    const id = await inProgress(h)
    const body = { kind: 'waiting-for-resident', reason: '等居民在家', until: inHours(48) } as const
    await h.make('handler-property', c.suspendCase, { params: { id }, body })
    await h.make('supervisor', c.approveRequest, { params: { id }, body: {} })
    return h.ask('handler-property', c.resumeCase, { params: { id }, body: { words: '可以继续了' } })
  },
  'cases.adjudicateDuty': async (h) => {
    const id = await inProgress(h)
    const body = { reason: '不属于本单位职责' }
    await h.make('handler-property', c.disputeDuty, { params: { id }, body })
    return h.ask('supervisor', c.adjudicateDuty, {
      params: { id },
      body: { organisationId: h.street.organisationId('enforcement'), reason: '按职责清单' },
    })
  },
  'cases.importOrders': async (h) =>
    h.ask('dispatcher', c.importOrders, {
      body: { source: '12345', rows: [{ number: `RX${unique()}`, text: '楼道灯不亮' }] },
    }),
  'cases.undoOrders': async (h) =>
    h.ask('dispatcher', c.undoOrders, { body: { batchId: (await ordersOf(h)).batchId } }),
  'cases.returnUpstream': async (h) =>
    h.ask('dispatcher', c.returnUpstream, {
      params: { id: await order(h) },
      body: { reason: '不属于本街道' },
    }),
  'cases.settleUpstream': async (h) => {
    const id = await order(h)
    await h.make('dispatcher', c.returnUpstream, { params: { id }, body: { reason: '不属于本街道' } })
    return h.ask('dispatcher', c.settleUpstream, {
      params: { id },
      body: { approved: false, confirmedBy: '热线' },
    })
  },
  'cases.replyUpstream': async (h) =>
    h.ask('dispatcher', c.replyUpstream, {
      params: { id: await answeredOrder(h) },
      body: { text: '已换灯' },
    }),
  'cases.rateUpstream': async (h) => {
    const id = await answeredOrder(h)
    await h.make('dispatcher', c.replyUpstream, { params: { id }, body: { text: '已换灯' } })
    return h.ask('dispatcher', c.rateUpstream, { params: { id }, body: { value: '满意' } })
  },
  'cases.rateByCode': async (h) => {
    const { number, code } = await slipped(h)
    return h.ask('clerk-c1', c.rateByCode, { body: { number, code, session: randomUUID(), ...rated } })
  },
  'cases.querySlip': async (h) => {
    const { number, code } = await slipped(h)
    return h.ask('clerk-c1', c.querySlip, { body: { number, code } })
  },
  // Three people through one session of a browser: somebody asks again.
  'cases.settleCallBack': async (h) => {
    const session = randomUUID()
    const three = [await slipped(h), await slipped(h), await slipped(h)]
    for (const { number, code } of three)
      await h.make('clerk-c1', c.rateByCode, { body: { number, code, session, ...rated } })
    return h.ask('supervisor', c.settleCallBack, {
      params: { id: found(three[0], 'case').id },
      body: { answered: false },
    })
  },
  // Nobody is on duty, so whoever the chain names is called at once.
  'cases.answerCall': async (h) => {
    const desk = h.street.areaId(h.street.code)
    await h.make('duty-head', putCallChain, {
      params: { id: desk },
      body: {
        headWaitMinutes: 5,
        steps: [{ accountId: h.street.staffOf('dispatcher').accountId, waitMinutes: 10 }],
      },
    })
    const id = await filed(h, 'dispatcher-2', { matterCode: gasLeak, channel: 'phone' })
    await h.work(jobOf('cases.callPeople'), { caseId: id })
    return h.ask('dispatcher', c.answerCall, { params: { id }, body: {} })
  },
  'cases.draftWords': async (h) => {
    Object.assign(h.services, { drafts: { draft: async () => '您好，灯已经修好。' } })
    await h.once('drafts by a helper', () =>
      h.make('system-admin', changeSetting, {
        params: { key: 'cases.draftsByHelper' },
        body: { value: true },
      }),
    )
    return h.ask('clerk-c1', c.draftWords, {
      params: { id: await accepted(h) },
      body: { purpose: 'reply' },
    })
  },
  'cases.printSlip': async (h) =>
    h.ask('clerk-c1', c.printSlip, {
      params: { id: await filed(h, 'clerk-c1', { onBehalfOf: { name: '周某' } }) },
      body: {},
    }),
  'cases.importMatters': async (h) =>
    h.ask('system-admin', c.importMatters, {
      query: { confirm: true },
      file: await oneMatterRenamed(h),
      fileName: 'matters.xlsx',
    }),
  'cases.undoCalendarImport': async (h) => {
    const params = { year: 2031 + (h.next() % 60) }
    const body = { text: `${params.year}-01-01,放假,元旦`, source: '核对用' }
    const { history } = await h.make('system-admin', c.importNotice, { params, body })
    return h.ask('system-admin', c.undoImport, {
      params,
      body: { importId: found(history[0], 'import').id },
    })
  },
}
