/** Requests that were made and answered elsewhere become cases, with their own times and with nobody told about the past. */
import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import { bigrams } from '../../../lib/text.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Actor, systemAccountId } from '../../../platform/actor.ts'
import { inTransaction, type Pool, type Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { insertOrganisations, organisationsInOrder } from '../../accounts/server/index.ts'
import { type ImportReport, type Progress, streetRoot } from '../../areas/server/index.ts'
import type { CaseRow } from './case-row.ts'
import type { NewEntry } from './case-store.ts'
import { freshCase } from './fresh-case.ts'
import { type ImportedRequest, type RequestMapping, readRequests } from './import-requests-read.ts'
import { caseNumber, insertCases, takeCaseNumbers, type WholeCase } from './insert-cases.ts'

export interface RequestsImport {
  readonly pool: Pool
  readonly keys: Keys
  /** The system in the street. */
  readonly actor: Actor
  /** The whole text of one file. */
  readonly text: string
  /** Where it comes from; with a row's id it is unique, so that a second run adds nothing. */
  readonly source: string
  readonly mapping?: RequestMapping
  readonly at: Date
  readonly onProgress?: (progress: Progress) => void
  /** Stops between two batches; the next run goes on. */
  readonly signal?: AbortSignal
}

const batchSize = 200
/** The organisation in whose name replies stand that were given elsewhere. */
const importOrganisation = { code: 'import', name: '外部导入', kind: 'import' } as const

/**
 * With a reply a case stands as answered at the time of the reply, unrated; without one it waits at the street desk.
 * No notice, event or job: `outside_source` marks it, and what the system does by itself leaves such cases alone.
 * @throws Error for a file that is neither JSON lines nor a CSV with the needed columns
 */
export async function importRequests(options: RequestsImport): Promise<ImportReport> {
  const rows = readRequests(options.text, options.mapping)
  const report: ImportReport = { added: 0, changed: 0, skipped: 0, failed: [], stopped: false }
  const seen = new Set<string>()
  for (let start = 0; start < rows.length; start += batchSize) {
    if (options.signal?.aborted) {
      report.stopped = true
      break
    }
    const batch: ImportedRequest[] = []
    for (const { line, read } of rows.slice(start, start + batchSize)) {
      if (typeof read === 'string') report.failed.push({ line, reason: read })
      else if (read.at > options.at || (read.reply?.at ?? read.at) > options.at)
        report.failed.push({ line, reason: 'its time lies in the future' })
      else if (seen.has(read.id))
        report.failed.push({ line, reason: `id ${read.id} stands twice in this file` })
      else {
        seen.add(read.id)
        batch.push(read)
      }
    }
    const added = await inTransaction(options.pool, { actor: options.actor }, (tx) =>
      keepBatch(tx, options, batch),
    )
    report.added += added
    report.skipped += batch.length - added
    options.onProgress?.({ done: Math.min(start + batchSize, rows.length), total: rows.length })
  }
  return report
}

async function keepBatch(
  tx: Tx,
  options: RequestsImport,
  batch: readonly ImportedRequest[],
): Promise<number> {
  const { streetId } = options.actor
  // Two imports of one source at once would both find a row missing.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`import ${streetId} ${options.source}`}))`)
  const known = await tx.many(
    sql<{ id: string }>`select outside_number as id from cases where street_id = ${streetId}
      and outside_source = ${options.source} and outside_number = any(${batch.map(({ id }) => id)}::text[])`,
  )
  const there = new Set(known.map(({ id }) => id))
  const fresh = batch.filter(({ id }) => !there.has(id))
  if (fresh.length === 0) return 0
  const root = await streetRoot(tx, streetId)
  const organisationId = await importOrganisationId(tx, streetId, options.at)
  const counts = new Map<string, number>()
  for (const { at } of fresh) counts.set(dayOf(at), (counts.get(dayOf(at)) ?? 0) + 1)
  const next = await takeCaseNumbers(tx, streetId, counts)
  const cases = fresh.map((request) => {
    const day = dayOf(request.at)
    const running = next.get(day) ?? 1
    next.set(day, running + 1)
    return wholeCase(options, request, { root, organisationId, number: caseNumber(day, running) })
  })
  await insertCases(tx, streetId, cases)
  await noteBatch(tx, options, fresh.length)
  return fresh.length
}

async function importOrganisationId(tx: Tx, streetId: number, at: Date): Promise<string> {
  const { code, name, kind } = importOrganisation
  const there = (await organisationsInOrder(tx, streetId, undefined)).find((each) => each.kind === kind)
  if (there) return there.id
  const id = newId(at.getTime())
  await insertOrganisations(tx, streetId, [{ id, code, name, kind }])
  return id
}

interface Given {
  root: { id: string; path: string }
  organisationId: string
  number: string
}

function wholeCase(
  { actor, source, keys }: RequestsImport,
  request: ImportedRequest,
  given: Given,
): WholeCase {
  const { at, reply, title, text, user } = request
  const row: CaseRow = {
    ...freshCase,
    street_id: actor.streetId,
    id: newId(at.getTime()),
    number: given.number,
    kind: null,
    matter_id: null,
    title,
    text,
    channel: 'import',
    state: 'pending',
    urgency: 'P2',
    desk: 'street',
    area_id: given.root.id,
    area: given.root.path,
    lng: null,
    lat: null,
    source_datum: null,
    place_text: null,
    building_id: null,
    reporter_id: null,
    filed_by: systemAccountId,
    on_behalf: true,
    confidential: false,
    outside_source: source,
    outside_number: request.id,
    created_at: at,
    ...(reply ? answered(reply, given.organisationId) : {}),
  }
  return {
    row,
    entries: entriesOf(request, source),
    reporter: user
      ? {
          confidential: false,
          name_encrypted: keys.seal(`case_reporters.name.${row.id}`, user),
          phone_encrypted: null,
          address_encrypted: null,
          phone_index: null,
          phone_tail_index: null,
        }
      : null,
    terms: bigrams(`${row.number} ${title} ${text}`),
  }
}

function answered(reply: { text: string; at: Date }, organisationId: string): Partial<CaseRow> {
  return {
    state: 'answered',
    organisation_id: organisationId,
    handled_organisations: [organisationId],
    answer: reply.text,
    responded_at: reply.at,
    answered_at: reply.at,
    version: 2,
  }
}

function entriesOf({ id, at, reply, label }: ImportedRequest, source: string): NewEntry[] {
  const shared = { actor_id: systemAccountId, post_id: null, file_ids: [], internal: false }
  const detail = { channel: 'import', onBehalf: true, source, number: id, ...(label ? { label } : {}) }
  const file: NewEntry = {
    ...shared,
    id: newId(at.getTime()),
    at,
    act: 'file',
    from_state: null,
    to_state: 'pending',
    words: null,
    detail,
  }
  if (!reply) return [file]
  const answer: NewEntry = {
    ...shared,
    id: newId(reply.at.getTime()),
    at: reply.at,
    act: 'answer',
    from_state: 'pending',
    to_state: 'answered',
    words: reply.text,
    detail: { source },
  }
  return [file, answer]
}

function noteBatch(tx: Tx, { actor, at, source }: RequestsImport, added: number): Promise<void> {
  return tx.finishAct({
    street: actor.streetId,
    actor: actor.accountId,
    at: at.toISOString(),
    requestId: 'import',
    audit: [
      {
        id: newId(at.getTime()),
        post_id: null,
        operation: 'cases.importRequests',
        subject_type: 'cases',
        subject_id: null,
        outcome: 'done',
        detail: { source, added },
      },
    ],
  })
}
