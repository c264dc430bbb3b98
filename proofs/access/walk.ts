/** Walks the matrix over HTTP: lists held against the oracle row by row, then every operation. */
import type { OperationContract } from '../../lib/contract.ts'
import { type Relation, relations, type Say, sees } from '../access-oracle.ts'
import { streetRows } from '../access-street-oracle.ts'
import type { Violation } from '../proof.ts'
import { areaInRelation, type CastMember } from './cast.ts'
import { findLeaks, type LeakSearch } from './find-leaks.ts'
import { type Answer, callHttp, inParallel } from './http-caller.ts'
import { judge } from './judge.ts'
import type { CaseProbe } from './plan-matrix.ts'
import type { PlannedCase } from './planned-cases.ts'
import { streetPlans } from './street-probes.ts'

export interface Walk extends LeakSearch {
  readonly baseUrl: string
  readonly street: CastMember['street']
  readonly other: CastMember['street']
}

export interface Tally {
  checked: number
  violations: Violation[]
  /** Right, but for a reason that is none of rights. */
  beside: Map<string, number>
  /** What the system does where the rights page is silent: `operation, role` → answers. */
  unsaid: Map<string, Set<string>>
  byRelation: Map<Relation, Record<Say, number>>
}

export function newTally(): Tally {
  return {
    checked: 0,
    violations: [],
    beside: new Map(),
    unsaid: new Map(),
    byRelation: new Map(relations.map((relation) => [relation, { yes: 0, no: 0, unsaid: 0 }])),
  }
}

const width = 8

interface Noted {
  readonly operation: string
  readonly member: CastMember
  readonly relation: Relation
  readonly expected: Say
  readonly variant?: string
}

function note(
  tally: Tally,
  noted: Noted,
  answer: Answer,
  verdict: ReturnType<typeof judge>,
  leaks: string[],
): void {
  const { operation, member, relation, expected, variant } = noted
  tally.checked += 1
  const row = tally.byRelation.get(relation)
  if (row) row[expected] += 1
  const where = `${operation} · ${member.key} · ${relation}${variant ? ` · ${variant}` : ''} → ${answer.status} ${answer.code}`
  if (verdict.violation) tally.violations.push({ what: verdict.violation, where })
  for (const leak of leaks) tally.violations.push({ what: `leaks ${leak}`, where })
  if (verdict.beside) {
    const key = `${operation} (${expected}): ${answer.code || answer.status}`
    tally.beside.set(key, (tally.beside.get(key) ?? 0) + 1)
  }
  if (expected === 'unsaid') {
    const key = `${operation}, ${member.person.role}`
    tally.unsaid.set(key, (tally.unsaid.get(key) ?? new Set()).add(answer.status < 400 ? 'yes' : answer.code))
  }
}

/** Lists and counts must be exactly what the oracle lets each person see: nothing more, and nothing less. */
export async function walkLists(walk: Walk, cast: readonly CastMember[], tally: Tally): Promise<void> {
  const open = new Set(['pending', 'accepted', 'assigned', 'in-progress', 'result-submitted', 'answered'])
  await inParallel(cast, width, async (member) => {
    const mine = walk.cases.filter((one) => sees(member.person, one.facts) !== 'nothing')
    const shown = new Set<string>()
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `/api/cases?kind=praise&limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
      const answer = await callHttp(walk.baseUrl, { token: member.token, method: 'GET', path })
      for (const leak of findLeaks(walk, member, answer.text))
        tally.violations.push({ what: `leaks ${leak}`, where: `list · ${member.key}` })
      const page = answer.body as { items?: { id: string }[]; nextCursor?: string | null }
      for (const { id } of page.items ?? []) shown.add(id)
      cursor = page.nextCursor ?? null
    }
    for (const one of walk.cases.filter(({ kind }) => kind === 'praise')) {
      tally.checked += 1
      const wanted = mine.includes(one)
      if (shown.has(one.id) !== wanted)
        tally.violations.push({
          what: wanted
            ? 'a list keeps back a case that the person may see'
            : 'a list shows a case that the person may not see',
          where: `${member.key} · ${JSON.stringify(one.facts)}`,
        })
    }
    const counts = await callHttp(walk.baseUrl, {
      token: member.token,
      method: 'GET',
      path: '/api/case-counts',
    })
    const states = (counts.body as { states?: { state: string; count: number }[] }).states ?? []
    const counted = states.filter(({ state }) => open.has(state)).reduce((sum, { count }) => sum + count, 0)
    // Duty tasks of grids stand in a list of their own.
    const wanted = mine.filter(({ state, more }) => open.has(state) && !more.task).length
    tally.checked += 1
    if (counted !== wanted)
      tally.violations.push({
        what: 'a count differs from what may be seen',
        where: `${member.key}: ${counted}, not ${wanted}`,
      })
  })
}

/** Operations that name no case, for each person and relation. */
export async function walkStreet(
  walk: Walk,
  cast: readonly CastMember[],
  contracts: readonly OperationContract[],
  tally: Tally,
): Promise<void> {
  const calls = contracts.flatMap((contract) => {
    const plan = streetPlans[contract.name]
    const rule = streetRows[contract.name]
    if (!plan || !rule) return []
    return cast.flatMap((member) =>
      (plan.once ? (['own'] as const) : relations).flatMap((relation) => {
        const areaCode = areaInRelation(member, relation)
        return areaCode === undefined ? [] : [{ contract, plan, rule, member, relation, areaCode }]
      }),
    )
  })
  await inParallel(calls, width, async ({ contract, plan, rule, member, relation, areaCode }) => {
    const street = relation === 'another-street' ? walk.other : walk.street
    const code = areaCode === walk.street.code && street === walk.other ? walk.other.code : areaCode
    const nearby = walk.cases.find(
      (one) => one.kind === 'praise' && one.street === street && one.areaCode === code,
    )
    const sent = plan.send({ member, relation, street, areaCode: code, nearby })
    const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => sent.params?.[name] ?? '')
    const answer = await callHttp(walk.baseUrl, {
      token: plan.spareSession ? member.spareToken : member.token,
      method: contract.method,
      path: sent.query ? `${path}?${new URLSearchParams(sent.query)}` : path,
      body: sent.body,
      file: sent.file,
    })
    const expected = rule(member.person, sent.foreign ?? false)
    const unseen = (sent.foreign ?? false) && sent.params !== undefined
    const verdict = judge(expected, answer, { unseen, list: sent.list === true && holdsNothing(answer) })
    const leaks = [...findLeaks(walk, member, answer.text), ...unseenIds(walk, member, answer.text)]
    note(tally, { operation: contract.name, member, relation, expected }, answer, verdict, leaks)
  })
}

function holdsNothing({ body }: Answer): boolean {
  return Object.values(body ?? {}).every((one) => one === null || (Array.isArray(one) && one.length === 0))
}

/** Without a session every operation but those of anyone answers alike: nothing at all, whatever it is asked about. */
export async function walkNobody(
  walk: Walk,
  contracts: readonly OperationContract[],
  tally: Tally,
): Promise<void> {
  const closed = contracts.filter(({ who }) => who !== 'anyone')
  await inParallel(closed, width, async ({ name, method, path: template, body }) => {
    const id = walk.cases[0]?.id ?? ''
    const path = template.replace(/\{(\w+)\}/g, id)
    const answer = await callHttp(walk.baseUrl, {
      token: '',
      method,
      path,
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: blankOf(body) }),
    })
    tally.checked += 1
    const where = `${name} · nobody → ${answer.status} ${answer.code}`
    // Input that does not fit may be said before; that something is there may not.
    if (answer.code !== 'platform/not-signed-in' && answer.code !== 'platform/invalid-input')
      tally.violations.push({ what: 'answered to nobody', where })
  })
}

/** Something for every required field, so that most bodies are looked at by more than their schema. */
function blankOf(schema: unknown): Record<string, unknown> {
  const { required = [] } = schema as { required?: string[] }
  return Object.fromEntries(required.map((name) => [name, 'x']))
}

function unseenIds(walk: Walk, member: CastMember, text: string): string[] {
  const byId = idsOf(walk.cases)
  for (const [id] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g)) {
    const one = byId.get(id)
    // The audit trail names cases by id; that is what it is for.
    if (one && sees(member.person, one.facts) === 'nothing' && member.person.role !== 'audit-admin')
      return ['id of a case of which they see nothing']
  }
  return []
}

let ids: { of: readonly PlannedCase[]; map: Map<string, PlannedCase> } | undefined
function idsOf(cases: readonly PlannedCase[]): Map<string, PlannedCase> {
  if (ids?.of !== cases) ids = { of: cases, map: new Map(cases.map((one) => [one.id, one])) }
  return ids.map
}

/** Operations on a case, each on a case of its own; reads first, for acts change what people see. */
export async function walkCases(walk: Walk, probes: readonly CaseProbe[], tally: Tally): Promise<void> {
  const reads = probes.filter(({ method }) => method === 'GET')
  const acts = probes.filter(({ method }) => method !== 'GET')
  for (const half of [reads, acts])
    await inParallel(half, width, async (probe) => {
      const { member, subject, expected } = probe
      const answer = await callHttp(walk.baseUrl, { ...probe, token: member.token })
      const unseen = sees(member.person, subject.facts) === 'nothing'
      const unmasked = probe.operation === 'cases.unmaskReporter' && expected !== 'no' ? subject : undefined
      const leaks = findLeaks(walk, member, answer.text, unmasked)
      note(tally, probe, answer, judge(expected, answer, { unseen }), leaks)
    })
}
