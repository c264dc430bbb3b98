/** 交接班记录: what the next shift has to know. Read marks only stop the asking; nothing is counted from them. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { HandoverNoteView } from '../roster-views.ts'
import { headsDesk } from '../rules/roster-rights.ts'
import { standsIn } from '../rules/roster-swap.ts'
import { displayNames } from './display-names.ts'
import { deskRef, deskRights, getDesk, refuseOthers } from './roster-desk.ts'
import { findNote, insertNote, isFor, markRead, type NoteRow, notesOfDesk } from './roster-note-store.ts'
import { type Desk, desksOfStreet, shiftsById } from './roster-store.ts'
import { colleague } from './roster-view.ts'

/** Desks that this person heads by post. */
export const headedDesks = (desks: readonly Desk[], actor: Actor): string[] =>
  desks
    .filter((desk) => actor.posts.some((post) => post.areaPath === desk.path && headsDesk(desk, post.role)))
    .map(({ id }) => id)

export async function noteViews(
  tx: Tx,
  keys: Keys,
  rows: readonly NoteRow[],
  desks: readonly Desk[],
  actor: Actor,
): Promise<HandoverNoteView[]> {
  const names = await displayNames(
    tx,
    keys,
    rows.map(({ writtenBy }) => writtenBy),
  )
  const headed = headedDesks(desks, actor)
  return rows.flatMap((row) => {
    const desk = desks.find(({ id }) => id === row.deskId)
    if (desk === undefined) return []
    const read = row.nextHead === null ? row.readers.length > 0 : row.readers.includes(row.nextHead)
    const mine =
      row.writtenBy !== actor.accountId &&
      !row.readers.includes(actor.accountId) &&
      isFor(row.nextHead, row.deskId, actor.accountId, headed)
    return [
      {
        id: row.id,
        desk: deskRef(desk),
        shiftDay: row.shiftDay,
        shiftKind: row.shiftKind,
        writtenBy: colleague(names, row.writtenBy),
        writtenAt: row.writtenAt.toISOString(),
        words: row.words,
        read,
        mine,
      },
    ]
  })
}

export const listHandoverNotes = operation(contract.listHandoverNotes, async (call) => {
  const { tx, actor, params, services } = call
  const desk = await getDesk(tx, actor.streetId, params.id)
  refuseOthers(desk, actor.posts, 'read')
  const rows = await notesOfDesk(tx, actor.streetId, desk.id)
  return { items: await noteViews(tx, services.keys, rows, [desk], actor) }
})

export const writeHandoverNote = operation(contract.writeHandoverNote, async (call) => {
  const { tx, actor, at, body, params } = call
  const { streetId } = actor
  const [shift] = await shiftsById(tx, streetId, [params.id])
  if (shift === undefined) throw new Refusal('accounts/shift-not-found')
  if (!standsIn(shift, actor.accountId) || shift.startsAt > at) throw new Refusal('accounts/not-on-shift')
  const desk = await getDesk(tx, streetId, shift.deskId)
  const id = call.newId()
  await insertNote(tx, streetId, {
    id,
    deskId: desk.id,
    deskPath: desk.path,
    shiftId: shift.id,
    shiftEndsAt: shift.endsAt,
    writtenBy: actor.accountId,
    writtenAt: at,
    words: body.words.trim(),
  })
  call.audit({ subjectType: 'note', subjectId: id, detail: { shift: `${shift.day} ${shift.kind}` } })
  call.event({ type: 'roster.note', subjectId: id, audience: { area: desk.path } })
  const row = await findNote(tx, streetId, id)
  const [view] = row ? await noteViews(tx, call.services.keys, [row], [desk], actor) : []
  if (view === undefined) throw new Error('the note is gone')
  return view
})

export const readHandoverNote = operation(contract.readHandoverNote, async (call) => {
  const { tx, actor, at, params } = call
  const { streetId } = actor
  const note = await findNote(tx, streetId, params.id)
  if (note === undefined) throw new Refusal('accounts/note-not-found')
  const desks = await desksOfStreet(tx, streetId)
  const desk = desks.find(({ id }) => id === note.deskId)
  const theirs =
    desk !== undefined && (deskRights(desk, actor.posts).read || note.nextHead === actor.accountId)
  if (!theirs) throw new Refusal('accounts/note-not-found')
  await markRead(tx, streetId, note.id, actor.accountId, at)
  call.audit({ subjectType: 'note', subjectId: note.id })
  const row = await findNote(tx, streetId, note.id)
  const [view] = row ? await noteViews(tx, call.services.keys, [row], desks, actor) : []
  if (view === undefined) throw new Error('the note is gone')
  return view
})
