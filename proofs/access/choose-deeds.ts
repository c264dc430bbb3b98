/** For every operation the calls that may succeed: deeds with a state of their own, and the probes of the access proof. */
import type { OperationContract } from '../../lib/contract.ts'
import { relations } from '../access-oracle.ts'
import type { Violation } from '../proof.ts'
import { areaInRelation, type CastMember } from './cast.ts'
import { deeds } from './deeds/all-deeds.ts'
import type { Hands } from './deeds/hands.ts'
import type { Ask } from './http-caller.ts'
import type { SetScene } from './set-the-scene.ts'
import { streetPlans } from './street-probes.ts'

/** Each call is a new deed: another case, another name, another number. */
export type Deeds = Iterable<Ask>

/**
 * As `deedsOf`, and before those the deed whose state is made anew each time. What could not be made is a violation: a
 * step before the call was refused or failed.
 */
export async function* callsOf(
  scene: SetScene,
  contract: OperationContract,
  hands: Hands,
  violations: Violation[],
): AsyncGenerator<Ask> {
  const deed = deeds[contract.name]
  if (deed) {
    const made = await deed(hands).catch((error: unknown) => String(error))
    if (typeof made === 'string')
      violations.push({ what: 'the state for a deed can not be made', where: `${contract.name}: ${made}` })
    else yield made
  }
  yield* deedsOf(scene, contract)
}

/** Operations that are not asked to do their deed, each with its reason. */
const beyondDeeds: Readonly<Record<string, string>> = {
  'points.checkHonour':
    'changes nothing but a count of tries; the code of an honour stands on its paper alone',
  'volunteering.checkCertificate':
    'changes nothing but a count of tries; the code of a certificate stands on its paper alone',
}

/** A new operation without a call that succeeds would only seem to be proven. */
export const untriedViolations = (names: readonly string[]): Violation[] =>
  names
    .filter((name) => !(name in beyondDeeds))
    .map((where) => ({ what: 'an operation of which no call succeeds (access/deeds)', where }))

/** @returns calls of the operation by people who may make it, likely ones first; nothing where none is known */
export function* deedsOf(scene: SetScene, contract: OperationContract): Deeds {
  let left = mostTries
  for (const deed of contract.name in streetPlans
    ? streetDeeds(scene, contract)
    : caseDeeds(scene, contract)) {
    if (left === 0) return
    left -= 1
    yield deed
  }
}

/** Who is refused so often is refused for another reason than this person or place. */
const mostTries = 100

function* caseDeeds({ probes }: SetScene, { name }: OperationContract): Deeds {
  for (const { operation, expected, member, method, path, body } of probes)
    if (operation === name && expected === 'yes') yield { token: member.token, method, path, body }
}

/** Whoever the contract names; the others would only be told that it is not for their role. */
function mayCall({ who }: OperationContract, { person }: CastMember): boolean {
  if (who === 'staff') return person.role !== 'resident'
  return who === 'anyone' || who === 'signed-in' || who.includes(person.role)
}

function* streetDeeds(scene: SetScene, contract: OperationContract): Deeds {
  const plan = streetPlans[contract.name]
  const callers = scene.cast.filter((member) => mayCall(contract, member))
  // Without a subject every relation is the same call; a second one is for who wants the deed once more.
  for (const relation of plan?.once ? relations.slice(0, 2) : relations)
    for (const member of callers) {
      const areaCode = areaInRelation(member, relation)
      if (!plan || areaCode === undefined || relation === 'another-street') continue
      const nearby = scene.cases.find(
        ({ kind, street, areaCode: code }) =>
          kind === 'praise' && street === scene.street && code === areaCode,
      )
      const { params, query, body, file } = plan.send({
        member,
        relation,
        street: scene.street,
        areaCode,
        nearby,
      })
      const path = contract.path.replace(/\{(\w+)\}/g, (_, key: string) => params?.[key] ?? '')
      yield {
        token: plan.spareSession ? member.spareToken : member.token,
        method: contract.method,
        path: query ? `${path}?${new URLSearchParams(query)}` : path,
        body,
        ...(file ? { file } : {}),
      }
    }
}
