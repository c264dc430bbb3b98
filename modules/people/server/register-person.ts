import { normaliseMobile } from '../../../lib/codes.ts'
import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { residentContact } from '../../accounts/server/index.ts'
import { findArea, type IndexedArea, streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { keepConsent } from './guardian-consent.ts'
import {
  changePerson,
  contactRows,
  insertPerson,
  isKnown,
  lockPerson,
  type PersonRow,
  personRowOfAccount,
} from './person-store.ts'
import { personView } from './person-view.ts'
import {
  nameIndex,
  openContact,
  type PlainPerson,
  personPhoneIndex,
  personRefusal,
  sealPerson,
} from './seal-person.ts'

const within = (path: string, above: string) => path === above || path.startsWith(`${above}.`)

/** 登记: by who keeps the register of the area. */
export const registerPerson = operation(contract.registerPerson, async (call) => {
  const { tx, actor, body } = call
  const area = await findArea(tx, actor.streetId, body.areaId)
  const keeper = actor.posts.find(
    ({ role, areaPath }) =>
      (contract.registerPerson.who as readonly string[]).includes(role) &&
      areaPath !== null &&
      area !== undefined &&
      within(area.path, areaPath),
  )
  if (!area || !keeper) throw new Refusal('people/not-your-area')
  const row = await keepNew(call, area, null, body)
  if (body.guardian) await keepConsent(call, row, body.guardian)
  call.audit({ subjectType: 'person', subjectId: row.id, postId: keeper.id, detail: { area: area.code } })
  return personView(call, row)
})

/** 我的登记: by the person, once. The phone is that with which they sign in. */
export const registerMyself = operation(contract.registerMyself, async (call) => {
  const { tx, actor, body, services } = call
  if (await personRowOfAccount(tx, actor.streetId, actor.accountId)) throw new Refusal('people/known-already')
  const area = await findArea(tx, actor.streetId, body.areaId)
  if (!area) throw new Refusal('people/not-found')
  const { phone } = await residentContact(tx, services.keys, actor.accountId)
  const { idNumber, ...rest } = body
  const plain = { ...rest, phone, ...(idNumber?.trim() ? { idNumber } : {}) }
  // Whether a desk wrote the same person down before is asked of the whole street.
  const root = await streetRoot(tx, actor.streetId)
  const row = await call.asSystem(root.path, () => keepNew(call, area, actor.accountId, plain))
  call.audit({ subjectType: 'person', subjectId: row.id, detail: { area: area.code } })
  return personView(call, row)
})

async function keepNew<C extends OperationContract>(
  { tx, actor, at, services, newId }: Call<C>,
  area: IndexedArea,
  accountId: string | null,
  plain: PlainPerson,
): Promise<PersonRow> {
  const wrong = personRefusal(plain, dayOf(at))
  if (wrong) throw new Refusal(wrong)
  const { keys } = services
  const mobile = plain.phone === undefined ? undefined : normaliseMobile(plain.phone)
  if (mobile !== undefined) {
    const known = await isKnown(
      tx,
      actor.streetId,
      nameIndex(keys, plain.name),
      personPhoneIndex(keys, mobile),
    )
    if (known) throw new Refusal('people/known-already')
  }
  const id = newId()
  const row = { id, area_id: area.id, area: area.path, account_id: accountId, birth_on: plain.birthOn }
  const sealed = sealPerson(keys, id, plain)
  const isNew = await insertPerson(tx, actor.streetId, {
    ...row,
    ...sealed,
    created_by: actor.accountId,
    created_at: at,
  })
  if (!isNew) throw new Refusal('people/known-already')
  return { ...row, name_masked: sealed.name_masked, version: 1 }
}

/** 更正: each field that is given replaces what stood there. */
export const correctPerson = operation(contract.correctPerson, async (call) => {
  const { tx, actor, at, params, body, services } = call
  const row = await lockPerson(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('people/not-found')
  if (call.ifMatch !== undefined && call.ifMatch !== row.version) throw new Refusal('people/stale-version')
  const [sealed] = await contactRows(tx, actor.streetId, [row.id])
  if (!sealed) throw new Refusal('people/not-found')
  const plain = { ...openContact(services.keys, sealed), birthOn: row.birth_on, ...body }
  const wrong = personRefusal(plain, dayOf(at))
  if (wrong) throw new Refusal(wrong)
  const to = sealPerson(services.keys, row.id, plain)
  if (!(await changePerson(tx, actor.streetId, row.id, { birth_on: plain.birthOn, ...to })))
    throw new Refusal('people/known-already')
  call.audit({ subjectType: 'person', subjectId: row.id, detail: { changed: Object.keys(body) } })
  return personView(call, {
    ...row,
    birth_on: plain.birthOn,
    name_masked: to.name_masked,
    version: row.version + 1,
  })
})
