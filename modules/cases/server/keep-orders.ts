/**
 * Orders from above become cases, many in one statement each: for the sheet and for the API alike. The same source and
 * number twice is one order, whoever brings it and however often.
 */
import { sql } from 'kysely'
import { normaliseMobile } from '../../../lib/codes.ts'
import { newId } from '../../../lib/ids.ts'
import { bigrams } from '../../../lib/text.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { type Located, locateAddresses } from '../../areas/server/index.ts'
import { insideDeadline } from '../rules/inside-deadline.ts'
import { startingDesk } from '../rules/starting-desk.ts'
import type { WorkingCalendar } from '../rules/working-days.ts'
import type { CaseKind } from '../words.ts'
import { workingCalendar } from './calendar.ts'
import type { CaseRow } from './case-row.ts'
import type { NewReporter } from './case-store.ts'
import { firstWords } from './first-words.ts'
import { freshCase } from './fresh-case.ts'
import { caseNumber, insertCases, takeCaseNumbers, type WholeCase } from './insert-cases.ts'
import { type Names, namesOf } from './names.ts'
import type { UpstreamSourceRow } from './upstream-source-store.ts'

export interface OrderGiven {
  number: string
  receivedAt: Date | null
  dueAt: Date | null
  class: string | null
  kind: CaseKind | null
  title: string | null
  text: string
  addressText: string | null
  contact: { name?: string | undefined; phone?: string | undefined; address?: string | undefined }
  confidential: boolean
  fileIds: readonly string[]
}

export interface Keeping {
  tx: Tx
  keys: Keys
  streetId: number
  at: Date
  batchId: string
  /** Who stands in the row as the one who filed: the person, or the system where a job does it. */
  filedBy: string
  /** The post under which the person brings it in; null for the system. */
  postId: string | null
  source: UpstreamSourceRow
}

export interface KeptOrder {
  number: string
  caseId: string
  act: 'added' | 'known'
}

/** In the order given; a number that is there already, or twice in the list, is told as known. */
export async function keepOrders(keeping: Keeping, orders: readonly OrderGiven[]): Promise<KeptOrder[]> {
  const { tx, streetId, source } = keeping
  // Two deliveries of one source at once would both find a number missing.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`orders ${streetId} ${source.code}`}))`)
  const there = await knownOrders(tx, streetId, source.code, orders)
  const names = await namesOf(tx, streetId)
  const calendar = await workingCalendar(tx, streetId)
  const fresh: OrderGiven[] = []
  const kept = orders.map((order): KeptOrder => {
    const known = there.get(order.number)
    if (known !== undefined) return { number: order.number, caseId: known, act: 'known' }
    const caseId = newId(keeping.at.getTime())
    there.set(order.number, caseId)
    fresh.push(order)
    return { number: order.number, caseId, act: 'added' }
  })
  if (fresh.length === 0) return kept
  const day = dayOf(keeping.at)
  let running = (await takeCaseNumbers(tx, streetId, new Map([[day, fresh.length]]))).get(day) ?? 1
  const cases: WholeCase[] = []
  const places = await locateAddresses(tx, streetId, keeping.at, fresh.map(addressOf))
  for (const order of fresh) {
    const id = there.get(order.number) ?? ''
    cases.push(
      caseOf(keeping, { names, calendar, places }, order, { id, number: caseNumber(day, running++) }),
    )
  }
  await insertCases(tx, streetId, cases)
  await attachFiles(tx, streetId, there, fresh)
  return kept
}

async function knownOrders(
  tx: Tx,
  streetId: number,
  source: string,
  orders: readonly OrderGiven[],
): Promise<Map<string, string>> {
  const rows = await tx.many(
    sql<{
      number: string
      id: string
    }>`select outside_number as number, id from cases where street_id = ${streetId}
      and outside_source = ${source} and outside_number = any(${orders.map(({ number }) => number)}::text[])`,
  )
  return new Map(rows.map(({ number, id }) => [number, id]))
}

async function attachFiles(
  tx: Tx,
  streetId: number,
  ids: ReadonlyMap<string, string>,
  orders: readonly OrderGiven[],
): Promise<void> {
  const links = orders.flatMap(({ number, fileIds }) =>
    fileIds.map((file) => ({ street_id: streetId, case_id: ids.get(number), file_id: file })),
  )
  if (links.length > 0)
    await tx.run(
      sql`insert into case_files select * from jsonb_populate_recordset(null::case_files, ${JSON.stringify(links)}::jsonb)`,
    )
}

const addressOf = (order: OrderGiven): string => order.addressText?.trim() ?? ''

interface Known {
  names: Names
  /** By the address text. */
  places: ReadonlyMap<string, Located>
  calendar: WorkingCalendar
}

function caseOf(
  keeping: Keeping,
  { names, calendar, places }: Known,
  order: OrderGiven,
  given: { id: string; number: string },
): WholeCase {
  const { streetId, at, source } = keeping
  const place = places.get(addressOf(order))
  const area = (place?.leaf && names.areas.byId.get(place.leaf.id)) ?? names.areas.root
  const code = order.class === null ? undefined : (source.mapping[order.class] ?? order.class)
  const matter = code === undefined ? undefined : names.matters.byCode.get(code)
  // What came days ago was received then; nothing is received in the future.
  const received = order.receivedAt !== null && order.receivedAt < at ? order.receivedAt : at
  const inside =
    order.dueAt &&
    insideDeadline(order.dueAt, received, { amount: source.insideAmount, unit: source.insideUnit }, calendar)
  const row: CaseRow = {
    ...freshCase,
    street_id: streetId,
    ...given,
    kind: order.kind,
    matter_id: matter?.id ?? null,
    title: order.title?.trim() || firstWords(order.text),
    text: order.text,
    channel: 'upstream',
    state: 'pending',
    urgency: matter?.urgency ?? 'P2',
    desk: startingDesk({ hasPlace: area !== names.areas.root, matterLevel: matter?.level ?? null }),
    area_id: area.id,
    area: area.path,
    lng: null,
    lat: null,
    source_datum: null,
    place_text: addressOf(order) || null,
    building_id: place?.building?.id ?? null,
    reporter_id: null,
    filed_by: keeping.filedBy,
    on_behalf: true,
    confidential: order.confidential,
    outside_source: source.code,
    outside_number: order.number,
    outside_due_at: order.dueAt,
    outside_class: order.class,
    due_at: inside,
    import_batch: keeping.batchId,
    created_at: received,
  }
  return {
    row,
    entries: [
      {
        id: newId(at.getTime()),
        at,
        act: 'file',
        actor_id: keeping.filedBy,
        post_id: keeping.postId,
        from_state: null,
        to_state: 'pending',
        words: null,
        detail: { channel: 'upstream', onBehalf: true, source: source.code, number: order.number },
        file_ids: [...order.fileIds],
        internal: false,
      },
    ],
    reporter: reporterOf(keeping.keys, row, order),
    terms: bigrams(`${row.number} ${row.title} ${row.text} ${row.place_text ?? ''} ${order.number}`),
  }
}

/** Who spoke to those above, sealed for this case; nothing of it stands in the case itself. */
function reporterOf(keys: Keys, row: CaseRow, { contact }: OrderGiven): NewReporter | null {
  if (!contact.name?.trim() && !contact.phone?.trim() && !contact.address?.trim()) return null
  const seal = (field: string, value: string | undefined) =>
    value?.trim() ? keys.seal(`case_reporters.${field}.${row.id}`, value.trim()) : null
  const phone = normaliseMobile(contact.phone ?? '') ?? contact.phone?.trim()
  return {
    confidential: row.confidential,
    name_encrypted: seal('name', contact.name),
    phone_encrypted: seal('phone', phone),
    address_encrypted: seal('address', contact.address),
    phone_index: phone ? keys.blindIndex('phone', phone) : null,
    phone_tail_index: phone ? keys.blindIndex('phone-tail', phone.slice(-4)) : null,
  }
}
