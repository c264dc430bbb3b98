/**
 * What a person has begun to say, kept on this phone until it was sent. It outlives leaving the page and closing the
 * browser; another person who signs in on the same phone does not see it.
 */
import { reactive, watch } from 'vue'
import type { BodyOf } from '../../../lib/contract.ts'
import { newId } from '../../../lib/ids.ts'
import type { fileCase } from '../contract.ts'
import { idsOf, keptPhoto, type PickedPhoto } from './photos.ts'

export type DraftChannel = 'resident-app' | 'field'

export type Where =
  | { by: 'here'; lng: number; lat: number; said: string; inside: boolean }
  | { by: 'building'; code: string; name: string; said: string }
  | { by: 'address'; text: string; said: string }
  | { by: 'nowhere' }

export interface Draft {
  /** The id that the case will have, and its Idempotency-Key: sending twice files one case. */
  id: string
  owner: string
  text: string
  matterCode: string
  where: Where | null
  photos: PickedPhoto[]
  /** For a grid worker who files what a resident told them. */
  behalfName: string
  behalfPhone: string
}

const blank = (owner: string): Draft => ({
  id: newId(Date.now()),
  owner,
  text: '',
  matterCode: '',
  where: null,
  photos: [],
  behalfName: '',
  behalfPhone: '',
})

const storeKey = (channel: DraftChannel) => `linli.draft.${channel}`
const drafts = new Map<DraftChannel, Draft>()

function readKept(channel: DraftChannel): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storeKey(channel)) ?? 'null')
    if (kept === null || typeof kept !== 'object') return blank('')
    const { photoIds, ...rest } = kept as Partial<Draft> & { photoIds?: unknown }
    const ids = Array.isArray(photoIds) ? photoIds.filter((id) => typeof id === 'string') : []
    return { ...blank(''), ...rest, photos: ids.map(keptPhoto) }
  } catch {
    return blank('') // storage may be forbidden or hold what is no draft
  }
}

function keep(channel: DraftChannel, { photos, ...rest }: Draft): void {
  try {
    if (isEmpty({ photos, ...rest })) localStorage.removeItem(storeKey(channel))
    else localStorage.setItem(storeKey(channel), JSON.stringify({ ...rest, photoIds: idsOf(photos) }))
  } catch {
    // the draft then lasts as long as the page
  }
}

/** The one draft of a channel. */
export function draftOf(channel: DraftChannel): Draft {
  const there = drafts.get(channel)
  if (there) return there
  const draft = reactive(readKept(channel))
  watch(draft, () => keep(channel, draft), { deep: true })
  drafts.set(channel, draft)
  return draft
}

export const isEmpty = (draft: Draft): boolean =>
  draft.text.trim() === '' && draft.matterCode === '' && draft.photos.length === 0

/** Empties the draft, after sending or for another person. */
export function startAnew(draft: Draft, owner = draft.owner): void {
  Object.assign(draft, blank(owner))
}

/** Makes the draft this person's; somebody else's is dropped. */
export function claimDraft(draft: Draft, accountId: string): void {
  if (draft.owner === accountId) return
  if (draft.owner === '') draft.owner = accountId
  else startAnew(draft, accountId)
}

/** What is sent. */
export function bodyOf(draft: Draft, channel: DraftChannel): BodyOf<typeof fileCase> {
  const { where } = draft
  const text = draft.text.trim()
  const behalf = {
    ...(draft.behalfName.trim() ? { name: draft.behalfName.trim() } : {}),
    ...(draft.behalfPhone.trim() ? { phone: draft.behalfPhone.trim() } : {}),
  }
  return {
    id: draft.id,
    channel,
    ...(text ? { text } : {}),
    ...(draft.matterCode ? { matterCode: draft.matterCode } : {}),
    ...(draft.photos.length > 0 ? { fileIds: idsOf(draft.photos) } : {}),
    ...(where?.by === 'here' ? { place: { lng: where.lng, lat: where.lat, datum: 'wgs84' as const } } : {}),
    ...(where?.by === 'building' ? { buildingCode: where.code, addressText: where.name } : {}),
    ...(where?.by === 'address' && where.text.trim() ? { addressText: where.text.trim() } : {}),
    ...(Object.keys(behalf).length > 0 ? { onBehalfOf: behalf } : {}),
  }
}
