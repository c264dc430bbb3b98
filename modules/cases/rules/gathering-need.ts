/** What has to be right about one row of a gathering before it becomes a case. */
import { normaliseMobile } from '../../../lib/codes.ts'
import type { NeedRow } from '../gathering-operations.ts'
import { type CaseRoute, caseRoutes } from '../gathering-words.ts'
import type { CaseRefusal } from '../refusals.ts'
import { type CaseKind, caseKinds } from '../words.ts'

export interface ReadNeed {
  id: string
  text: string
  addressText: string | undefined
  buildingCode: string | undefined
  place: NeedRow['place']
  kind: CaseKind | undefined
  matterCode: string | undefined
  route: CaseRoute | null
  /** Only with the speaker's consent. */
  contact: { name?: string; phone?: string }
  consent: boolean
  joinCaseId: string | undefined
}

export type NeedReading = { ok: true; need: ReadNeed } | { ok: false; why: CaseRefusal }

const longestText = 4000
const landline = /^0?\d{6,12}$/

/** An empty text field of a grid counts as not filled in. */
const filled = (text: string | undefined): string | undefined => text?.trim() || undefined

/**
 * Reads one row, or says the first thing that is wrong with it.
 * Rule: 个人信息保护法 art. 13 and 14: a name or a phone that was said at a meeting is kept only with consent.
 */
export function readNeed(row: NeedRow, matterCodes: ReadonlySet<string>): NeedReading {
  const text = filled(row.text)
  if (text === undefined) return { ok: false, why: 'cases/nothing-said' }
  if ([...text].length > longestText) return { ok: false, why: 'cases/need-too-long' }
  const kind = filled(row.kind)
  if (kind !== undefined && !caseKinds.some((one) => one === kind))
    return { ok: false, why: 'cases/kind-unknown' }
  const route = filled(row.route)
  if (route !== undefined && !caseRoutes.some((one) => one === route))
    return { ok: false, why: 'cases/route-unknown' }
  const matterCode = filled(row.matterCode)
  if (matterCode !== undefined && !matterCodes.has(matterCode))
    return { ok: false, why: 'cases/matter-unknown' }
  const name = filled(row.name)
  const phone = filled(row.phone)
  if ((name !== undefined || phone !== undefined) && row.consent !== true)
    return { ok: false, why: 'cases/consent-missing' }
  if (phone !== undefined && !isPhone(phone)) return { ok: false, why: 'cases/phone-wrong' }
  return {
    ok: true,
    need: {
      id: row.id,
      text,
      addressText: filled(row.addressText)?.slice(0, 200),
      buildingCode: filled(row.buildingCode),
      place: row.place,
      kind: kind as CaseKind | undefined,
      matterCode,
      route: (route as CaseRoute | undefined) ?? null,
      contact: { ...(name ? { name: name.slice(0, 40) } : {}), ...(phone ? { phone } : {}) },
      consent: row.consent === true && (name !== undefined || phone !== undefined),
      joinCaseId: row.joinCaseId,
    },
  }
}

const isPhone = (text: string): boolean =>
  normaliseMobile(text) !== undefined || landline.test(text.normalize('NFKC').replace(/[\s()-]/g, ''))
