import { type RawBuilder, sql } from 'kysely'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { clockOf, mayReadTexts } from './case-view.ts'
import { areaRef, namesOf } from './names.ts'
import { seenOf } from './seen-of.ts'

type Tab = (typeof contract.petitionTabs)[number]

const open = sql`state in ('accepted', 'in-progress')`

/** What each tab holds; the count beside it is made from the same condition. */
const conditions = (at: Date): Readonly<Record<Tab, RawBuilder<unknown>>> => ({
  open,
  'notice-late': sql`${open} and responded_at is null and response_due_at < ${at}`,
  late: sql`${open} and due_at < ${at}`,
  settled: sql`state in ('closed', 'declined')`,
  all: sql`true`,
})

export const listPetitions = operation(contract.listPetitions, async (call) => {
  const { tx, actor, at, query } = call
  const where = conditions(at)
  const within = sql`street_id = ${actor.streetId} and petition is not null`
  const rows = await tx.many(
    sql<CaseRow>`select * from cases where ${within} and ${where[query.tab ?? 'open']}
      order by case when responded_at is null and state <> 'closed' then response_due_at else due_at end, id limit 200`,
  )
  const counts = await tx.one(
    sql<Record<Tab, number>>`select ${sql.join(
      contract.petitionTabs.map((tab) => sql`count(*) filter (where ${where[tab]})::int as ${sql.ref(tab)}`),
    )} from cases where ${within}`,
  )
  const names = await namesOf(tx, actor.streetId)
  const seen = await seenOf(call, names)
  return { items: rows.flatMap((row) => line(row) ?? []), counts }

  function line(row: CaseRow): contract.PetitionLine | undefined {
    const { petition } = row
    if (petition === null) return undefined
    const area = names.areas.byId.get(row.area_id)
    return {
      caseId: row.id,
      number: petition.number,
      caseNumber: row.number,
      title: mayReadTexts(row, actor) ? row.title : '',
      area: area ? areaRef(area) : null,
      form: petition.form,
      receivedOn: petition.receivedOn,
      passedTo: petition.passedTo,
      passedOn: petition.passedOn,
      notice: petition.notice,
      opinion: petition.opinion,
      extended: row.extended_from !== null,
      settledOn: petition.settledOn,
      state: row.state,
      clock: clockOf(row, seen),
    }
  }
})
