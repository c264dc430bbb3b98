/**
 * Each minute: which steps clocks have reached since the last look: due soon, overdue, then up the ladder to the
 * supervisor and the head of the street. Each step is taken once.
 */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { type LadderRules, lastStep, reachedSteps } from '../rules/ladder.ts'
import {
  type CaseState,
  type Desk,
  type LadderStep,
  type Rung,
  rungs,
  type Urgency,
  urgencies,
} from '../words.ts'
import { workingCalendar } from './calendar.ts'
import { climb } from './climb.ts'
import { dueSoonRuleOf, laddersOf } from './street-clocks.ts'
import { tellOfClocks } from './tell-people.ts'

interface RunningClock {
  case_id: string
  number: string
  state: CaseState
  urgency: Urgency
  area: string
  desk: Desk
  /** Of whom the desk consists: the community of the place, or the street. */
  desk_path: string
  organisation_id: string | null
  holder_account_id: string | null
  round: number
  clock: 'finish' | 'response'
  start_at: Date
  due_at: Date
}

type Reached<Step extends LadderStep = LadderStep> = RunningClock & { notice: Step }

export async function sweepClocks(call: JobCall): Promise<void> {
  const { tx, at, actor, streetPath, event } = call
  const rules: LadderRules = {
    dueSoon: await dueSoonRuleOf(tx, actor.streetId, at),
    ladders: await laddersOf(tx, actor.streetId, at),
    calendar: await workingCalendar(tx, actor.streetId),
  }
  const clocks = await clocksNearTheirEnd(tx, actor.streetId, streetPath, at, rules)
  const wanted = clocks.flatMap((clock) => stepsOf(clock, at, rules))
  if (wanted.length === 0) return
  const taken = new Set((await takeSteps(tx, actor.streetId, at, wanted)).map(keyOf))
  const fresh = wanted.filter((each) => taken.has(keyOf(each)))
  for (const one of fresh)
    event({
      type: `case.${one.notice}`,
      subjectId: one.case_id,
      audience: {
        area: one.desk_path,
        ...(one.organisation_id ? { organisations: [one.organisation_id] } : {}),
        ...(one.holder_account_id ? { accounts: [one.holder_account_id] } : {}),
      },
    })
  await tellOfClocks(call, fresh.filter(isWarning))
  await climb(call, fresh.filter(isRung))
}

const isRung = (one: Reached): one is Reached<Rung> => rungs.some((rung) => rung === one.notice)
const isWarning = (one: Reached): one is Reached<Exclude<LadderStep, Rung>> => !isRung(one)

function stepsOf(clock: RunningClock, at: Date, rules: LadderRules): Reached[] {
  const isResponse = clock.clock === 'response'
  const facts = {
    state: clock.state,
    urgency: clock.urgency,
    startAt: clock.start_at,
    suspended: false,
    responseDueAt: isResponse ? clock.due_at : null,
    respondedAt: null,
    dueAt: isResponse ? null : clock.due_at,
  }
  return reachedSteps(facts, at, rules).map(({ step }) => ({ ...clock, notice: step }))
}

const keyOf = (one: { case_id: string; notice: string }) => `${one.case_id} ${one.notice}`

/** Running clocks that end within the longest warning and have not taken the last step of their ladder. */
function clocksNearTheirEnd(
  tx: Tx,
  streetId: number,
  streetPath: string,
  at: Date,
  { dueSoon, ladders }: LadderRules,
): Promise<RunningClock[]> {
  const horizon = new Date(at.getTime() + dueSoon.atMostMinutes * 60_000)
  const last = JSON.stringify(Object.fromEntries(urgencies.map((one) => [one, lastStep(ladders[one])])))
  return tx.many(
    sql<RunningClock>`select c.id as case_id, c.number, c.state, c.urgency, c.area::text, c.desk, c.organisation_id, c.holder_account_id, c.reopen_count as round,
        k.clock, c.clock_start_at as start_at, k.due_at,
        case c.desk when 'community' then coalesce(a.path::text, ${streetPath}) else ${streetPath} end as desk_path
      from cases c
        cross join lateral (values ('finish', c.due_at),
          ('response', case when c.responded_at is null then c.response_due_at end)) k(clock, due_at)
        left join areas a on a.street_id = c.street_id and a.level = 'community' and a.valid_to is null
          and c.area <@ a.path
      where c.street_id = ${streetId} and c.state in ('accepted', 'assigned', 'in-progress', 'result-submitted')
        and c.suspended_until is null and c.clock_start_at is not null and k.due_at <= ${horizon}
        and not exists (select from case_notices n
          where n.street_id = c.street_id and n.case_id = c.id and n.round = c.reopen_count and n.due_at = k.due_at
            and n.notice = case k.clock when 'finish' then ${last}::jsonb ->> c.urgency else 'response-overdue' end)`,
  )
}

/** Writes the steps that are new and returns those: the key refuses a second, also from another worker. */
function takeSteps(
  tx: Tx,
  streetId: number,
  at: Date,
  notices: readonly Reached[],
): Promise<{ case_id: string; notice: string }[]> {
  const rows = notices.map(({ case_id, notice, round, due_at }) => ({ case_id, notice, round, due_at }))
  return tx.many(
    sql<{
      case_id: string
      notice: string
    }>`insert into case_notices (street_id, case_id, notice, round, due_at, at)
      select ${streetId}::int, n.case_id, n.notice, n.round, n.due_at, ${at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) n(case_id uuid, notice text, round integer, due_at timestamptz)
      order by n.case_id, n.notice
      on conflict do nothing returning case_id, notice`,
  )
}
