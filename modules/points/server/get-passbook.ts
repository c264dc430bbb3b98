import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import { findPerson, peopleById } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { kinOf } from './earning-store.ts'
import { giveTo } from './give-to.ts'
import { drawPassbook, passbookCsv } from './passbook-paper.ts'
import { kinIdOf, ownPerson, readPassbook } from './read-passbook.ts'

/** 存折: one's own; or that of direct kin, so that the young can show the vouchers of the old. */
export const getPassbook = operation(contract.getPassbook, async (call) => {
  const { tx, actor, at, query } = call
  const own = await ownPerson(call)
  const root = await streetRoot(tx, actor.streetId)
  return call.asSystem(root.path, async () => {
    if (query.kinId === undefined) return readPassbook(call, own, 50)
    const kin = await kinOf(tx, actor.streetId, own.id, dayOf(at))
    const theirs = kin.some((link) => kinIdOf(link, own.id) === query.kinId)
    const person = theirs ? (await peopleById(tx, actor.streetId, [query.kinId])).get(query.kinId) : undefined
    if (!person) throw new Refusal('points/person-not-found')
    return readPassbook(call, person, 50)
  })
})

/** 转赠: along the rules only. Whoever is linked as direct kin, or the common pool. */
export const givePoints = operation(contract.givePoints, async (call) => {
  const own = await ownPerson(call)
  const root = await streetRoot(call.tx, call.actor.streetId)
  const { personId: toPersonId, points: amount } = call.body
  const id = await call.asSystem(root.path, () => giveTo(call, own, { unit: 'points', amount, toPersonId }))
  call.audit({ subjectType: 'ledger-transfer', subjectId: id })
  return {}
})

/** 转赠时长: hours of the time bank, along the same rules. */
export const giveHours = operation(contract.giveHours, async (call) => {
  const own = await ownPerson(call)
  const root = await streetRoot(call.tx, call.actor.streetId)
  const { personId: toPersonId, minutes: amount } = call.body
  const id = await call.asSystem(root.path, () => giveTo(call, own, { unit: 'minutes', amount, toPersonId }))
  call.audit({ subjectType: 'ledger-transfer', subjectId: id })
  return {}
})

const everything = 100_000

export const printPassbook = operation(contract.printPassbook, async (call) => {
  const own = await ownPerson(call)
  const root = await streetRoot(call.tx, call.actor.streetId)
  const view = await call.asSystem(root.path, () => readPassbook(call, own, 200))
  call.sendAs({ name: `积分存折-${view.number ?? ''}.pdf`, mediaType: 'application/pdf' })
  return drawPassbook(view, root.name, call.at, call.query.language ?? 'zh')
})

/** 导出: all there is, for whoever wants to keep it elsewhere. */
export const exportPassbook = operation(contract.exportPassbook, async (call) => {
  const own = await ownPerson(call)
  const root = await streetRoot(call.tx, call.actor.streetId)
  const view = await call.asSystem(root.path, () => readPassbook(call, own, everything))
  call.sendAs({ name: `积分存折-${view.number ?? ''}.csv`, mediaType: 'text/csv; charset=utf-8' })
  return passbookCsv(view, call.query.language ?? 'zh')
})

/** At the desk: what the person could read themselves, but for the codes of vouchers. */
export const getPassbookOf = operation(contract.getPassbookOf, async (call) => {
  const { tx, actor, params } = call
  const person = await findPerson(tx, actor.streetId, params.id)
  if (!person) throw new Refusal('points/person-not-found')
  const root = await streetRoot(tx, actor.streetId)
  const view = await call.asSystem(root.path, () => readPassbook(call, person, 50))
  call.audit({ subjectType: 'person', subjectId: person.id, detail: { passbook: 'read' } })
  return { ...view, vouchers: view.vouchers.map((one) => ({ ...one, code: null })) }
})

/** At the desk, for whom has no phone: their good vouchers stand on it with codes. */
export const printPassbookOf = operation(contract.printPassbookOf, async (call) => {
  const { tx, actor, params } = call
  // In the clerk's own sight first: only then as the system.
  const person = await findPerson(tx, actor.streetId, params.id)
  if (!person) throw new Refusal('points/person-not-found')
  const root = await streetRoot(tx, actor.streetId)
  const view = await call.asSystem(root.path, () => readPassbook(call, person, 200))
  call.audit({ subjectType: 'person', subjectId: person.id, detail: { passbook: 'printed' } })
  call.sendAs({ name: `积分存折-${view.number ?? ''}.pdf`, mediaType: 'application/pdf' })
  return drawPassbook(view, root.name, call.at, 'zh')
})
