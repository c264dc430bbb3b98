/** Cases of public safety of the demo street, each with the history that its state tells of. */
import { bigrams } from '../lib/text.ts'
import { addDays, type Day, dayOf, endOfDay, startOfDay } from '../lib/time.ts'
import type { CaseState, SpecialKind } from '../modules/cases/contract.ts'
import {
  caseNumber,
  freshCase,
  insertCases,
  type NewEntry,
  takeCaseNumbers,
  type WholeCase,
} from '../modules/cases/server/index.ts'
import { systemAccountId } from '../platform/actor.ts'
import type { Tx } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import { wanted } from './load-place.ts'
import type { LoadWorld } from './load-world.ts'
import type { DemoStreet } from './types.ts'

export interface SafetyLoad {
  readonly tx: Tx
  readonly keys: Keys
  readonly world: LoadWorld
  readonly street: DemoStreet
}

const rule = (zh: string, en: string) => ({
  response: { amount: 1, unit: 'natural-days' },
  finish: { amount: 1, unit: 'natural-days' },
  words: { zh, en },
  provisional: false,
})

export const idOf = ({ world, street }: SafetyLoad, key: string): string =>
  world.idOf(key, startOfDay(addDays(street.today, -30)).getTime())

export function caseOf(
  load: SafetyLoad,
  key: string,
  area: { readonly id: string; readonly path: string },
  days: number,
  more: {
    special: SpecialKind
    title: string
    state: 'accepted' | 'assigned' | 'result-submitted' | 'answered'
    outcome?: 'solved' | 'unsolved'
    answer?: string
    due: number
    organisationId?: string | null
  },
): Omit<WholeCase, 'terms'> {
  const { world, street } = load
  const createdAt = new Date(startOfDay(addDays(street.today, days)).getTime() + 9 * 3_600_000)
  const id = idOf(load, key)
  const isGiven = more.special !== 'mediation'
  return {
    reporter: null,
    row: {
      ...freshCase,
      street_id: world.streetId,
      id,
      number: '',
      special: more.special,
      kind: isGiven ? 'report' : null,
      matter_id: null,
      title: more.title,
      text: isGiven ? more.title : '',
      channel: isGiven ? 'field' : 'desk',
      state: more.state,
      urgency: 'P3',
      desk: 'community',
      area_id: area.id,
      area: area.path,
      lng: null,
      lat: null,
      source_datum: null,
      place_text: null,
      building_id: null,
      reporter_id: null,
      filed_by: systemAccountId,
      on_behalf: false,
      confidential: false,
      created_at: createdAt,
      accepted_at: createdAt,
      clock_start_at: createdAt,
      due_at: endOfDay(addDays(street.today, more.due)),
      clock_rule: isGiven
        ? rule('整改期限，由交办时定', 'The day for putting it right')
        : rule('调解一般在30天内完成', 'Usually settled within 30 days'),
      ...(isGiven
        ? {
            organisation_id: more.organisationId ?? null,
            assigned_at: createdAt,
            hops: 1,
            draft_answer: more.answer ?? '隐患已整改，经复查消除。',
            outcome: more.outcome ?? null,
            ...(more.state === 'answered'
              ? { answer: more.answer ?? null, answered_at: createdAt, responded_at: createdAt }
              : {}),
          }
        : {}),
    },
    entries: historyOf(more).map(({ act, to, step }, index) => ({
      id: idOf(load, `${key}#entry${index}`),
      at: new Date(createdAt.getTime() + index * 60_000),
      act,
      actor_id: systemAccountId,
      post_id: null,
      from_state: null,
      to_state: to,
      words: null,
      detail: (step === undefined ? {} : { step }) as NewEntry['detail'],
      file_ids: [],
      internal: false,
    })),
  }
}

interface Step {
  readonly act: NewEntry['act']
  readonly to: CaseState
  /** Left out for the loop’s own acts. */
  readonly step?: string
}

/** What the state of a case says has happened: a mediation is opened, all else was found by somebody and given out. */
function historyOf({ special, state }: { special: SpecialKind; state: CaseState }): Step[] {
  if (special === 'mediation') return [{ act: 'mediation', to: state, step: 'opened' }]
  const steps: Step[] = [
    { act: 'file', to: 'pending' },
    { act: special, to: 'assigned', step: 'given' },
  ]
  if (state !== 'assigned') steps.push({ act: 'submit-result', to: 'result-submitted' })
  if (state === 'answered') steps.push({ act: 'check', to: 'answered' })
  return steps
}

/** Numbers by day, after those of the stories. */
export async function number(
  { tx, world }: SafetyLoad,
  made: readonly Omit<WholeCase, 'terms'>[],
): Promise<void> {
  const counts = new Map<Day, number>()
  for (const { row } of made) counts.set(dayOf(row.created_at), (counts.get(dayOf(row.created_at)) ?? 0) + 1)
  const next = await takeCaseNumbers(tx, world.streetId, counts)
  for (const { row } of made) {
    const day = dayOf(row.created_at)
    const running = wanted(next.get(day), day)
    next.set(day, running + 1)
    row.number = caseNumber(day, running)
  }
  await insertCases(
    tx,
    world.streetId,
    made.map((one) => ({ ...one, terms: bigrams(`${one.row.number} ${one.row.title}`) })),
  )
}
