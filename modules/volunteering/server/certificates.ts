import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { certificateNumber, checkCodeOf, plainCode, plainNumber } from '../../../lib/certificate-code.ts'
import { dayOf, endOfDay, startOfDay } from '../../../lib/time.ts'
import { systemActor } from '../../../platform/actor.ts'
import { takeHits } from '../../../platform/change-limit.ts'
import { txOn } from '../../../platform/db.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import { contactOf, findPerson, personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { type Acting, humansBehind, inStreet, myself, postOver, runs } from './acting.ts'
import { certificatePaper } from './certificate-paper.ts'
import {
  type CertificateFacts,
  type CertificateRow,
  certificatesShown,
  findByNumber,
  findCertificate,
  hoursToCertify,
  insertAsked,
  issueRow,
  lockCertificate,
  revokeRow,
} from './certificate-store.ts'
import { findGroup } from './group-store.ts'
import { findVolunteer } from './volunteer-store.ts'

/** Of what is certified, so that a paper with a changed name of the person, hours or period has another code. */
function checkCode({ services }: Pick<Acting, 'services'>, row: CertificateRow): string | null {
  if (row.number === null || row.facts === null) return null
  const said = JSON.stringify([
    row.number,
    row.person_id,
    row.group_id,
    row.from_on,
    row.to_on,
    row.facts.minutes,
  ])
  const digest = createHash('sha256').update(said).digest('base64url')
  return checkCodeOf(services.keys.blindIndex('certificate', digest))
}

function viewOf(call: Acting, row: CertificateRow, mine: ReadonlySet<string>): contract.CertificateView {
  const runner = runs(call.actor, row.area)
  return {
    id: row.id,
    personId: row.person_id,
    name: row.name_masked,
    groupId: row.group_id,
    groupName: row.group_name,
    from: row.from_on,
    to: row.to_on,
    state: row.state,
    askedAt: row.asked_at.toISOString(),
    number: row.number,
    checkCode: checkCode(call, row),
    minutes: row.facts?.minutes ?? null,
    issuedAt: row.issued_at?.toISOString() ?? null,
    revokedReason: row.revoked_reason,
    can: {
      issue: runner && row.state === 'asked' && !mine.has(row.person_id),
      revoke:
        row.state === 'issued' &&
        postOver(call.actor, row.area, contract.revokeCertificate.who as readonly string[]) !== undefined,
    },
  }
}

const span = (row: { from_on: string; to_on: string }) => ({
  from: startOfDay(row.from_on),
  to: endOfDay(row.to_on),
})

/** 申请开具: free of charge, and on the spot at the desk for whoever asks there. */
export const askCertificate = operation(contract.askCertificate, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  if (body.from > body.to) throw new Refusal('volunteering/times-wrong')
  const group = await findGroup(tx, streetId, body.groupId)
  if (!group) throw new Refusal('volunteering/not-found')
  const person =
    body.personId === undefined
      ? await myself(call)
      : runs(actor, group.area)
        ? await findPerson(tx, streetId, body.personId)
        : undefined
  if (!person) throw new Refusal('volunteering/not-found')
  const lines = await inStreet(call, () =>
    hoursToCertify(tx, streetId, {
      personId: person.id,
      groupId: group.id,
      from: startOfDay(body.from),
      to: endOfDay(body.to),
    }),
  )
  if (lines.length === 0) throw new Refusal('volunteering/no-hours')
  const id = call.newId()
  await inStreet(call, () =>
    insertAsked(tx, streetId, {
      id,
      area: group.area,
      account_id: person.account_id,
      person_id: person.id,
      group_id: group.id,
      from_on: body.from,
      to_on: body.to,
      asked_at: at,
    }),
  )
  call.audit({ subjectType: 'person', subjectId: person.id, detail: { certificate: id } })
  return one(call, id)
})

async function one(call: Acting, id: string): Promise<contract.CertificateView> {
  const row = await inStreet(call, () => findCertificate(call.tx, call.actor.streetId, id))
  if (!row) throw new Refusal('volunteering/not-found')
  return viewOf(call, row, await humansBehind(call))
}

/** 开具: what the organisation itself recorded, and for somebody else. */
// Rule: 志愿服务条例 19, 民政部令67号: 谁记录谁证明, truthful and free of charge.
export const issueCertificate = operation(contract.issueCertificate, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const row = await lockCertificate(tx, streetId, call.params.id)
  if (!row || !runs(actor, row.area)) throw new Refusal('volunteering/not-found')
  if (row.state !== 'asked') throw new Refusal('volunteering/wrong-state')
  if ((await humansBehind(call)).has(row.person_id)) throw new Refusal('volunteering/own-hours')
  const group = await findGroup(tx, streetId, row.group_id)
  if (!group) throw new Refusal('volunteering/certificate-by-recorder')
  const lines = await hoursToCertify(tx, streetId, {
    personId: row.person_id,
    groupId: group.id,
    ...span(row),
  })
  if (lines.length === 0) throw new Refusal('volunteering/no-hours')
  const facts: CertificateFacts = {
    minutes: lines.reduce((sum, { minutes }) => sum + minutes, 0),
    lines: lines.map(({ started_at, ...line }) => ({ ...line, on: dayOf(started_at) })),
    groupName: group.name,
    head: group.head,
    phone: group.phone,
  }
  const number = certificateNumber(dayOf(at), randomBytes(6))
  await issueRow(tx, streetId, row.id, {
    number,
    facts,
    handler: body.handler.trim(),
    by: actor.accountId,
    at,
  })
  call.audit({ subjectType: 'person', subjectId: row.person_id, detail: { certificate: row.id, number } })
  return one(call, row.id)
})

export const revokeCertificate = operation(contract.revokeCertificate, async (call) => {
  const { tx, actor, at, body } = call
  const row = await lockCertificate(tx, actor.streetId, call.params.id)
  if (!row || !viewOf(call, row, new Set()).can.revoke) {
    if (row && row.state !== 'issued' && runs(actor, row.area)) throw new Refusal('volunteering/wrong-state')
    throw new Refusal('volunteering/not-found')
  }
  await revokeRow(tx, actor.streetId, row.id, { account: actor.accountId, reason: body.reason.trim(), at })
  call.audit({ subjectType: 'person', subjectId: row.person_id, detail: { certificate: row.id } })
  return one(call, row.id)
})

export const listCertificates = operation(contract.listCertificates, async (call) => {
  const { tx, actor } = call
  const rows = await certificatesShown(tx, actor.streetId)
  const mine = await humansBehind(call)
  call.audit({ subjectType: 'certificates', detail: { rows: rows.length } })
  return { items: rows.map((row) => viewOf(call, row, mine)) }
})

export const printCertificate = operation(contract.printCertificate, async (call) => {
  const { tx, actor, at, params, services } = call
  const { streetId } = actor
  const row = await findCertificate(tx, streetId, params.id)
  const me = await personOfAccount(tx, streetId, actor.accountId)
  if (!row || !(row.person_id === me?.id || runs(actor, row.area)))
    throw new Refusal('volunteering/not-found')
  const code = checkCode(call, row)
  if (row.state !== 'issued' || code === null) throw new Refusal('volunteering/wrong-state')
  const contact = await inStreet(call, () => contactOf(tx, services.keys, streetId, row.person_id))
  const person = await inStreet(call, () => findPerson(tx, streetId, row.person_id))
  const volunteer = await inStreet(call, () => findVolunteer(tx, streetId, row.person_id))
  const street = await tx.one(sql<{ name: string }>`select name from streets where street_id = ${streetId}`)
  call.audit({ subjectType: 'person', subjectId: row.person_id, detail: { certificate: row.id } })
  call.sendAs({ name: `志愿服务记录证明-${row.number}.pdf`, mediaType: 'application/pdf' })
  return certificatePaper({
    row,
    name: contact?.name ?? row.name_masked,
    idNumber: contact?.idNumber,
    birthOn: person?.birth_on ?? '',
    joinedOn: volunteer ? dayOf(volunteer.joined_at) : undefined,
    streetName: street.name,
    code,
    target: `${services.publicUrl ?? ''}/m/certificate#${row.number}.${code}`,
    at: row.issued_at ?? at,
  })
})

const hour = 3600
const perAddress = 30
const perNumber = 10

/** 证明查验: a wrong number and a wrong code get one answer, and every try is counted first. */
export const checkCertificate = operation(contract.checkCertificate, async (call) => {
  const { tx, body } = call
  const number = plainNumber(body.number)
  await checkLimits(call, number)
  const code = plainCode(body.code)
  const streets = await tx.many(
    sql<{ id: number; name: string }>`select street_id as id, name from streets order by street_id`,
  )
  for (const street of streets) {
    await call.enter({ ...systemActor(street.id, 'none'), scope: { areas: [], organisations: [] } })
    await call.enter(systemActor(street.id, (await streetRoot(tx, street.id)).path))
    const row = await findByNumber(tx, street.id, number)
    if (!row?.facts || row.issued_at === null || row.state === 'asked' || checkCode(call, row) !== code)
      continue
    return {
      state: row.state,
      number,
      nameMasked: row.name_masked,
      groupName: row.facts.groupName,
      streetName: street.name,
      minutes: row.facts.minutes,
      from: row.from_on,
      to: row.to_on,
      issuedOn: dayOf(row.issued_at),
      revokedOn: row.revoked_at === null ? null : dayOf(row.revoked_at),
    }
  }
  throw new Refusal('volunteering/certificate-unknown')
})

/** Counted in a transaction of its own: a refusal must not take its count back. */
async function checkLimits(call: Call<typeof contract.checkCertificate>, number: string): Promise<void> {
  const { at, services, remoteAddress } = call
  const [ofAddress = 0, ofNumber = 0] = await call.takeNumber(async (pool) => {
    const tx = txOn(pool)
    const index = (purpose: string, value: string) => services.keys.blindIndex(purpose, value)
    return [
      await takeHits(tx, `certificate-address:${index('address', remoteAddress)}`, at, hour),
      await takeHits(tx, `certificate-number:${index('certificate-number', number)}`, at, hour),
    ]
  })
  if (ofAddress > perAddress || ofNumber > perNumber)
    throw new Refusal('volunteering/certificate-too-often', {
      retryAfterSeconds: hour - (Math.floor(at.getTime() / 1000) % hour),
    })
}
