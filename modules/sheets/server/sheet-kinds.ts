/** Every kind of list that comes in, gathered from the modules, and who may what with each. */
import type { Actor } from '../../../platform/actor.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { SheetKind } from '../../../platform/sheets/sheet-kind.ts'
import { accountSheets } from '../../accounts/server/index.ts'
import { areaSheets } from '../../areas/server/index.ts'
import { caseSheets } from '../../cases/server/index.ts'
import type { BatchRow } from './batch-row.ts'

/** In the order in which a new street needs them. */
export const sheetKinds: readonly SheetKind[] = [...areaSheets, ...accountSheets, ...caseSheets].sort(
  (a, b) => a.position - b.position,
)

const byName = new Map(sheetKinds.map((kind) => [kind.kind, kind]))

/** Undefined for a kind that this version no longer has. */
export const findKind = (kind: string): SheetKind | undefined => byName.get(kind)

/** Roles whose posts stand in the whole street: they see each other's batches. The others see their own. */
const ofWholeStreet: readonly string[] = ['system-admin', 'security-admin', 'dispatcher', 'duty-head']

const holds = (actor: Actor, roles: readonly string[]): boolean =>
  actor.roles.some((role) => roles.includes(role))

/** Confirmers who are not among those that bring in see the batches too. */
const everyRole = (kind: SheetKind): readonly string[] => [...kind.who, ...(kind.confirmedBy ?? [])]

export const mayBringIn = (actor: Actor, kind: SheetKind): boolean => holds(actor, everyRole(kind))

export const mayConfirm = (actor: Actor, kind: SheetKind): boolean =>
  holds(actor, kind.confirmedBy ?? kind.who)

/** @throws Refusal sheets/unknown-kind, also for a kind that is not the actor's */
export function kindFor(actor: Actor, name: string): SheetKind {
  const kind = byName.get(name)
  if (kind === undefined || !mayBringIn(actor, kind)) throw new Refusal('sheets/unknown-kind')
  return kind
}

/** Kinds whose batches the actor sees all of, and those of which only their own. */
export function visibleKinds(actor: Actor): { all: string[]; own: string[] } {
  const mine = sheetKinds.filter((kind) => mayBringIn(actor, kind))
  const all = mine.filter((kind) =>
    holds(
      actor,
      everyRole(kind).filter((role) => ofWholeStreet.includes(role)),
    ),
  )
  return { all: all.map(({ kind }) => kind), own: mine.map(({ kind }) => kind) }
}

/** The batch's kind when the actor may see the batch. @throws Refusal sheets/not-found */
export function kindOfBatch(actor: Actor, batch: BatchRow | undefined): { batch: BatchRow; kind: SheetKind } {
  const kind = batch && byName.get(batch.kind)
  const { all, own } = visibleKinds(actor)
  const seen =
    batch !== undefined &&
    (all.includes(batch.kind) || (own.includes(batch.kind) && batch.createdBy === actor.accountId))
  if (!batch || !kind || !seen) throw new Refusal('sheets/not-found')
  return { batch, kind }
}
