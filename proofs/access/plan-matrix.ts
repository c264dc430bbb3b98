/** The matrix of operations on cases: operation × person × relation × circumstance, each with a case of its own. */
import type { OperationContract } from '../../lib/contract.ts'
import { newId } from '../../lib/ids.ts'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { type CaseFacts, caseRows, type Relation, relations, type Say } from '../access-oracle.ts'
import type { ProofStreet } from '../support/proof-street.ts'
import { casePlans } from './case-probes.ts'
import type { ProbePlan, Scene, Variant } from './case-scene.ts'
import { areaInRelation, type CastMember } from './cast.ts'
import type { Matters, PlannedCase } from './planned-cases.ts'

export interface CaseProbe {
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly member: CastMember
  readonly relation: Relation
  readonly variant: string
  readonly subject: PlannedCase
  readonly body: unknown
  readonly expected: Say
}

export interface Matrix {
  readonly cases: PlannedCase[]
  readonly probes: CaseProbe[]
}

export interface MatrixPlan {
  readonly cast: readonly CastMember[]
  readonly street: ProofStreet
  readonly other: ProofStreet
  readonly at: Date
  readonly contracts: readonly OperationContract[]
  mattersOf(street: ProofStreet): Matters
  /** Given: circumstances beyond the plain one are played at the own area and one other relation; else at all. */
  readonly random: SeededRandom | undefined
  /** At most so many cases for a circumstance of an operation, and only where the person may: enough to do each deed. */
  readonly deedsEach?: number
}

export function planMatrix(plan: MatrixPlan): Matrix {
  const builder = caseBuilder(plan)
  planReadCases(plan, builder)
  const probes: CaseProbe[] = []
  const wanted = wantedDeeds(plan.deedsEach)
  for (const contract of plan.contracts) {
    const probe = casePlans[contract.name]
    const rule = caseRows[contract.name]
    if (!probe || !rule) continue
    for (const member of plan.cast) {
      const sampled = plan.random?.pick(relations)
      for (const relation of relations) {
        const areaCode = areaInRelation(member, relation)
        if (areaCode === undefined) continue
        const everything = sampled === undefined || relation === 'own' || relation === sampled
        for (const variant of everything ? probe.variants : probe.variants.slice(0, 1)) {
          if (!wanted.more(contract.name, variant)) continue
          const subject = builder.subject(member, relation, areaCode, probe, variant)
          if (!subject) continue
          const expected = rule(member.person, subject.one.facts)
          if (!wanted.take(contract.name, variant, expected)) {
            builder.takeBack(subject.one)
            continue
          }
          probes.push({
            operation: contract.name,
            method: contract.method,
            path: contract.path.replace('{id}', subject.one.id).replace('{fileId}', subject.one.fileId ?? ''),
            member,
            relation,
            variant: variant.label,
            subject: subject.one,
            body: probe.body(subject.scene),
            expected,
          })
        }
      }
    }
  }
  return { cases: builder.cases, probes }
}

/** Counts the deeds that succeed by what the oracle says; without a limit everything is wanted. */
function wantedDeeds(most: number | undefined) {
  const had = new Map<string, number>()
  const more = (operation: string, { label }: Variant) =>
    most === undefined || (had.get(`${operation} ${label}`) ?? 0) < most
  return {
    more,
    take: (operation: string, variant: Variant, expected: Say): boolean => {
      if (most === undefined) return true
      if (expected !== 'yes' || !more(operation, variant)) return false
      const name = `${operation} ${variant.label}`
      had.set(name, (had.get(name) ?? 0) + 1)
      return true
    },
  }
}

type Builder = ReturnType<typeof caseBuilder>

function caseBuilder(plan: MatrixPlan) {
  const cases: PlannedCase[] = []
  const parents = new Map<string, PlannedCase>()
  const add = (one: Omit<PlannedCase, 'index' | 'id' | 'fileId'> & { withFile?: boolean }): PlannedCase => {
    const { withFile, ...rest } = one
    const id = newId(plan.at.getTime())
    const made = { ...rest, index: cases.length, id, fileId: withFile ? newId(plan.at.getTime()) : null }
    cases.push(made)
    return made
  }
  const parentIn = (street: ProofStreet, areaCode: string) => {
    const key = `${street.code} ${areaCode}`
    const there = parents.get(key)
    if (there) return there
    const facts = { ...blankFacts(street, areaCode), reporter: street.residents[1]?.accountId ?? null }
    const parent = add({
      facts,
      street,
      areaCode,
      state: 'accepted',
      kind: 'help',
      publicMatter: true,
      more: {},
      filedBy: street.system.accountId,
    })
    parents.set(key, parent)
    return parent
  }
  const subject = (
    member: CastMember,
    relation: Relation,
    areaCode: string,
    probe: ProbePlan,
    variant: Variant,
  ) => {
    const street = relation === 'another-street' ? plan.other : plan.street
    const code = areaCode === plan.street.code && street === plan.other ? plan.other.code : areaCode
    const facts = factsOf(plan, member, relation, street, code, variant, probe.state)
    if (!facts) return undefined
    const parent = probe.publicMatter ? parentIn(street, code) : undefined
    const scene: Scene = {
      member,
      areaCode: code,
      at: plan.at,
      matters: plan.mattersOf(street),
      parent,
      facts,
    }
    const more = probe.more?.(scene) ?? {}
    const holder = facts.holder === null ? {} : { holder_post_id: member.postId }
    const one = add({
      facts,
      street,
      areaCode: code,
      state: more.state ?? probe.state,
      kind: 'help',
      publicMatter: probe.publicMatter ?? false,
      more: { ...holder, ...more },
      filedBy: facts.reporter ?? street.system.accountId,
      withFile: probe === casePlans['cases.fileOfCase'],
    })
    return { one, scene }
  }
  /** The case that was made last is not wanted after all. */
  const takeBack = (one: PlannedCase) => {
    if (cases.at(-1) === one) cases.pop()
  }
  return { cases, add, subject, takeBack }
}

function blankFacts(street: ProofStreet, areaCode: string): CaseFacts {
  return {
    street: street.streetId,
    area: street.areaPath(areaCode),
    desk: 'community',
    organisation: null,
    shared: [],
    reporter: null,
    holder: null,
    confidential: false,
    handledBy: [],
    handledOrganisations: [],
    assignedBy: [],
    asked: null,
  }
}

/** Undefined where the circumstance can not be: nobody holds or reports across streets, and only some roles hold. */
function factsOf(
  plan: MatrixPlan,
  { person }: CastMember,
  relation: Relation,
  street: ProofStreet,
  areaCode: string,
  variant: Variant,
  state: PlannedCase['state'],
): CaseFacts | undefined {
  const abroad = street === plan.other
  const byOrganisation = person.organisation !== null
  const personal = ['micro-grid-member', 'grid-worker', 'grid-head', 'clerk', 'secretary'].includes(
    person.role,
  )
  if ((variant.holds || variant.reporter || variant.shared) && (abroad || relation === 'ancestor'))
    return undefined
  if (variant.holds && !byOrganisation && !personal) return undefined
  if (variant.shared && !byOrganisation) return undefined
  const given = !['pending', 'accepted', 'declined', 'merged'].includes(state)
  // An organisation's own cases are those given to it, wherever they lie.
  const ours =
    byOrganisation &&
    !abroad &&
    (variant.holds || (relation === 'own' && !variant.shared && !variant.reporter))
  const stranger = street.residents[1]?.accountId ?? null
  const mine = variant.reporter || (person.role === 'resident' && relation === 'own' && !variant.shared)
  const asker = street.staffOf('handler-water').accountId
  return {
    ...blankFacts(street, areaCode),
    desk: variant.desk ?? 'community',
    organisation: ours ? person.organisation : given ? street.organisationId('water') : null,
    shared: variant.shared && person.organisation ? [person.organisation] : [],
    reporter: mine ? person.accountId : stranger,
    holder: variant.holds && !byOrganisation ? person.accountId : null,
    confidential: variant.confidential ?? false,
    handledBy: variant.handled ? [person.accountId] : [],
    assignedBy: variant.assigned ? [person.accountId] : [],
    asked: variant.asked
      ? { act: variant.asked.act, by: variant.asked.mine ? person.accountId : asker }
      : null,
  }
}

/** For lists, searches, counts and exports: one of each circumstance in every area, of a kind that no act touches. */
function planReadCases(plan: MatrixPlan, builder: Builder): void {
  for (const street of [plan.street, plan.other])
    for (const areaCode of street.areas.keys()) {
      const blank = { ...blankFacts(street, areaCode), reporter: street.residents[1]?.accountId ?? null }
      const enforcement = street.organisationId('enforcement')
      const circumstances: CaseFacts[] = [
        blank,
        { ...blank, reporter: street.residents[0]?.accountId ?? null, confidential: true },
        { ...blank, organisation: enforcement },
        { ...blank, organisation: street.organisationId('water'), shared: [enforcement] },
        { ...blank, organisation: street.organisationId('water') },
        { ...blank, holder: street.staffOf('micro-grid-member-c1g1m1').accountId },
      ]
      for (const facts of circumstances)
        builder.add({
          facts,
          street,
          areaCode,
          state: facts.organisation || facts.holder ? 'in-progress' : 'pending',
          kind: 'praise',
          publicMatter: false,
          more: facts.holder ? { holder_post_id: street.staffOf('micro-grid-member-c1g1m1').postId } : {},
          filedBy: facts.reporter ?? street.system.accountId,
          withFile: true,
        })
    }
}
