/** Random histories of cases, put down above row security, for tests of what is counted from them. */
import { newId } from '../../lib/ids.ts'
import { createSeededRandom, type SeededRandom } from '../../lib/seeded-random.ts'
import { addDays, startOfDay } from '../../lib/time.ts'
import { systemAccountId } from '../../platform/actor.ts'
import { freshCase } from '../cases/server/index.ts'
import type { TestCases } from './case-fixture.ts'

/** Everything happens in the 26 days from here on. */
export const firstRandomDay = '2026-08-20'

const acts = [
  'assign',
  'return',
  'submit-result',
  'check',
  'reopen',
  'dispute',
  'approve',
  'refuse',
  'answer-now',
  'undo',
]
const states = [
  'pending',
  'accepted',
  'assigned',
  'in-progress',
  'result-submitted',
  'answered',
  'closed',
  'declined',
  'merged',
]

/** An area that cases are filed in. */
export interface Placed {
  readonly id: string
  readonly path: string
}
export const placesOf = (t: TestCases): Placed[] =>
  ['c1', 'c1g1', 'c1g1m1', 'c1g1m2', 'c1g2m1', 'c2g1m1', 'c2g2', t.street.code].map((code) => ({
    id: t.street.areaId(code),
    path: t.street.areas.get(code)?.path ?? '',
  }))

/** Cases in any state, changed in any way: more than the rules allow, for figures must be right whatever happened. */
export class RandomCases {
  readonly #t: TestCases
  readonly #random: SeededRandom
  readonly #areas: readonly Placed[]
  readonly cases: string[] = []
  constructor(t: TestCases, seed: number, areas = placesOf(t)) {
    this.#t = t
    this.#random = createSeededRandom(seed)
    this.#areas = areas
  }
  #instant() {
    const days = this.#random.int(26)
    return new Date(startOfDay(addDays(firstRandomDay, days)).getTime() + this.#random.int(24 * 3600) * 1000)
  }
  #maybe<T>(value: () => T, chance = 0.6): T | null {
    return this.#random.chance(chance) ? value() : null
  }
  #columns() {
    const r = this.#random
    const posts = [...this.#t.street.staff.values()].map(({ postId }) => postId).filter((id) => id !== null)
    const area = r.pick(this.#areas)
    const { lng, lat } = this.#t.street.pointIn('c1g1m1')
    const place = this.#maybe(() => ({ lng: lng + (r.chance(0.5) ? 0.003 : -0.003), lat }))
    const at = () => this.#instant().toISOString()
    return {
      state: r.pick(states),
      outcome: r.pick([null, 'solved', 'solved', 'partly']),
      area_id: area.id,
      area: area.path,
      lng: place?.lng ?? null,
      lat: place?.lat ?? null,
      source_datum: place ? 'wgs84' : null,
      organisation_id: r.pick([
        null,
        this.#t.street.organisationId('property'),
        this.#t.street.organisationId('water'),
      ]),
      holder_post_id: this.#maybe(() => r.pick(posts)),
      desk: r.pick(['community', 'street']),
      accepted_at: this.#maybe(at),
      assigned_at: this.#maybe(at),
      responded_at: this.#maybe(at),
      due_at: this.#maybe(at, 0.8),
      clock_start_at: this.#maybe(at, 0.8),
      clock_rule: {
        response: { amount: 1, unit: r.pick(['clock-hours', 'working-days']) },
        finish: { amount: 5, unit: r.pick(['clock-hours', 'natural-days', 'working-days']) },
        words: { zh: '', en: '' },
        provisional: false,
      },
      answered_at: this.#maybe(at),
      closed_at: this.#maybe(at),
      suspended_until: this.#maybe(() => '2026-10-30T00:00:00Z', 0.1),
      paused_minutes: r.pick([0, 0, 90]),
      review_on: this.#maybe(() => addDays(firstRandomDay, r.int(60)), 0.3),
      rating: this.#maybe(() => ({
        counts: r.chance(0.9),
        at: at(),
        reached: r.chance(0.8),
        solved: r.chance(0.6),
        satisfaction: r.pick(['satisfied', 'mostly', 'fair', 'dissatisfied']),
      })),
      finding: this.#maybe(() => ({ at: at(), kind: 'unlawful' }), 0.1),
      hops: r.int(4),
      reopen_count: r.int(2),
      withdrawn_at: this.#maybe(at, 0.05),
      petition: this.#maybe(() => ({}), 0.05),
      task: this.#maybe(() => ({}), 0.05),
      guarded_by: this.#maybe(() => systemAccountId, 0.05),
      channel: r.pick(['phone', 'phone', 'phone', 'resident-app', 'import']),
      outside_number: null,
    }
  }
  #entries(id: string, count: number) {
    const posts = [...this.#t.street.staff.values()].map(({ postId }) => postId)
    return Array.from({ length: count }, () => {
      const at = this.#instant()
      return {
        id: newId(at.getTime()),
        case_id: id,
        at: at.toISOString(),
        act: this.#random.pick(acts),
        actor_id: systemAccountId,
        post_id: this.#random.pick(posts),
        to_state: this.#random.pick([null, 'in-progress', 'answered']),
        detail: this.#random.chance(0.5)
          ? { of: 'return' }
          : { acts: this.#random.pick(['assign', 'answer-now', 'accept,assign']) },
      }
    })
  }
  async file(count: number) {
    const made = Array.from({ length: count }, () => {
      const created = this.#instant()
      const id = newId(created.getTime())
      this.cases.push(id)
      return {
        row: {
          ...freshCase,
          street_id: this.#t.street.streetId,
          id,
          number: `R${id}`,
          kind: null,
          matter_id: null,
          title: '灯',
          text: '灯坏了',
          urgency: 'P2' as const,
          place_text: null,
          building_id: null,
          reporter_id: this.#maybe(() => systemAccountId),
          filed_by: systemAccountId,
          on_behalf: true,
          confidential: false,
          created_at: created,
          ...this.#columns(),
          withdrawn_at: null,
        } as never,
        entries: this.#entries(id, this.#random.int(6)) as never,
        reporter: null,
        terms: ['灯'],
      }
    })
    // A guarded case is nobody's to file, so it is put down above row security.
    await this.#t.look(`insert into cases select * from jsonb_populate_recordset(null::cases, $1::jsonb)`, [
      JSON.stringify(made.map(({ row }) => row)),
    ])
    await this.#add(made.flatMap(({ entries }) => entries))
    await this.#t.look(
      `update cases set matter_id = (select id from matters m where m.street_id = $1 order by md5(m.id::text || cases.id::text) limit 1)
       where street_id = $1 and matter_id is null and right(id::text, 1) < 'c'`,
      [this.#t.street.streetId],
    )
  }
  async #add(entries: readonly unknown[]) {
    await this.#t.look(
      `insert into case_entries (street_id, id, case_id, at, act, actor_id, post_id, to_state, detail)
       select $1, e.id, e.case_id, e.at, e.act, e.actor_id, e.post_id, e.to_state, e.detail
       from jsonb_to_recordset($2::jsonb) e(id uuid, case_id uuid, at timestamptz, act text, actor_id uuid, post_id uuid, to_state text, detail jsonb)`,
      [this.#t.street.streetId, JSON.stringify(entries)],
    )
  }
  /** As an act leaves a case: other columns and a few entries more, in one transaction. */
  async change(count: number) {
    for (let done = 0; done < count; done++) {
      const id = this.#random.pick(this.cases)
      const columns = this.#columns()
      const keys = Object.keys(columns)
      await this.#add(this.#entries(id, this.#random.int(3)))
      await this.#t.look(
        `update cases set version = version + 1, (${keys.join()}) = (select ${keys.join()} from jsonb_populate_record(null::cases, $2::jsonb))
         where id = $1`,
        [id, JSON.stringify(columns)],
      )
    }
  }
}
