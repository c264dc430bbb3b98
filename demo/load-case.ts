/**
 * One demo case as the rows that its acts would have written: the projections of the case, an entry an act, the sealed
 * reporter and the terms that search finds it by. Pure, so that a test replays it against the rules.
 */
import { bigrams } from '../lib/text.ts'
import { startingDesk } from '../modules/cases/rules/starting-desk.ts'
import { type CaseRow, freshCase, type NewEntry, type WholeCase } from '../modules/cases/server/index.ts'
import { systemAccountId } from '../platform/actor.ts'
import type { Keys } from '../platform/keys.ts'
import { applyAct } from './load-act.ts'
import { wanted } from './load-place.ts'
import { type LoadWorld, partyOf } from './load-world.ts'
import type { DemoAct, DemoCase } from './types.ts'

/** The case as it was filed, before anybody acted on it. */
export function filedRow(world: LoadWorld, each: DemoCase): CaseRow {
  const area = each.microGridCode === null ? world.root : wanted(world.areas.get(each.microGridCode), 'area')
  const matter = wanted(world.matters.get(each.matterKey), each.matterKey)
  const [file] = each.history
  const filer = partyOf(world, wanted(file, 'first act').by)
  const reporter = partyOf(world, each.reporter)
  return {
    ...freshCase,
    street_id: world.streetId,
    id: wanted(world.caseIds.get(each.key), each.key),
    number: wanted(world.numbers.get(each.key), each.key),
    kind: each.kind,
    matter_id: matter.id,
    title: each.title,
    text: each.text,
    channel: each.channel,
    state: 'pending',
    urgency: each.urgency,
    desk: startingDesk({ hasPlace: area !== world.root, matterLevel: matter.level }),
    area_id: area.id,
    area: area.path,
    lng: each.place?.[0] ?? null,
    lat: each.place?.[1] ?? null,
    source_datum: each.place === null ? null : 'wgs84',
    place_text: each.addressText,
    building_id:
      each.buildingCode === null ? null : wanted(world.buildings.get(each.buildingCode), 'building'),
    reporter_id: reporter.accountId,
    filed_by: filer.accountId,
    on_behalf: filer.accountId !== reporter.accountId,
    confidential: each.confidential,
    created_at: new Date(each.createdAt),
  }
}

/** The whole case; `keys` seal who reported it. */
export function wholeCase(world: LoadWorld, keys: Keys, each: DemoCase): WholeCase {
  const row = filedRow(world, each)
  const entries: NewEntry[] = []
  let lastMs = 0
  for (const [index, act] of each.history.entries()) {
    const detail =
      act.act === 'file' ? { channel: each.channel, onBehalf: row.on_behalf } : applyAct(world, row, act)
    // Two acts of one second stay in their order, for entries are read by time and id.
    lastMs = Math.max(lastMs + 1, Date.parse(act.at))
    entries.push(entryOf(world, act, world.idOf(`${each.key}#${index}`, lastMs), detail))
  }
  const told = answerOfParent(world, each, row)
  if (told) entries.push(told)
  row.version = entries.length
  return {
    row,
    entries,
    reporter: reporterOf(world, keys, each, row),
    terms: bigrams(`${row.number} ${row.title} ${row.text} ${row.place_text ?? ''}`),
  }
}

/** What a resident does not read: what is between desk and holder. A long-term list is the resident's business. */
const internalActs = new Set([
  'return',
  'extend',
  'suspend',
  'hand-on',
  'refuse',
  'remind',
  'supervise',
  'answer',
])

function isInternal(act: DemoAct): boolean {
  if (act.act === 'approve') return act.data.of !== 'close'
  return internalActs.has(act.act) || (act.act === 'close' && act.fromState === act.toState)
}

function entryOf(world: LoadWorld, act: DemoAct, id: string, detail: NewEntry['detail']): NewEntry {
  const { accountId, post } = partyOf(world, act.by)
  return {
    id,
    at: new Date(act.at),
    act: act.act,
    actor_id: accountId,
    post_id: post?.id ?? null,
    from_state: act.fromState,
    to_state: act.fromState === act.toState ? null : act.toState,
    words: act.act === 'file' ? null : act.words,
    detail,
    file_ids: [],
    internal: isInternal(act),
  }
}

/** What is found out about a parent is told to every case merged into it. */
function answerOfParent(world: LoadWorld, each: DemoCase, row: CaseRow): NewEntry | undefined {
  const parent = each.now.parentCase === null ? undefined : world.cases.get(each.now.parentCase)
  const merged = each.history.at(-1)
  if (!parent?.now.answer || !parent.now.answeredAt || !merged || parent.now.answeredAt <= merged.at)
    return undefined
  const at = new Date(parent.now.answeredAt)
  Object.assign(row, { answer: parent.now.answer, answered_at: at, responded_at: row.responded_at ?? at })
  return {
    id: world.idOf(`${each.key}#parent`, at.getTime()),
    at,
    act: 'answer',
    actor_id: systemAccountId,
    post_id: null,
    from_state: 'merged',
    to_state: null,
    words: parent.now.answer,
    detail: { parent: world.numbers.get(parent.key) ?? null },
    file_ids: [],
    internal: false,
  }
}

/** A resident's own contact; a finding of staff has none. */
function reporterOf(world: LoadWorld, keys: Keys, each: DemoCase, row: CaseRow): WholeCase['reporter'] {
  if (!('resident' in each.reporter)) return null
  const resident = wanted(world.residents.get(each.reporter.resident), 'resident')
  return { ...sealedReporter(keys, row.id, resident), confidential: each.confidential }
}

/** Who reported a case, sealed for it. */
export function sealedReporter(
  keys: Keys,
  caseId: string,
  { name, phone, address }: { readonly name: string; readonly phone: string; readonly address: string },
): NonNullable<WholeCase['reporter']> {
  const seal = (field: string, value: string) => keys.seal(`case_reporters.${field}.${caseId}`, value)
  return {
    confidential: false,
    name_encrypted: seal('name', name),
    phone_encrypted: seal('phone', phone),
    address_encrypted: seal('address', address),
    phone_index: keys.blindIndex('phone', phone),
    phone_tail_index: keys.blindIndex('phone-tail', phone.slice(-4)),
  }
}
