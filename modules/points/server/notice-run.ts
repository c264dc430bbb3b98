import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex, streetRoot } from '../../areas/server/index.ts'
import { personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { noticeEnd } from '../rules/quarter.ts'
import { isYear } from '../rules/year.ts'
import { quarterTerms } from '../settings.ts'
import { areaRefOf } from './community.ts'
import { voidReserved } from './ledger.ts'
import { accountsByIds } from './ledger-store.ts'
import {
  allRuns,
  answerObjection,
  beginNotice,
  findRun,
  giveUpRun,
  insertObjection,
  leaveOut,
  linesOf,
  objectionsOf,
} from './run-store.ts'
import { getRunRow, preparers, runApprovers, runView } from './run-view.ts'

/** 公示: from today on, for the days that the street set. */
export const noticeRun = operation(contract.noticeRun, async (call) => {
  const { tx, actor, at, params } = call
  const row = await getRunRow(call, params.id, preparers)
  if (row.state !== 'frozen') throw new Refusal('points/run-over')
  const { noticeDays } = await readSetting(tx, actor.streetId, quarterTerms, at)
  const today = dayOf(at)
  await beginNotice(tx, actor.streetId, row.id, today, noticeEnd(today, noticeDays))
  call.audit({ subjectType: 'quarter-run', subjectId: row.id })
  return runView(call, await getRunRow(call, row.id))
})

/** 撤销: before anything was issued; every held point goes back. */
export const cancelRun = operation(contract.cancelRun, async (call) => {
  const { tx, actor, at, params } = call
  const row = await getRunRow(call, params.id, runApprovers)
  if (row.state !== 'frozen' && row.state !== 'noticed') throw new Refusal('points/run-over')
  for (const line of await linesOf(tx, actor.streetId, row.id))
    if (line.left_out === null) await voidReserved(tx, { id: line.hold_id, by: actor.accountId, at })
  await giveUpRun(tx, actor.streetId, row.id)
  call.audit({ subjectType: 'quarter-run', subjectId: row.id })
  return runView(call, await getRunRow(call, row.id))
})

/** 公示名单: the last digits of passbooks and points, nobody's name; one's own line is marked. */
export const listNotices = operation(contract.listNotices, async (call) => {
  const { tx, actor, at } = call
  const today = dayOf(at)
  const areas = await areaIndex(tx, actor.streetId)
  const own = await personOfAccount(tx, actor.streetId, actor.accountId)
  const { organisations } = await postIndex(tx, actor.streetId)
  return call.asSystem(areas.root.path, async () => {
    const items: contract.NoticeView[] = []
    for (const run of await allRuns(tx, actor.streetId, 'noticed')) {
      const area = areas.byId.get(run.area_id)
      if (!area || run.notice_until === null || today > run.notice_until) continue
      const lines = (await linesOf(tx, actor.streetId, run.id)).filter(({ left_out }) => left_out === null)
      const accounts = new Map(
        (
          await accountsByIds(
            tx,
            actor.streetId,
            lines.map(({ account_id }) => account_id),
          )
        ).map((row) => [row.id, row]),
      )
      items.push({
        id: run.id,
        area: areaRefOf(area),
        quarter: run.quarter,
        year: isYear(run.quarter),
        until: run.notice_until,
        rateFen: run.rate_fen,
        lines: lines.map(({ account_id, points }) => {
          const account = accounts.get(account_id)
          return {
            number: account?.number?.slice(-4) ?? '',
            name: organisations.get(account?.organisation_id ?? '')?.name ?? null,
            points,
            own: own !== undefined && account?.holder_id === own.id,
          }
        }),
      })
    }
    return { items }
  })
})

/** 提异议: by anybody of the street while the list is shown; at the desk a clerk writes it down. */
export const objectToRun = operation(contract.objectToRun, async (call) => {
  const { tx, actor, at, params, body } = call
  const root = await streetRoot(tx, actor.streetId)
  const id = call.newId()
  await call.asSystem(root.path, async () => {
    const run = await findRun(tx, actor.streetId, params.id)
    if (!run || run.state === 'frozen') throw new Refusal('points/run-not-found')
    if (run.state !== 'noticed' || run.notice_until === null || dayOf(at) > run.notice_until)
      throw new Refusal('points/notice-over')
    const { number } = body
    const lines = await linesOf(tx, actor.streetId, run.id)
    const named = (
      await accountsByIds(
        tx,
        actor.streetId,
        lines.map(({ account_id }) => account_id),
      )
    ).filter((row) => number !== undefined && row.number?.endsWith(number))
    // Four digits that fit several are told to the desk in the words, not guessed.
    const accountId = named.length === 1 ? (named[0]?.id ?? null) : null
    const words = accountId === null && number !== undefined ? `［${number}］${body.words}` : body.words
    await insertObjection(tx, actor.streetId, run, { id, accountId, words, by: actor.accountId, at })
  })
  call.audit({ subjectType: 'quarter-run', subjectId: params.id, detail: { objection: id } })
  return {}
})

/** 答复异议: upheld, the account leaves the run with its points. */
export const settleObjection = operation(contract.settleObjection, async (call) => {
  const { tx, actor, at, params, body } = call
  const row = await getRunRow(call, params.id, runApprovers)
  if (row.state !== 'noticed') throw new Refusal('points/run-over')
  const objection = (await objectionsOf(tx, actor.streetId, row.id)).find(
    ({ id }) => id === params.objectionId,
  )
  if (!objection || objection.outcome !== null) throw new Refusal('points/objection-not-found')
  if (objection.made_by === actor.accountId) throw new Refusal('points/asked-yourself')
  const by = actor.accountId
  await answerObjection(tx, actor.streetId, row.id, objection.id, { ...body, by, at })
  const line =
    body.outcome === 'upheld' && objection.account_id !== null
      ? (await linesOf(tx, actor.streetId, row.id)).find(
          ({ account_id }) => account_id === objection.account_id,
        )
      : undefined
  if (line && line.left_out === null) {
    await voidReserved(tx, { id: line.hold_id, by, at })
    await leaveOut(tx, actor.streetId, row.id, line.account_id, body.answer)
  }
  call.audit({
    subjectType: 'quarter-run',
    subjectId: row.id,
    outcome: body.outcome,
    detail: { objection: objection.id },
  })
  return runView(call, await getRunRow(call, row.id))
})
