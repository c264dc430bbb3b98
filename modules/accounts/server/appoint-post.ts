import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea, type IndexedArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { decidePlace } from '../rules/place-of-role.ts'
import { mayHoldTogether } from '../rules/role-exclusions.ts'
import { lockStaffOfStreet } from './account-store.ts'
import { findOrganisations } from './organisation-store.ts'
import { findPost, insertPosts, type PostRow, rolesOfAccount } from './post-store.ts'
import { postViews } from './post-view.ts'
import { giveUpLead } from './recruit-store.ts'
import { refreshStandIns } from './stand-ins.ts'

type AppointCall = Call<typeof contract.appointPost>

/** A stand-in takes role and place of the post stood in for; the account is locked so that two appointments see each other. */
export const appointPost = operation(contract.appointPost, async (call) => {
  const { tx, body, actor, at } = call
  const { streetId } = actor
  if (body.accountId === actor.accountId) throw new Refusal('accounts/own-account')
  const account = await lockStaffOfStreet(tx, streetId, body.accountId)
  if (account === undefined) throw new Refusal('accounts/not-found')
  const fromDay = body.fromDay ?? dayOf(at)
  const toDay = body.toDay ?? null
  if (toDay !== null && toDay < fromDay) throw invalid('/body/toDay', 'must not be before fromDay')
  const original = await postStoodInFor(call)
  const areaId = body.areaId ?? original?.areaId ?? undefined
  const organisationId = body.organisationId ?? original?.organisationId ?? undefined
  const area = await placeOf(call, areaId, organisationId)
  const held = await rolesOfAccount(tx, account.id, fromDay, toDay)
  if (!mayHoldTogether([...held, body.role])) throw new Refusal('accounts/roles-exclude-each-other')
  const lead = body.lead === true && body.role === 'micro-grid-member' && original === undefined
  // Rule: systems.md §0, 1: many members to a micro-grid, one of them leads.
  if (lead && area) await giveUpLead(tx, streetId, area.id)
  const id = body.id ?? call.newId()
  if (await findPost(tx, streetId, id)) throw invalid('/body/id', 'is taken')
  await insertPosts(tx, streetId, [
    {
      id,
      accountId: account.id,
      role: body.role,
      fromDay,
      toDay,
      standInFor: original?.id ?? null,
      lead,
      ...(area === undefined ? {} : { area: { id: area.id, path: area.path } }),
      ...(organisationId === undefined ? {} : { organisationId }),
    },
  ])
  await refreshStandIns(tx, streetId, at)
  call.audit({ subjectType: 'account', subjectId: account.id, detail: { post: id, role: body.role } })
  return viewOf(call, id)
})

async function postStoodInFor({ tx, body, actor }: AppointCall): Promise<PostRow | undefined> {
  if (body.standInForPostId === undefined) return undefined
  const original = await findPost(tx, actor.streetId, body.standInForPostId)
  if (original === undefined || original.endedAt !== null) throw new Refusal('accounts/not-found')
  const same =
    original.role === body.role &&
    (body.areaId ?? original.areaId) === original.areaId &&
    (body.organisationId ?? original.organisationId) === original.organisationId
  if (!same || original.accountId === body.accountId)
    throw invalid('/body/standInForPostId', 'must be another person’s post of the same role and place')
  return original
}

/** The area of the post, after role, area and organisation were found to fit together. */
async function placeOf(
  { tx, body, actor }: AppointCall,
  areaId: string | undefined,
  organisationId: string | undefined,
): Promise<IndexedArea | undefined> {
  const area = areaId === undefined ? undefined : await findArea(tx, actor.streetId, areaId)
  if (areaId !== undefined && area === undefined) throw new Refusal('accounts/area-not-found')
  if (organisationId !== undefined) {
    const found = await findOrganisations(tx, actor.streetId, [organisationId])
    const organisation = found.get(organisationId)
    if (!organisation?.active) throw new Refusal('accounts/organisation-not-found')
    if (!organisation.signsIn) throw new Refusal('accounts/organisation-never-signs-in')
  }
  const place = decidePlace(body.role, {
    hasArea: area !== undefined,
    areaIsStreet: area?.parentId === null,
    hasOrganisation: organisationId !== undefined,
  })
  if (place.ok) return area
  if (place.needs === 'staff-role') throw invalid('/body/role', 'is nobody’s post')
  throw new Refusal(place.needs === 'area' ? 'accounts/role-needs-area' : 'accounts/role-needs-organisation')
}

async function viewOf({ tx, actor }: AppointCall, id: string) {
  const row = await findPost(tx, actor.streetId, id)
  const [view] = row === undefined ? [] : await postViews(tx, actor.streetId, [row])
  if (view === undefined) throw new Error('the new post is gone')
  return view
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('platform/invalid-input', { errors: [{ path, message }] })
}
