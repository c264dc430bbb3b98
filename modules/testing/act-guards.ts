/** What holds for every act on a case, as tests: written down, once, in order, by whom it belongs to, out of others' sight. */
import { expect, test } from 'vitest'
import type { BodyOf, OperationContract } from '../../lib/contract.ts'
import { getCase } from '../cases/contract.ts'
import type { Act } from '../cases/words.ts'
import type { TestCases } from './case-fixture.ts'
import type { CaseSteps } from './case-steps.ts'

export interface GuardedAct<C extends OperationContract> {
  act: Act
  contract: C
  /** Who does it: a user name, or `resident` for the reporter. */
  by: string
  /** A case on which it may be done now. */
  ready: () => Promise<string>
  body: BodyOf<C> | (() => Promise<BodyOf<C>>)
  /** Somebody whose role has nothing to do with the act; left out for acts that anybody signed in may call. */
  wrongRole?: string
  /** Somebody of the right role elsewhere, who may not even know of the case. */
  outside: string
  /** Acts that may be done again and again, such as adding words: two at once both hold. */
  again?: true
}

const nowhere = '01900000-0000-7000-8000-000000000000'

/** Declares the tests; `get` gives the street that the file's beforeAll has started. */
export function actGuards<C extends OperationContract>(
  get: () => { t: TestCases; steps: CaseSteps },
  spec: GuardedAct<C>,
): void {
  const { act, contract } = spec
  const somebody = (who: string) => (who === 'resident' ? get().steps.resident() : get().steps.by(who))
  const bodyOf = async () =>
    typeof spec.body === 'function' ? await (spec.body as () => Promise<BodyOf<C>>)() : spec.body
  const call = async (who: string, id: string, sent: { idempotencyKey?: string; ifMatch?: number } = {}) =>
    (await somebody(who)).call(contract, { params: { id } as never, body: await bodyOf(), ...sent })
  const written = (id: string) =>
    get().t.look<{ n: number }>(
      'select count(*)::int as n from case_entries where case_id = $1 and act = $2',
      [id, act],
    )

  test(`${act}: one entry under the post that permits it, one audit entry, one event, one version more`, async () => {
    const { t } = get()
    const id = await spec.ready()
    const [before] = await t.look<{ version: number; entries: number }>(
      'select version, (select count(*)::int from case_entries where case_id = cases.id) as entries from cases where id = $1',
      [id],
    )
    await t.look('delete from event_outbox where subject_id = $1', [id])
    const reply = await call(spec.by, id)
    expect([reply.status, reply.problem]).toEqual([200, undefined])
    expect(reply.body).toMatchObject({ id, version: (before?.version ?? 0) + 1 })
    const postId = t.street.staff.get(spec.by)?.postId ?? null
    const entries = await t.look(
      'select act, post_id from case_entries where case_id = $1 order by at, id offset $2 limit 1',
      [id, before?.entries],
    )
    expect(entries).toEqual([{ act, post_id: postId }])
    expect(
      await t.look('select post_id, outcome from audit_entries where subject_id = $1 and operation = $2', [
        id,
        contract.name,
      ]),
    ).toEqual([{ post_id: postId, outcome: 'done' }])
    expect(await t.look('select type from event_outbox where subject_id = $1', [id])).toEqual([
      { type: `case.${act}` },
    ])
  })

  test(`${act}: a stale version is 412 and writes nothing`, async () => {
    const id = await spec.ready()
    const [before] = await written(id)
    const stale = await call(spec.by, id, { ifMatch: 99 })
    expect([stale.status, stale.code]).toEqual([412, 'cases/stale-version'])
    expect(await written(id)).toEqual([before])
  })

  test(`${act}: out of sight is the same 404 as not there`, async () => {
    const id = await spec.ready()
    const [foreign, none] = [await call(spec.outside, id), await call(spec.by, nowhere)]
    expect([foreign.status, foreign.code, foreign.problem?.detail]).toEqual([
      404,
      'cases/not-found',
      none.problem?.detail,
    ])
    expect(none.status).toBe(404)
  })

  const { wrongRole } = spec
  if (wrongRole !== undefined)
    test(`${act}: another role is told 403 in words`, async () => {
      const reply = await call(wrongRole, await spec.ready())
      expect([reply.status, reply.code]).toEqual([403, 'platform/not-for-your-role'])
      expect(reply.problem?.detail).toMatch(/[一-鿿]/)
    })

  test(`${act}: the same key answers the same and writes once`, async () => {
    const { t } = get()
    const id = await spec.ready()
    const [before] = await written(id)
    const body = await bodyOf()
    const sent = { params: { id } as never, body, idempotencyKey: `once-${act}-${id}` }
    const browser = await somebody(spec.by)
    const replies = [await browser.call(contract, sent), await browser.call(contract, sent)]
    expect(replies.map((reply) => reply.status)).toEqual([200, 200])
    expect(replies[1]?.body).toEqual(replies[0]?.body)
    expect(await written(id)).toEqual([{ n: (before?.n ?? 0) + 1 }])
    const [row] = await t.look<{ version: number }>('select version from cases where id = $1', [id])
    expect(replies[0]?.body).toMatchObject({ version: row?.version })
  })

  if (!spec.again)
    test(`${act}: of two at once exactly one wins`, async () => {
      const id = await spec.ready()
      const [before] = await written(id)
      const replies = await Promise.all([call(spec.by, id), call(spec.by, id)])
      const [won, lost] = replies.sort((a, b) => a.status - b.status)
      expect(won?.status).toBe(200)
      expect(lost?.status).toBeGreaterThanOrEqual(400)
      expect(lost?.status).toBeLessThan(500)
      expect(await written(id)).toEqual([{ n: (before?.n ?? 0) + 1 }])
    })
}

/** What this person reads of a case. */
export async function read(steps: CaseSteps, username: string, id: string) {
  const browser = await (username === 'resident' ? steps.resident() : steps.by(username))
  return (await browser.call(getCase, { params: { id } })).body
}

/** Status and code of an act that is refused; throws when it is not. */
export async function refusal<C extends OperationContract>(
  steps: CaseSteps,
  username: string,
  contract: C,
  id: string,
  body: BodyOf<C>,
): Promise<[number, string | undefined]> {
  const browser = await (username === 'resident' ? steps.resident() : steps.by(username))
  const reply = await browser.call(contract, { params: { id } as never, body })
  if (reply.status < 400) throw new Error(`${contract.name} by ${username} was not refused`)
  return [reply.status, reply.code]
}
