import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { checkCodeOf, plainCode, plainNumber } from '../../../lib/certificate-code.ts'
import { dayOf } from '../../../lib/time.ts'
import { systemActor } from '../../../platform/actor.ts'
import { takeHits } from '../../../platform/change-limit.ts'
import { type Tx, txOn } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex, findArea, streetRoot } from '../../areas/server/index.ts'
import { contactOf, personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { yearEnd } from '../rules/year.ts'
import { honourTerms } from '../settings.ts'
import { communityOf, postOver } from './community.ts'
import { holderNames } from './holder-names.ts'
import { earnedIn } from './honour-acts.ts'
import { honourPaper } from './honour-paper.ts'
import { findHonour, type HonourRow, honourByNumber, honoursOf } from './honour-store.ts'
import { accountsByIds } from './ledger-store.ts'

const keepers = ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'] as const

export async function honourViews(
  { tx, streetId, keys }: { tx: Tx; streetId: number; keys: Keys },
  rows: readonly HonourRow[],
): Promise<contract.HonourView[]> {
  const accounts = await accountsByIds(
    tx,
    streetId,
    rows.map(({ account_id }) => account_id),
  )
  const names = await holderNames(tx, streetId, accounts)
  return rows.map((row) => ({
    id: row.id,
    year: row.year,
    kind: row.kind,
    holder: names.get(row.account_id) ?? null,
    points: row.points,
    number: row.number,
    checkCode: checkCode(keys, row),
    givenAt: row.given_at.toISOString(),
    revokedReason: row.revoked_reason,
  }))
}

/** 年度荣誉: who earned what, who reached what the street asks for, who has it. */
export const listHonours = operation(contract.listHonours, async (call) => {
  const { tx, actor, at, query, services } = call
  const { streetId } = actor
  const year = Number(query.year)
  const asked = await findArea(tx, streetId, query.areaId)
  const area = asked && (await communityOf(tx, streetId, asked.path))
  if (!area || !postOver(actor, area.path, keepers)) throw new Refusal('points/not-your-area')
  const earned = await earnedIn(tx, area.path, year)
  const accounts = await accountsByIds(
    tx,
    streetId,
    earned.map(({ account_id }) => account_id),
  )
  const names = await holderNames(tx, streetId, accounts)
  const honours = await honoursOf(tx, streetId, area.path, year)
  const has = new Set(
    honours.filter(({ revoked_at }) => revoked_at === null).map(({ account_id }) => account_id),
  )
  const { personPoints, organisationPoints } = await readSetting(tx, streetId, honourTerms, at)
  call.audit({ subjectType: 'honours', detail: { year, rows: earned.length } })
  return {
    candidates: earned.map(({ account_id, kind, points }) => ({
      accountId: account_id,
      kind,
      holder: names.get(account_id) ?? null,
      points,
      proposed: points >= (kind === 'person' ? personPoints : organisationPoints),
      honoured: has.has(account_id),
    })),
    honours: await honourViews({ tx, streetId, keys: services.keys }, honours),
    yearIsOver: at >= yearEnd(year),
  }
})

/** Of what is certified: nobody makes it up, and nothing of it is stored. */
function checkCode(keys: Keys, row: HonourRow): string {
  const said = JSON.stringify([row.number, row.account_id, row.year, row.points])
  return checkCodeOf(
    keys.blindIndex('honour-certificate', createHash('sha256').update(said).digest('base64url')),
  )
}

/** 荣誉证书: one's own, one's organisation's, or at the desk. */
export const printHonour = operation(contract.printHonour, async (call) => {
  const { tx, actor, params, services } = call
  const { streetId } = actor
  const me = await personOfAccount(tx, streetId, actor.accountId)
  const areas = await areaIndex(tx, streetId)
  const { row, account, name } = await call.asSystem(areas.root.path, async () => {
    const found = await findHonour(tx, streetId, params.id)
    const [holder] = found ? await accountsByIds(tx, streetId, [found.account_id]) : []
    if (!found || !holder || found.revoked_at !== null) throw new Refusal('points/honour-not-found')
    const names = await holderNames(tx, streetId, [holder])
    const contact =
      found.kind === 'person' ? await contactOf(tx, services.keys, streetId, holder.holder_id) : undefined
    return { row: found, account: holder, name: contact?.name ?? names.get(holder.id) ?? '' }
  })
  const own =
    row.kind === 'person'
      ? account.holder_id === me?.id
      : actor.posts.some(({ organisationId }) => organisationId === row.organisation_id)
  if (!own && !postOver(actor, row.area, keepers)) throw new Refusal('points/honour-not-found')
  const code = checkCode(services.keys, row)
  call.audit({ subjectType: 'honour', subjectId: row.id })
  call.sendAs({ name: `荣誉证书-${row.number}.pdf`, mediaType: 'application/pdf' })
  return honourPaper({
    row,
    name,
    street: areas.root.name,
    community: areas.byPath.get(row.area)?.name ?? '',
    code,
    target: `${services.publicUrl ?? ''}/m/honour#${row.number}.${code}`,
  })
})

const hour = 3600
const perAddress = 30
const perNumber = 10

/** 证书查验: a wrong number and a wrong code get one answer, and every try is counted first. */
export const checkHonour = operation(contract.checkHonour, async (call) => {
  const { tx, body, services } = call
  const number = plainNumber(body.number)
  await countTry(call, number)
  const code = plainCode(body.code)
  const streets = await tx.many(
    sql<{ id: number; name: string }>`select street_id as id, name from streets order by street_id`,
  )
  for (const street of streets) {
    await call.enter({ ...systemActor(street.id, 'none'), scope: { areas: [], organisations: [] } })
    await call.enter(systemActor(street.id, (await streetRoot(tx, street.id)).path))
    const row = await honourByNumber(tx, street.id, number)
    if (!row || checkCode(services.keys, row) !== code) continue
    const [view] = await honourViews({ tx, streetId: street.id, keys: services.keys }, [row])
    return {
      state: row.revoked_at === null ? ('given' as const) : ('revoked' as const),
      number,
      holder: view?.holder ?? null,
      streetName: street.name,
      year: row.year,
      points: row.points,
      givenOn: dayOf(row.given_at),
      revokedOn: row.revoked_at === null ? null : dayOf(row.revoked_at),
    }
  }
  throw new Refusal('points/honour-not-found')
})

/** Counted in a transaction of its own: a refusal must not take its count back. */
async function countTry(call: Call<typeof contract.checkHonour>, number: string): Promise<void> {
  const { at, services, remoteAddress } = call
  const [ofAddress = 0, ofNumber = 0] = await call.takeNumber(async (pool) => {
    const tx = txOn(pool)
    const index = (purpose: string, value: string) => services.keys.blindIndex(purpose, value)
    return [
      await takeHits(tx, `honour-address:${index('address', remoteAddress)}`, at, hour),
      await takeHits(tx, `honour-number:${index('honour-number', number)}`, at, hour),
    ]
  })
  if (ofAddress > perAddress || ofNumber > perNumber) throw new Refusal('points/honour-too-often')
}
