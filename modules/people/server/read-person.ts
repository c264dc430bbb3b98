import { normaliseMobile, readIdCard } from '../../../lib/codes.ts'
import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaRefs } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import {
  contactRows,
  findPersonRow,
  idsByIndex,
  personRowOfAccount,
  personRows,
  readsOfPerson,
} from './person-store.ts'
import { personView, personViews } from './person-view.ts'
import { idNumberIndex, nameIndex, openContact, personPhoneIndex } from './seal-person.ts'

/** 查找: exact, for the register is no telephone book. Each one found counts as read. */
export const findPeople = operation(contract.findPeople, async (call) => {
  const { tx, actor, body, services } = call
  const { keys } = services
  const mobile = normaliseMobile(body.words)
  const card = readIdCard(body.words)
  const ids = await idsByIndex(tx, actor.streetId, {
    phone: mobile && personPhoneIndex(keys, mobile),
    idNumber: card && idNumberIndex(keys, card.number),
    name: mobile || card ? undefined : nameIndex(keys, body.words),
  })
  const items = await personViews(call, await personRows(tx, actor.streetId, ids))
  if (items.length === 0) call.audit({ subjectType: 'person', detail: { found: 0 } })
  for (const { id } of items) call.audit({ subjectType: 'person', subjectId: id })
  return { items }
})

export const getPerson = operation(contract.getPerson, async (call) => {
  const row = await findPersonRow(call.tx, call.actor.streetId, call.params.id)
  if (!row) throw new Refusal('people/not-found')
  call.audit({ subjectType: 'person', subjectId: row.id })
  return personView(call, row)
})

/** 查看原文: one field, for a reason; the reason stands in the trail. */
export const unmaskPerson = operation(contract.unmaskPerson, async (call) => {
  const { tx, actor, params, body, services } = call
  const [row] = await contactRows(tx, actor.streetId, [params.id])
  if (!row) throw new Refusal('people/not-found')
  call.audit({
    subjectType: 'person',
    subjectId: params.id,
    detail: { field: body.field, reason: body.reason },
  })
  return { value: openContact(services.keys, row)[body.field] ?? null }
})

export const getMyself = operation(contract.getMyself, async (call) => {
  const row = await personRowOfAccount(call.tx, call.actor.streetId, call.actor.accountId)
  return { person: row ? await personView(call, row) : null }
})

const pageSize = 30

/** Only an opened field tells why: other acts keep details of their own under the same words. */
const isOpened = ({ operation: name }: { operation: string }) => name === contract.unmaskPerson.name

/** 谁看过我的登记: by post and never by name, as a timeline says it to outsiders. */
// Rule: PIPL 44-45 (rules.md §12); edge.md 4.27.
export const listReadsOfMe = operation(contract.listReadsOfMe, async ({ tx, actor, query }) => {
  const me = await personRowOfAccount(tx, actor.streetId, actor.accountId)
  if (!me) throw new Refusal('people/not-found')
  const decoded = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string', 'string'])
  const after = decoded && { at: new Date(decoded[0]), id: decoded[1] }
  const rows = await readsOfPerson(tx, actor.streetId, me.id, after, pageSize + 1)
  const page = rows.slice(0, pageSize)
  const { posts, organisations } = await postIndex(tx, actor.streetId)
  const of = (row: (typeof rows)[number]) => (row.post_id === null ? undefined : posts.get(row.post_id))
  const areas = await areaRefs(
    tx,
    actor.streetId,
    page.flatMap((row) => of(row)?.areaId ?? []),
  )
  const last = page.at(-1)
  return {
    items: page.map((row) => {
      const post = of(row)
      return {
        at: row.at.toISOString(),
        operation: row.operation,
        role: post?.role ?? null,
        placeName:
          areas.get(post?.areaId ?? '')?.name ?? organisations.get(post?.organisationId ?? '')?.name ?? null,
        self: row.actor_id === actor.accountId,
        field: contract.unmaskFields.find((one) => isOpened(row) && one === row.field) ?? null,
        reason: isOpened(row) ? row.reason : null,
      }
    }),
    nextCursor: rows.length > pageSize && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
  }
})
