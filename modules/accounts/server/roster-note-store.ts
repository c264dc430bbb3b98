/** All SQL on hand-over notes and who has read them. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'

export interface NoteRow {
  readonly id: string
  readonly deskId: string
  readonly shiftDay: Day
  readonly shiftKind: string
  readonly writtenBy: string
  readonly writtenAt: Date
  readonly words: string
  /** Who heads the next shift at that desk; null while the roster has none. */
  readonly nextHead: string | null
  readonly readers: readonly string[]
}

/** Rule: a note is for the head of the first shift that ends after its own, whoever that is by now. */
const selectNotes = sql`select n.id, n.desk_area_id as "deskId", s.day as "shiftDay", s.kind as "shiftKind",
    n.written_by as "writtenBy", n.written_at as "writtenAt", n.words,
    (select d.head_id from duty_shifts d where d.street_id = n.street_id and d.desk_area_id = n.desk_area_id
      and d.ends_at > n.shift_ends_at order by d.starts_at, d.id limit 1) as "nextHead",
    array(select r.account_id from handover_reads r where r.street_id = n.street_id and r.note_id = n.id) as readers
  from handover_notes n join duty_shifts s on s.street_id = n.street_id and s.id = n.shift_id`

export function notesOfDesk(tx: Tx, streetId: number, deskId: string): Promise<NoteRow[]> {
  return tx.many(sql<NoteRow>`${selectNotes} where n.street_id = ${streetId} and n.desk_area_id = ${deskId}
    order by n.written_at desc, n.id desc limit 50`)
}

export function findNote(tx: Tx, streetId: number, id: string): Promise<NoteRow | undefined> {
  return tx.maybe(sql<NoteRow>`${selectNotes} where n.street_id = ${streetId} and n.id = ${id}`)
}

/** Notes written since an instant for this person, or by nobody else's head at the desks that they head; not read yet. */
export async function unreadNotes(
  tx: Tx,
  streetId: number,
  accountId: string,
  headedDesks: readonly string[],
  since: Date,
): Promise<NoteRow[]> {
  const rows = await tx.many(
    sql<NoteRow>`${selectNotes} where n.street_id = ${streetId} and n.written_at >= ${since}
      and n.written_by <> ${accountId}
      and not exists (select from handover_reads r where r.street_id = n.street_id and r.note_id = n.id
        and r.account_id = ${accountId})
      order by n.written_at, n.id`,
  )
  return rows.filter(({ nextHead, deskId }) => isFor(nextHead, deskId, accountId, headedDesks))
}

/** Without a next shift on the roster the note waits for whoever heads the desk by post. */
export const isFor = (
  nextHead: string | null,
  deskId: string,
  accountId: string,
  headedDesks: readonly string[],
): boolean => nextHead === accountId || (nextHead === null && headedDesks.includes(deskId))

/** Shifts with a note already. */
export async function shiftsWithNotes(
  tx: Tx,
  streetId: number,
  shiftIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{ id: string }>`select distinct shift_id as id from handover_notes
      where street_id = ${streetId} and shift_id = any(${[...shiftIds]}::uuid[])`,
  )
  return new Set(rows.map(({ id }) => id))
}

export async function insertNote(
  tx: Tx,
  streetId: number,
  note: {
    id: string
    deskId: string
    deskPath: string
    shiftId: string
    shiftEndsAt: Date
    writtenBy: string
    writtenAt: Date
    words: string
  },
): Promise<void> {
  await tx.run(sql`insert into handover_notes (street_id, id, desk_area_id, desk_path, shift_id, shift_ends_at, written_by,
      written_at, words)
    values (${streetId}, ${note.id}, ${note.deskId}, ${note.deskPath}::ltree, ${note.shiftId}, ${note.shiftEndsAt},
      ${note.writtenBy}, ${note.writtenAt}, ${note.words})`)
}

export async function markRead(
  tx: Tx,
  streetId: number,
  noteId: string,
  accountId: string,
  at: Date,
): Promise<void> {
  await tx.run(sql`insert into handover_reads (street_id, note_id, account_id, read_at)
    values (${streetId}, ${noteId}, ${accountId}, ${at}) on conflict do nothing`)
}
