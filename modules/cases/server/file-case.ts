import { normaliseMobile } from '../../../lib/codes.ts'
import { toWgs84 } from '../../../lib/datum.ts'
import { bigrams } from '../../../lib/text.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findResidentByPhone, residentContact } from '../../accounts/server/index.ts'
import { type IndexedArea, type Located, locatePlace } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { soundsUrgent } from '../emergency-words.ts'
import type { CaseRoute } from '../gathering-words.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { startingDesk } from '../rules/starting-desk.ts'
import { callOutIfUrgent } from './call-out-if-urgent.ts'
import { takeCaseNumber } from './case-number.ts'
import type { CaseRow } from './case-row.ts'
import { type CaseParts, insertCase, type NewReporter, partsOf } from './case-store.ts'
import { extraOf } from './extra-of.ts'
import { firstWords } from './first-words.ts'
import { freshCase } from './fresh-case.ts'
import { joinCase } from './join-case.ts'
import type { MatterRow } from './matter-store.ts'
import { type Names, namesOf } from './names.ts'
import { audienceOf, refuseForeignFiles, viewOf, withinScope } from './perform-act.ts'
import { dispatchIfAllowed } from './suggest-dispatch.ts'
import { tellOfAct } from './tell-people.ts'

type FileCall = Call<typeof contract.fileCase>

/**
 * 登记: a word becomes a case at the community desk of its place; without a place, or when only departments can
 * settle its matter, at the street desk (rights.md). Nothing is refused for want of a place or a category.
 */
export const fileCase = operation(contract.fileCase, async (call) => viewOfNew(call, await fileOne(call)))

/** Rule: issue 5 item 3: what sounds like 110, 119, 120 or 122 and is happening now is a P0 for the desk. */
const isNow = ({ happeningNow, title, text }: FileCall['body']): boolean =>
  happeningNow === true && soundsUrgent(`${title ?? ''} ${text ?? ''}`).length > 0

/** What whoever files for a gathering knows besides. */
export interface FiledAt {
  route: CaseRoute | null
  /** Where the case lies when its place is not found. */
  area: IndexedArea
}

/** A case that was just written. */
export interface Filed {
  row: CaseRow
  reporter: NewReporter | null
  names: Names
}

/** Files one case; the same for a single word and for a row of a gathering, so that every rule holds for both. */
export async function fileOne(call: FileCall, filedAt?: FiledAt): Promise<Filed> {
  const { tx, actor, body } = call
  const { streetId } = actor
  refuseEmpty(call)
  const names = await namesOf(tx, streetId)
  const matter = matterOf(body.matterCode, names)
  const place = await locatePlace(tx, streetId, call.at, {
    place: body.place,
    address: body.addressText,
    buildingCode: body.buildingCode,
  })
  await refuseForeignFiles(call, body.fileIds ?? [])
  const phone = normaliseMobile(body.onBehalfOf?.phone ?? '')
  const onBehalf = body.onBehalfOf !== undefined
  const linked = phone ? await findResidentByPhone(tx, call.services.keys, phone) : undefined
  const row = newRow(call, {
    names,
    matter,
    place,
    filedAt,
    number: await call.takeNumber((pool) => takeCaseNumber(pool, actor, call.at)),
    reporterId: linked ?? (onBehalf ? null : actor.accountId),
  })
  const reporter = await newReporter(call, row.id)
  await insertCase(tx, row, {
    entry: {
      id: call.newId(),
      at: call.at,
      act: 'file',
      actor_id: actor.accountId,
      post_id: postOfFiler(call, row.area),
      from_state: null,
      to_state: 'pending',
      words: null,
      detail: { channel: body.channel, onBehalf, ...(isNow(body) ? { happeningNow: true } : {}) },
      file_ids: [...(body.fileIds ?? [])],
      internal: false,
    },
    reporter,
    terms: bigrams(`${row.number} ${row.title} ${row.text} ${row.place_text ?? ''}`),
    fileIds: body.fileIds ?? [],
  })
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    detail: { act: 'file', channel: body.channel, onBehalf },
  })
  call.event({ type: 'case.file', subjectId: row.id, audience: audienceOf(row) })
  await tellOfAct(call, names.people, { act: 'file', before: row, after: row })
  callOutIfUrgent(call, null, row)
  if (body.joinCaseId !== undefined)
    return { row: await joinCase(call, row, body.joinCaseId, names), reporter, names }
  await dispatchIfAllowed(call, row)
  return { row, reporter, names }
}

const viewOfNew = async (call: FileCall, { row, reporter, names }: Filed) =>
  viewOf(call, row, await partsOfNew(call, row, reporter), names)

/** What hangs on the new case, without reading it back; files are looked up, for they carry more than their id. */
async function partsOfNew(call: FileCall, row: CaseRow, reporter: NewReporter | null): Promise<CaseParts> {
  if ((call.body.fileIds?.length ?? 0) > 0) return partsOf(call.tx, row.id)
  // The same that reporter_of_case says: a confidential reporter shows to whoever has the place, and to themselves.
  const shown =
    row.reporter_id === call.actor.accountId ||
    (withinScope(row, call.actor) && (!row.confidential || coversPlace(call, row)))
  return {
    reporter:
      reporter !== null && shown
        ? { ...reporter, street_id: row.street_id, case_id: row.id, erased_at: null }
        : undefined,
    files: [],
  }
}

const coversPlace = ({ actor }: FileCall, { area }: CaseRow): boolean =>
  actor.scope.areas.some((own) => liesUnder(area, own))

/** Rule: rights.md, file needs text, or matter + photo. */
function refuseEmpty({ actor, body }: FileCall): void {
  const said = (body.text ?? '').trim() !== ''
  const shown = body.matterCode !== undefined && (body.fileIds?.length ?? 0) > 0
  if (!said && !shown) throw new Refusal('cases/nothing-said')
  if (body.onBehalfOf && actor.kind !== 'staff') throw new Refusal('cases/on-behalf-needs-staff')
}

function matterOf(code: string | undefined, names: Names): MatterRow | undefined {
  if (code === undefined) return undefined
  const matter = names.matters.byCode.get(code)
  if (!matter) throw new Refusal('cases/matter-unknown')
  return matter
}

/** The narrowest of the filer's posts that covers the place, or any of their posts. */
function postOfFiler({ actor }: FileCall, area: string): string | null {
  const covering = actor.posts
    .filter((post) => post.areaPath !== null && `${area}.`.startsWith(`${post.areaPath}.`))
    .sort((a, b) => (b.areaPath ?? '').length - (a.areaPath ?? '').length)
  return (covering[0] ?? actor.posts[0])?.id ?? null
}

interface Filing {
  names: Names
  matter: MatterRow | undefined
  place: Located
  filedAt: FiledAt | undefined
  number: string
  reporterId: string | null
}

function newRow(call: FileCall, filing: Filing): CaseRow {
  const { actor, at, body } = call
  const { names, matter, place, filedAt } = filing
  const found = place.leaf && names.areas.byId.get(place.leaf.id)
  const area = found ?? filedAt?.area ?? names.areas.root
  const point = body.place && toWgs84(body.place.lng, body.place.lat, body.place.datum)
  const text = body.text?.trim() || (matter?.resident_words ?? matter?.name ?? '')
  return {
    street_id: actor.streetId,
    id: body.id ?? call.newId(),
    number: filing.number,
    kind: body.kind ?? null,
    matter_id: matter?.id ?? null,
    title: body.title?.trim() || firstWords(text),
    text,
    channel: body.channel,
    state: 'pending',
    urgency: isNow(body) ? 'P0' : (matter?.urgency ?? 'P2'),
    desk: startingDesk({ hasPlace: area !== names.areas.root, matterLevel: matter?.level ?? null }),
    area_id: area.id,
    area: area.path,
    lng: point?.lng ?? null,
    lat: point?.lat ?? null,
    source_datum: body.place?.datum ?? null,
    place_text: body.addressText?.trim() || place.building?.name || null,
    building_id: place.building?.id ?? null,
    reporter_id: filing.reporterId,
    filed_by: actor.accountId,
    on_behalf: body.onBehalfOf !== undefined,
    confidential: body.confidential ?? false,
    created_at: at,
    ...freshCase,
    route: filedAt?.route ?? null,
    extra: body.extra ? extraOf(matter, body.extra, 'as-said') : {},
  }
}

/** Who said it, sealed for this case. A resident's own contact comes from their account. */
async function newReporter(call: FileCall, caseId: string): Promise<NewReporter | null> {
  const { actor, body, services } = call
  const { keys } = services
  const given: Contact | undefined =
    actor.kind === 'resident' ? await residentContact(call.tx, keys, actor.accountId) : body.onBehalfOf
  if (!given) return null
  const seal = (field: string, value: string | undefined) =>
    value?.trim() ? keys.seal(`case_reporters.${field}.${caseId}`, value.trim()) : null
  const phone = normaliseMobile(given.phone ?? '') ?? given.phone?.trim()
  return {
    confidential: body.confidential ?? false,
    name_encrypted: seal('name', given.name),
    phone_encrypted: seal('phone', phone),
    address_encrypted: seal('address', given.address),
    phone_index: phone ? keys.blindIndex('phone', phone) : null,
    phone_tail_index: phone ? keys.blindIndex('phone-tail', phone.slice(-4)) : null,
  }
}

interface Contact {
  name?: string | undefined
  phone?: string | undefined
  address?: string | undefined
}
