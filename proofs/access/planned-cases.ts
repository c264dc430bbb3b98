/** Cases of the access proof: facts that the oracle reads, turned into rows full of marks that must not travel. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import { bigrams } from '../../lib/text.ts'
import { type CaseRow, freshCase, insertCases, type WholeCase } from '../../modules/cases/server/index.ts'
import type { CaseKind, CaseState } from '../../modules/cases/words.ts'
import { inTransaction, type Pool } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'
import type { CaseFacts } from '../access-oracle.ts'
import type { ProofStreet } from '../support/proof-street.ts'

export interface PlannedCase {
  readonly index: number
  readonly id: string
  readonly facts: CaseFacts
  readonly street: ProofStreet
  readonly areaCode: string
  readonly state: CaseState
  readonly kind: CaseKind
  readonly publicMatter: boolean
  /** Columns beyond what facts and state already say. */
  readonly more: Partial<CaseRow>
  readonly filedBy: string
  readonly fileId: string | null
}

/** Marks begin with these; the number after them is the case's index. */
export const marks = {
  text: 'zqt',
  title: 'zqh',
  place: 'zqp',
  entry: 'zqe',
  answer: 'zqd',
  name: 'zqn',
  address: 'zqr',
} as const
export const mark = (kind: keyof typeof marks, index: number): string => `${marks[kind]}${index}z`
/** Whole phones are marks too: no other number of the proof begins so. */
export const phoneOf = (index: number): string => `199${String(index).padStart(8, '0')}`

export interface Matters {
  readonly publicId: string
  readonly publicCode: string
  readonly personalId: string
  readonly personalCode: string
}

/** A matter that a community can settle, one of public space and one of persons. */
export async function pickMatters(pool: Pool, street: ProofStreet): Promise<Matters> {
  const rows = await inTransaction(pool, { actor: street.system }, (tx) =>
    tx.many(
      sql<{
        id: string
        code: string
        is_public: boolean
      }>`select distinct on (is_public) id, code, is_public from matters
        where street_id = ${street.streetId} and local_extension and level = 'community' and not sensitive and (is_public or not on_site_check)
        order by is_public, code`,
    ),
  )
  const of = (isPublic: boolean) => {
    const row = rows.find((one) => one.is_public === isPublic)
    if (!row) throw new Error('the catalogue has no fitting matter')
    return row
  }
  return {
    publicId: of(true).id,
    publicCode: of(true).code,
    personalId: of(false).id,
    personalCode: of(false).code,
  }
}

export const caseFileBytes = Buffer.from('%PDF-1.4 proof')
export const caseFileSha = createHash('sha256').update(caseFileBytes).digest('hex')

export async function insertPlannedCases(
  pool: Pool,
  keys: Keys,
  at: Date,
  cases: readonly PlannedCase[],
  mattersOf: (street: ProofStreet) => Matters,
): Promise<void> {
  const streets = new Set(cases.map(({ street }) => street))
  for (const street of streets) {
    const own = cases.filter((one) => one.street === street)
    for (let from = 0; from < own.length; from += 500) {
      const batch = own.slice(from, from + 500)
      await inTransaction(pool, { actor: street.system }, async (tx) => {
        await insertCases(
          tx,
          street.streetId,
          batch.map((one) => wholeCase(one, keys, at, mattersOf(street))),
        )
        const files = batch.flatMap((one) =>
          one.fileId === null ? [] : [{ case_id: one.id, file_id: one.fileId }],
        )
        await tx.run(sql`insert into files (street_id, id, sha256, received_sha256, media_type, name, size_bytes, uploaded_by, uploaded_at)
          select ${street.streetId}, r.file_id, ${caseFileSha}, ${caseFileSha}, 'application/pdf', 'proof.pdf', ${caseFileBytes.length}, ${street.system.accountId}::uuid, ${at}
          from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as r(case_id uuid, file_id uuid)`)
        await tx.run(sql`insert into case_files (street_id, case_id, file_id) select ${street.streetId}, r.case_id, r.file_id
          from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as r(case_id uuid, file_id uuid)`)
      })
    }
  }
}

function wholeCase(one: PlannedCase, keys: Keys, at: Date, matters: Matters): WholeCase {
  const { facts, index, id, street } = one
  const text = `楼道灯坏了 ${mark('text', index)}`
  const started = one.state !== 'pending' && one.state !== 'declined'
  const given = !['pending', 'accepted', 'declined', 'merged'].includes(one.state)
  const before = new Date(at.getTime() - 600_000)
  const later = new Date(at.getTime() + 5 * 86_400_000)
  const row: CaseRow = {
    ...freshCase,
    street_id: street.streetId,
    id,
    number: `P${String(index).padStart(8, '0')}`,
    kind: one.kind,
    matter_id: one.publicMatter ? matters.publicId : matters.personalId,
    title: `灯 ${mark('title', index)}`,
    text,
    channel: 'phone',
    state: one.state,
    urgency: 'P2',
    desk: facts.desk,
    area_id: street.areaId(one.areaCode),
    area: facts.area,
    lng: null,
    lat: null,
    source_datum: null,
    place_text: `某栋 ${mark('place', index)}`,
    building_id: null,
    organisation_id: facts.organisation,
    shared_organisations: [...facts.shared],
    holder_account_id: facts.holder,
    reporter_id: facts.reporter,
    filed_by: one.filedBy,
    on_behalf: false,
    confidential: facts.confidential,
    created_at: before,
    ...(started
      ? { accepted_at: before, clock_start_at: before, response_due_at: later, due_at: later }
      : {}),
    ...(given ? { assigned_at: before } : {}),
    handled_by: [...facts.handledBy],
    handled_organisations: [...facts.handledOrganisations],
    assigned_by: [...facts.assignedBy],
    draft_answer: given ? `已换灯 ${mark('answer', index)}` : null,
    ...one.more,
  }
  const seal = (field: string, plain: string) => keys.seal(`case_reporters.${field}.${id}`, plain)
  return {
    row,
    terms: bigrams(`${row.number} ${row.title} ${text}`),
    entries: [
      {
        id: newId(before.getTime()),
        at: before,
        act: 'file',
        actor_id: one.filedBy,
        post_id: null,
        from_state: null,
        to_state: 'pending',
        words: `补一句 ${mark('entry', index)}`,
        detail: {},
        file_ids: one.fileId === null ? [] : [one.fileId],
        internal: false,
      },
    ],
    reporter: {
      confidential: facts.confidential,
      name_encrypted: seal('name', `王${mark('name', index)}`),
      phone_encrypted: seal('phone', phoneOf(index)),
      address_encrypted: seal('address', `某路8号3栋2单元501室 ${mark('address', index)}`),
      phone_index: keys.blindIndex('phone', phoneOf(index)),
      phone_tail_index: keys.blindIndex('phone-tail', phoneOf(index).slice(-4)),
    },
  }
}
