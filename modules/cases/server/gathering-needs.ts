/** The rows of a gathering: each becomes a case as any other does, or joins an open one; each for itself. */
import type { BodyOf, OperationContract } from '../../../lib/contract.ts'
import type { AuditNote, Call, EventNote, JobNote } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { IndexedArea } from '../../areas/server/index.ts'
import type { fileCase, NeedOutcome, NeedRow } from '../contract.ts'
import type { CaseRefusal } from '../refusals.ts'
import { decideAct } from '../rules/decide-act.ts'
import { type ReadNeed, readNeed } from '../rules/gathering-need.ts'
import { mergeRefusal } from '../rules/merge-target.ts'
import type { CaseRow } from './case-row.ts'
import { findCase, getCases, lockCase } from './case-store.ts'
import { factsOf } from './case-view.ts'
import { fileOne } from './file-case.ts'
import { beginRow, dropRow, type GatheringRow, insertNeed, keepRow, needsOf } from './gathering-store.ts'
import { mergeCase } from './merge-case.ts'
import type { Names } from './names.ts'
import { actSettings } from './street-clocks.ts'

export interface Gathering {
  row: GatheringRow
  area: IndexedArea
  names: Names
}

/** Writes the rows one after the other. A refused one leaves nothing behind and keeps no other from being written. */
export async function keepNeeds<C extends OperationContract>(
  call: Call<C>,
  gathering: Gathering,
  rows: readonly NeedRow[],
): Promise<NeedOutcome[]> {
  const { tx, actor } = call
  const codes = new Set(gathering.names.matters.byCode.keys())
  const before = new Set((await needsOf(tx, actor.streetId, [gathering.row.id])).map((need) => need.case_id))
  // In one order, so that two people who join rows to the same cases at once do not wait for each other.
  const parents = new Set(rows.flatMap((row) => row.joinCaseId ?? []))
  for (const id of [...parents].sort()) await lockCase(tx, actor.streetId, id)
  const outcomes: NeedOutcome[] = []
  const sent = new Set<string>()
  for (const [index, row] of rows.entries()) {
    if (sent.has(row.id)) outcomes.push(refused(row.id, 'cases/need-twice'))
    else if (before.has(row.id)) outcomes.push(await wasThere(call, row.id))
    else {
      const reading = readNeed(row, codes)
      outcomes.push(
        reading.ok
          ? await keepOne(call, gathering, reading.need, before.size + index)
          : refused(row.id, reading.why),
      )
    }
    sent.add(row.id)
  }
  return outcomes
}

const refused = (id: string, why: CaseRefusal): NeedOutcome => ({
  id,
  outcome: 'refused',
  number: null,
  parentNumber: null,
  why,
})

async function wasThere<C extends OperationContract>(
  { tx, actor }: Call<C>,
  id: string,
): Promise<NeedOutcome> {
  const [row] = await getCases(tx, actor.streetId, [id])
  return { id, outcome: 'there', number: row?.number ?? null, parentNumber: null, why: null }
}

async function keepOne<C extends OperationContract>(
  call: Call<C>,
  gathering: Gathering,
  need: ReadNeed,
  position: number,
): Promise<NeedOutcome> {
  const { tx } = call
  const held = holdNotes(call)
  await beginRow(tx)
  try {
    const outcome = await writeNeed(held.call, gathering, need, position)
    await keepRow(tx)
    held.pass()
    return outcome
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await dropRow(tx)
    return refused(need.id, error.code as CaseRefusal)
  }
}

/** What a row would tell and schedule goes out only when the row is kept. */
function holdNotes<C extends OperationContract>(call: Call<C>): { call: Call<C>; pass(): void } {
  const waiting: (() => void)[] = []
  const { tx } = call
  return {
    call: {
      ...call,
      tx: {
        ...tx,
        callAtCommit: (name, argument) => waiting.push(() => tx.callAtCommit(name, argument)),
      },
      audit: (note: AuditNote) => waiting.push(() => call.audit(note)),
      event: (note: EventNote) => waiting.push(() => call.event(note)),
      job: (note: JobNote) => waiting.push(() => call.job(note)),
    },
    pass: () => {
      for (const tell of waiting) tell()
    },
  }
}

async function writeNeed<C extends OperationContract>(
  call: Call<C>,
  gathering: Gathering,
  need: ReadNeed,
  position: number,
): Promise<NeedOutcome> {
  const { tx, actor, at } = call
  const filed = await fileOne(
    { ...call, params: {}, query: {}, body: bodyOf(need) },
    { route: need.route, area: gathering.area },
  )
  const parent =
    need.joinCaseId === undefined ? undefined : await parentOf(call, filed.row, need.joinCaseId, filed.names)
  const settings = await actSettings(tx, actor.streetId, at)
  const joins = parent !== undefined && decideAct('merge', factsOf(filed.row), actor, at, settings).ok
  await insertNeed(tx, gathering.row, {
    caseId: filed.row.id,
    position,
    consent: need.consent,
    askedParentId: joins ? null : (parent?.id ?? null),
    by: actor.accountId,
    at,
  })
  // Rule: rights.md, merge is the desk's. What somebody in the grid finds to be the same waits for the desk.
  if (joins)
    await mergeCase.handle({
      ...call,
      params: { id: filed.row.id },
      body: { parentCaseId: parent.id },
      ifMatch: undefined,
    } as never)
  return {
    id: need.id,
    outcome: parent === undefined ? 'kept' : joins ? 'joined' : 'asked',
    number: filed.row.number,
    parentNumber: parent?.number ?? null,
    why: null,
  }
}

/** Filed as somebody else's word: whoever wrote it down never rates it, and without a contact nobody does. */
const bodyOf = (need: ReadNeed): BodyOf<typeof fileCase> => ({
  id: need.id,
  text: need.text,
  channel: 'meeting',
  onBehalfOf: need.contact,
  ...(need.kind ? { kind: need.kind } : {}),
  ...(need.matterCode ? { matterCode: need.matterCode } : {}),
  ...(need.addressText ? { addressText: need.addressText } : {}),
  ...(need.buildingCode ? { buildingCode: need.buildingCode } : {}),
  ...(need.place ? { place: need.place } : {}),
})

/** @throws Refusal when the case can not take this one in */
async function parentOf<C extends OperationContract>(
  { tx, actor }: Call<C>,
  child: CaseRow,
  parentId: string,
  { matters }: Names,
): Promise<CaseRow> {
  const parent = await findCase(tx, actor.streetId, parentId)
  const matterOf = (id: string | null) => (id === null ? null : (matters.byId.get(id) ?? null))
  const matter = matterOf(parent?.matter_id ?? null)
  const why = mergeRefusal(
    { id: child.id, matter: matterOf(child.matter_id) },
    parent && {
      id: parent.id,
      state: parent.state,
      matter: matter && { ...matter, isPublic: matter.is_public },
    },
  )
  if (why || !parent) throw new Refusal(why ?? 'cases/merge-target-wrong')
  return parent
}
