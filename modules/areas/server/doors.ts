import { randomInt } from 'node:crypto'
import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { takeHits } from '../../../platform/change-limit.ts'
import { txOn } from '../../../platform/db.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { drawLabels } from '../../../platform/pdf-labels.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { areaIndex } from './area-index.ts'
import { areaIdsUnder } from './areas-under.ts'
import { buildingOfDoor, buildingsForDoors, giveDoorIds } from './record-store.ts'

/** Without letters that are taken for digits: codes are typed from paper too. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const doorLength = 10
const mostDoors = 600
/** A person scans a handful, and each scan asks twice: for the building and for who answers there; a program that counts through the codes is stopped. */
const looksPerHour = 40
const hourSeconds = 3_600

const newDoorId = (): string =>
  Array.from({ length: doorLength }, () => alphabet[randomInt(alphabet.length)] ?? '').join('')

const words = {
  zh: { title: '楼栋报事码', line: '扫一扫，说这栋楼的事', file: '楼栋二维码' },
  en: { title: 'Door codes', line: 'Scan to tell us about this building', file: 'door-codes' },
} as const

export const printDoorCodes = operation(contract.printDoorCodes, async (call) => {
  const { tx, actor, at, body, services } = call
  const said = words[body.language ?? 'zh']
  const areaIds = body.areaId ? await areaIdsUnder(tx, actor.streetId, body.areaId) : null
  const find = () => buildingsForDoors(tx, actor.streetId, areaIds, body.buildingId ?? null, dayOf(at))
  const found = await find()
  if (found.length === 0) throw new Refusal('areas/building-not-found')
  if (found.length > mostDoors) throw new Refusal('areas/too-many-doors')
  const without = found.filter(({ doorId }) => doorId === null)
  await giveDoorIds(
    tx,
    actor.streetId,
    without.map(({ id }) => ({ id, doorId: newDoorId() })),
  )
  const { root } = await areaIndex(tx, actor.streetId)
  const doors = without.length > 0 ? await find() : found
  call.audit({ subjectType: 'door-sheet', detail: { doors: doors.length, made: without.length } })
  call.sendAs({ name: `${said.file}-${dayOf(at)}.pdf`, mediaType: 'application/pdf' })
  return drawLabels(
    { title: `${root.name} ${said.title}`, at },
    doors.map(({ name, address, compound, doorId }) => ({
      target: `${services.publicUrl ?? ''}/m/?street=${root.code}&door=${doorId}`,
      title: compound === null ? name : `${compound} ${name}`,
      lines: [address, said.line],
      foot: doorId ?? '',
    })),
  )
})

/**
 * The building behind a printed code. The count is taken beside the transaction of the read, and holds when the code
 * was wrong.
 * @throws Refusal for a code of no building, and for somebody who asks too often
 */
export async function openedDoor(
  call: Pick<Call<OperationContract>, 'tx' | 'actor' | 'at' | 'takeNumber'>,
  door: string,
) {
  const { tx, actor, at } = call
  const hits = await call.takeNumber((pool) =>
    takeHits(txOn(pool), `door:${actor.accountId}`, at, hourSeconds),
  )
  if (hits > looksPerHour) throw new Refusal('platform/too-many-requests', { retryAfterSeconds: hourSeconds })
  const building = await buildingOfDoor(tx, actor.streetId, door.toUpperCase())
  if (!building) throw new Refusal('areas/no-such-door')
  return building
}

export const openDoor = operation(contract.openDoor, async (call) => {
  const { code, name, address } = await openedDoor(call, call.params.door)
  return { code, name, address }
})
