import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaRefs } from '../../areas/server/index.ts'
import {
  consentOf,
  contactOf,
  findPerson,
  type PersonRow,
  personOfAccount,
} from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { serviceKinds } from '../settings.ts'
import { type Acting, humansBehind, inStreet, myself, runs } from './acting.ts'
import {
  findNeed,
  inAreas,
  insertNeed,
  lockNeed,
  type NeedRow,
  needsWhere,
  ofPeople,
  openOrOf,
  setNeedState,
  setTaker,
} from './need-store.ts'
import { tellAsker } from './tell-volunteers.ts'
import { findVolunteer } from './volunteer-store.ts'

/** 我要求助; the desk may ask for somebody who comes in or calls. */
export const askHelp = operation(contract.askHelp, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const asker = await askerOf(call, body.personId)
  const kinds = await readSetting(tx, streetId, serviceKinds, at)
  if (!kinds.some(({ code }) => code === body.kind)) throw new Refusal('volunteering/kind-unknown')
  const id = call.newId()
  await insertNeed(
    tx,
    streetId,
    {
      id,
      area_id: asker.area_id,
      area: asker.area,
      account_id: asker.account_id,
      asker_id: asker.id,
      kind: body.kind,
      words: body.words.trim(),
      wanted_text: body.wantedText.trim(),
    },
    { account: actor.accountId, at },
  )
  call.audit({ subjectType: 'person', subjectId: asker.id, detail: { need: id, kind: body.kind } })
  return needView(call, id)
})

async function askerOf(call: Acting, personId: string | undefined): Promise<PersonRow> {
  if (personId === undefined) return myself(call)
  const person = await findPerson(call.tx, call.actor.streetId, personId)
  if (!person || !runs(call.actor, person.area)) throw new Refusal('volunteering/not-found')
  return person
}

async function views(call: Acting, rows: readonly NeedRow[]): Promise<contract.NeedView[]> {
  const { tx, actor, services } = call
  const people = await humansBehind(call)
  const areas = await areaRefs(
    tx,
    actor.streetId,
    rows.map((row) => row.area_id),
  )
  const out: contract.NeedView[] = []
  for (const row of rows) {
    const asked = people.has(row.asker_id)
    const taken = row.taker_id !== null && people.has(row.taker_id)
    const runner = runs(actor, row.area)
    // Whoever took it has to find the door; the reading stands in the asker's trail.
    const reach = taken && (row.state === 'taken' || row.state === 'done')
    const contact = reach
      ? await inStreet(call, () => contactOf(tx, services.keys, actor.streetId, row.asker_id))
      : undefined
    if (contact) call.audit({ subjectType: 'person', subjectId: row.asker_id, detail: { need: row.id } })
    out.push({
      id: row.id,
      area: areas.get(row.area_id) ?? null,
      kind: row.kind,
      words: row.words,
      wantedText: row.wanted_text,
      state: row.state,
      createdAt: row.created_at.toISOString(),
      askerName: contact?.name ?? row.asker_name,
      askerPhone: contact?.phone ?? null,
      takerName: row.taker_name,
      takenAt: row.taken_at?.toISOString() ?? null,
      satisfaction: row.satisfaction,
      evaluation: row.evaluation,
      mine: asked ? 'asked' : taken ? 'taken' : 'no',
      can: {
        take: row.state === 'open' && !asked,
        giveBack: row.state === 'taken' && (taken || runner),
        finish: row.state === 'taken' && taken,
        evaluate: row.state === 'done' && asked && !taken,
        // Whoever has no account is called, and the desk writes down what they say; it confirms no hours.
        noteEvaluation: row.state === 'done' && runner && row.account_id === null && !asked && !taken,
        withdraw: (row.state === 'open' || row.state === 'taken') && (asked || runner),
        assign: row.state === 'open' && runner,
      },
      version: row.version,
    })
  }
  return out
}

export async function needView(call: Acting, id: string): Promise<contract.NeedView> {
  const row = await inStreet(call, () => findNeed(call.tx, call.actor.streetId, id))
  const [view] = row ? await views(call, [row]) : []
  if (!view) throw new Refusal('volunteering/not-found')
  return view
}

/** Open ones are for volunteers and the desk; a resident who only asks sees their own. */
export const listNeeds = operation(contract.listNeeds, async (call) => {
  const { tx, actor, query } = call
  const { streetId } = actor
  const people = [...(await humansBehind(call))]
  const me = await personOfAccount(tx, streetId, actor.accountId)
  const serves = me !== undefined && (await findVolunteer(tx, streetId, me.id)) !== undefined
  const desk =
    actor.kind === 'staff' && actor.posts.some(({ areaPath }) => areaPath !== null && runs(actor, areaPath))
  const where =
    query.show === 'mine' || !(serves || desk)
      ? ofPeople(people)
      : desk
        ? inAreas(actor.scope.areas)
        : openOrOf(people)
  const rows = await inStreet(call, () => needsWhere(tx, streetId, where))
  const items = await views(
    call,
    rows.filter(({ state }) => query.show !== 'open' || state === 'open'),
  )
  call.audit({ subjectType: 'volunteer-needs', detail: { rows: items.length } })
  return { items }
})

/** 接单、退回、撤回. One has it, whoever was first. */
export const actOnNeed = operation(contract.actOnNeed, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const people = await humansBehind(call)
  const row = await inStreet(call, () => lockNeed(tx, streetId, call.params.id))
  if (!row) throw new Refusal('volunteering/not-found')
  const runner = runs(actor, row.area)
  const taken = row.taker_id !== null && people.has(row.taker_id)
  if (body.act === 'take') {
    if (row.state !== 'open') throw new Refusal('volunteering/wrong-state')
    if (body.personId === undefined && people.has(row.asker_id)) throw new Refusal('volunteering/own-need')
    const taker = await takerOf(call, body.personId, runner)
    if (taker.id === row.asker_id) throw new Refusal('volunteering/own-need')
    await inStreet(call, () => setTaker(tx, streetId, row.id, taker, at))
    tellAsker(call, 'volunteering.need-taken', row)
  } else if (body.act === 'give-back') {
    if (row.state !== 'taken') throw new Refusal('volunteering/wrong-state')
    if (!taken && !runner) throw new Refusal('volunteering/not-yours')
    await inStreet(call, () => setTaker(tx, streetId, row.id, null, at))
  } else {
    if (row.state !== 'open' && row.state !== 'taken') throw new Refusal('volunteering/wrong-state')
    if (!people.has(row.asker_id) && !runner) throw new Refusal('volunteering/not-yours')
    await inStreet(call, () => setNeedState(tx, streetId, row.id, 'withdrawn', at))
  }
  call.audit({ subjectType: 'person', subjectId: row.asker_id, detail: { need: row.id, act: body.act } })
  return needView(call, row.id)
})

async function takerOf(call: Acting, personId: string | undefined, runner: boolean): Promise<PersonRow> {
  const { tx, actor, at } = call
  const taker =
    personId === undefined
      ? await myself(call)
      : runner
        ? await findPerson(tx, actor.streetId, personId)
        : undefined
  if (!taker) throw new Refusal('volunteering/not-found')
  if (!(await findVolunteer(tx, actor.streetId, taker.id))) throw new Refusal('volunteering/not-a-volunteer')
  const consent = await consentOf(tx, actor.streetId, taker, at)
  if (consent === 'missing' || consent === 'withdrawn') throw new Refusal('volunteering/consent-missing')
  return taker
}
