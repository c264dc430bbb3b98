import type { OperationContract } from '../../../lib/contract.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { gatheringPost } from '../rules/gathering-post.ts'
import { keepNeeds } from './gathering-needs.ts'
import {
  changeGathering,
  findGathering,
  type GatheringRow,
  insertGathering,
  lockGathering,
} from './gathering-store.ts'
import { gatheringView, readNeeds } from './gathering-view.ts'
import { type Names, namesOf } from './names.ts'

/** A list for tonight's meeting may be opened the day before; more is a slip of the pen. */
const aheadMs = 24 * 3_600_000

/**
 * 走访与会议: one gathering and what was said there. Sent again with the same ids, under the same key or another, it
 * adds nothing twice.
 */
export const recordGathering = operation(contract.recordGathering, async (call) => {
  const { tx, actor, at, body } = call
  const names = await namesOf(tx, actor.streetId)
  const area = names.areas.byId.get(body.areaId)
  const post = area && gatheringPost(actor.posts, area.path)
  if (!area || !post) throw new Refusal('cases/gathering-not-yours')
  checkDetails(call, names, body)
  const row: GatheringRow = {
    street_id: actor.streetId,
    id: body.id ?? call.newId(),
    kind: body.kind,
    area_id: area.id,
    area: area.path,
    held_at: new Date(body.heldAt),
    place_text: body.placeText?.trim() || null,
    held_by: [...new Set(body.heldBy ?? [post.id])],
    attendees: body.attendees ?? null,
    note: body.note?.trim() || null,
    created_by: actor.accountId,
    created_post: post.id,
    created_at: at,
    version: 1,
  }
  const isNew = await insertGathering(tx, row)
  const kept = isNew ? row : await sentBefore(call, row)
  const outcomes = await keepNeeds(call, { row: kept, area, names }, body.needs)
  noteNeeds(call, kept, post.id, outcomes)
  return { gathering: await viewOfGathering(call, kept, names), needs: outcomes }
})

/** The same gathering under another key; somebody else's, or another one, keeps its id. */
async function sentBefore<C extends OperationContract>(
  call: Call<C>,
  row: GatheringRow,
): Promise<GatheringRow> {
  const there = await lockGathering(call.tx, row.street_id, row.id)
  const same =
    there !== undefined &&
    there.created_by === row.created_by &&
    there.kind === row.kind &&
    there.area_id === row.area_id
  if (!same) throw new Refusal('cases/gathering-taken')
  return there
}

/** 添加诉求: to a gathering that is going on or was recorded before. */
export const addNeeds = operation(contract.addNeeds, async (call) => {
  const { tx, actor, params, body } = call
  const names = await namesOf(tx, actor.streetId)
  const row = await lockGathering(tx, actor.streetId, params.id)
  const area = row && names.areas.byId.get(row.area_id)
  if (!row || !area) throw new Refusal('cases/gathering-unknown')
  const post = gatheringPost(actor.posts, row.area)
  if (!post) throw new Refusal('cases/gathering-not-yours')
  const outcomes = await keepNeeds(call, { row, area, names }, body.needs)
  noteNeeds(call, row, post.id, outcomes)
  return { gathering: await viewOfGathering(call, row, names), needs: outcomes }
})

/** Corrects the frame; what people said stands in their cases and is not touched. */
export const correctGathering = operation(contract.correctGathering, async (call) => {
  const { tx, actor, params, body } = call
  const names = await namesOf(tx, actor.streetId)
  const row = await lockGathering(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/gathering-unknown')
  if (call.ifMatch !== undefined && call.ifMatch !== row.version) throw new Refusal('cases/stale-version')
  const post = gatheringPost(actor.posts, row.area)
  if (!post) throw new Refusal('cases/gathering-not-yours')
  checkDetails(call, names, body)
  const changed = await changeGathering(tx, row, {
    held_at: body.heldAt === undefined ? row.held_at : new Date(body.heldAt),
    place_text: body.placeText === undefined ? row.place_text : body.placeText.trim() || null,
    held_by: body.heldBy === undefined ? row.held_by : [...new Set(body.heldBy)],
    attendees: body.attendees ?? row.attendees,
    note: body.note === undefined ? row.note : body.note.trim() || null,
  })
  call.audit({
    subjectType: 'gathering',
    subjectId: row.id,
    postId: post.id,
    detail: { changed: Object.keys(body) },
  })
  return viewOfGathering(call, changed, names)
})

function checkDetails<C extends OperationContract>(
  { at }: Call<C>,
  names: Names,
  { heldAt, heldBy }: { heldAt?: string; heldBy?: string[] },
): void {
  if (heldAt !== undefined && new Date(heldAt).getTime() > at.getTime() + aheadMs)
    throw new Refusal('cases/date-in-future')
  if (heldBy?.some((id) => !names.people.posts.has(id))) throw new Refusal('cases/post-unknown')
}

/** Counts and codes only: what was said stands with its cases. */
function noteNeeds<C extends OperationContract>(
  call: Call<C>,
  row: GatheringRow,
  postId: string,
  outcomes: readonly contract.NeedOutcome[],
): void {
  const count = (outcome: contract.NeedOutcome['outcome']) =>
    outcomes.filter((one) => one.outcome === outcome).length
  call.audit({
    subjectType: 'gathering',
    subjectId: row.id,
    postId,
    detail: {
      kind: row.kind,
      kept: count('kept') + count('asked'),
      joined: count('joined'),
      refused: count('refused'),
    },
  })
}

async function viewOfGathering<C extends OperationContract>(call: Call<C>, row: GatheringRow, names: Names) {
  const { tx, actor } = call
  const now = (await findGathering(tx, actor.streetId, row.id)) ?? row
  return gatheringView(now, await readNeeds(tx, actor.streetId, [row.id]), names, actor)
}
