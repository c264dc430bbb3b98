import type { OutputOf } from '../../../lib/contract.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { earns, gradeOf } from '../rules/evidence-grade.ts'
import { minutesBetween } from '../rules/minutes.ts'
import { areasRun, inStreet } from './acting.ts'
import { awardFor } from './award-for.ts'
import { lookThrough } from './look-for-patterns.ts'
import { closeForgotten, type Noting } from './on-site.ts'
import { countHeld, enterRows, lockDue, type SessionRow } from './session-store.ts'

interface Entering {
  /** Paths of the areas whose records are looked through and entered. */
  areas: readonly string[]
  /** Points are accounts of the whole street. */
  reach<T>(work: () => Promise<T>): Promise<T>
}

type Report = OutputOf<typeof contract.enterHours>

/** 记入: everything of the actor's areas whose notice is over. It happens by itself each hour; the desk may do it now. */
export const enterHours = operation(contract.enterHours, async (call) => {
  const { actor } = call
  const report = await enterDue(call, {
    areas: areasRun(actor),
    reach: (work) => inStreet(call, work),
  })
  call.audit({ subjectType: 'volunteer-hours', detail: report })
  return report
})

/** Each hour, as the system: the rule decides and nobody has to think of it. Without anything due it leaves no trace. */
export async function enterEveryHour(call: JobCall): Promise<void> {
  const report = await enterDue(call, { areas: [call.streetPath], reach: (work) => work() })
  if (report.entered + report.newPatterns > 0) call.audit({ subjectType: 'volunteer-hours', detail: report })
}

/**
 * For good and in full. What a member objected to and what a pattern asks to call back stays on notice. Points go to what
 * somebody else saw, by the street's rules.
 */
async function enterDue(call: Noting, { areas, reach }: Entering): Promise<Report> {
  const { tx, actor, at } = call
  const { streetId } = actor
  await closeForgotten(call)
  // The patterns are looked for before anything is entered, so that none slips through between two looks.
  const newPatterns = await lookThrough(call, areas)
  const ready = await lockDue(tx, streetId, areas, at)
  await enterRows(
    tx,
    streetId,
    ready.map(({ id }) => id),
    { account: actor.accountId, at },
  )
  const points = await reach(() => awardAll(call, ready))
  const minutes = ready.reduce(
    (sum, { started_at, ended_at }) => sum + (ended_at ? minutesBetween(started_at, ended_at) : 0),
    0,
  )
  const held = await countHeld(tx, streetId, areas, at)
  return { entered: ready.length, minutes, points, held, newPatterns }
}

async function awardAll(call: Noting, rows: readonly SessionRow[]): Promise<number> {
  let sum = 0
  for (const row of rows) if (earns(gradeOf(row.source, row.evidence))) sum += await awardFor(call, row)
  return sum
}
