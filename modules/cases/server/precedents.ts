/** Decisions about duty as they are read: the open disputes, what was decided, and who handles meanwhile. */
import { systemAccountId } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { precedentAt } from '../rules/dispute.ts'
import { mayReadTexts } from './case-view.ts'
import {
  disputedCases,
  type FallbackRow,
  fallbacks,
  findPrecedents,
  insertFallback,
  type PrecedentRow,
  precedentsOfMatter,
} from './dispute-store.ts'
import { disputeView } from './dispute-view.ts'
import { areaRef, byPost, type Names, namesOf, organisationRef } from './names.ts'

/** A precedent for a suggestion: whose duty it was found to be, and why. */
export interface Precedent {
  readonly organisationId: string
  readonly caseId: string
  /** ltree path of the area for which it was decided. */
  readonly area: string
  readonly reason: string
  readonly decidedAt: Date
}

/** What was decided about a matter for areas that cover a place: the narrowest first, of each area the newest. */
export async function precedentsFor(
  tx: Tx,
  streetId: number,
  matterId: string,
  areaPath: string,
): Promise<Precedent[]> {
  return precedentAt(await precedentsOfMatter(tx, streetId, matterId), matterId, areaPath)
}

const matterOf = (names: Names, id: string | null) => {
  const matter = id === null ? undefined : names.matters.byId.get(id)
  return matter
    ? { code: matter.code, name: matter.name, nameEn: matter.name_en, residentWords: matter.resident_words }
    : null
}
const areaOf = (names: Names, id: string) => {
  const area = names.areas.byId.get(id)
  return area ? areaRef(area) : null
}

export const listDisputes = operation(contract.listDisputes, async ({ tx, actor }) => {
  const names = await namesOf(tx, actor.streetId)
  const rows = await disputedCases(tx, actor.streetId)
  return {
    items: rows.flatMap((row) => {
      const texts = mayReadTexts(row, actor)
      const dispute = disputeView(row, { actor, names }, texts)
      return dispute === null
        ? []
        : [
            {
              caseId: row.id,
              number: row.number,
              title: texts ? row.title : '',
              matter: matterOf(names, row.matter_id),
              area: areaOf(names, row.area_id),
              dueAt: row.due_at?.toISOString() ?? null,
              dispute,
            },
          ]
    }),
  }
})

export const listPrecedents = operation(contract.listPrecedents, async ({ tx, actor, query }) => {
  const names = await namesOf(tx, actor.streetId)
  const q = query.q?.trim() || undefined
  const holds = (text: string) => q !== undefined && text.toLowerCase().includes(q.toLowerCase())
  const all = [...names.matters.byId.values()]
  const matters = query.matterCode
    ? all.filter(({ code }) => code === query.matterCode)
    : q === undefined
      ? undefined
      : all.filter((one) => holds(one.name) || holds(one.name_en) || holds(one.code))
  const rows = await findPrecedents(tx, actor.streetId, {
    matterIds: matters?.map(({ id }) => id),
    organisationIds: [...names.people.organisations.values()]
      .filter(({ name }) => holds(name))
      .map(({ id }) => id),
    q,
  })
  const newest = new Set<string>()
  return {
    items: rows.map((row) => {
      const key = `${row.matterId} ${row.area}`
      const inForce = !newest.has(key)
      newest.add(key)
      return precedentView(row, names, inForce)
    }),
  }
})

const precedentView = (row: PrecedentRow, names: Names, inForce: boolean): contract.PrecedentView => ({
  id: row.id,
  caseId: row.caseId,
  matter: matterOf(names, row.matterId),
  area: areaOf(names, row.areaId),
  organisation: organisationRef(names, row.organisationId),
  objector: organisationRef(names, row.objectorId),
  reason: row.reason,
  by: byPost(names, row.decidedPost, row.decidedBy, systemAccountId, row.decidedAt),
  decidedAt: row.decidedAt.toISOString(),
  inForce,
})

const fallbackView = (row: FallbackRow, names: Names): contract.FallbackView => ({
  matterPrefix: row.matterPrefix,
  organisation: organisationRef(names, row.organisationId),
  setAt: row.setAt.toISOString(),
})

export const listFallbacks = operation(contract.listFallbacks, async ({ tx, actor }) => {
  const names = await namesOf(tx, actor.streetId)
  const rows = await fallbacks(tx, actor.streetId)
  return { items: rows.map((row) => fallbackView(row, names)) }
})

export const setFallback = operation(contract.setFallback, async (call) => {
  const { tx, actor, at, body } = call
  const names = await namesOf(tx, actor.streetId)
  const { matterPrefix, organisationId } = body
  if (organisationId !== null && !names.people.organisations.get(organisationId)?.active)
    throw new Refusal('cases/organisation-unknown')
  if (!names.matters.inOrder.some(({ code }) => code.startsWith(matterPrefix)))
    throw new Refusal('cases/matter-unknown')
  const row = { matterPrefix, organisationId, setAt: at }
  await insertFallback(tx, actor.streetId, { ...row, id: call.newId(), setBy: actor.accountId })
  call.audit({ subjectType: 'duty-fallback', detail: { matterPrefix, organisationId } })
  return fallbackView(row, names)
})
