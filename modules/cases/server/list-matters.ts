import { normaliseText } from '../../../lib/text.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { type ClockTable, clockWords, defaultClockRule } from '../rules/clock-defaults.ts'
import { catalogueOf, type MatterRow } from './matter-store.ts'
import { clockTable } from './street-clocks.ts'

/** The catalogue in force. Residents get what has plain words and never a name of the street-space standard. */
export const listMatters = operation(contract.listMatters, async ({ tx, actor, at, query }) => {
  const { inOrder } = await catalogueOf(tx, actor.streetId)
  const words = normaliseText(query.q ?? '')
  const shown = inOrder.filter(
    (matter) => actor.kind === 'staff' || (matter.local_extension && matter.resident_words),
  )
  const found = words === '' ? shown : shown.filter((matter) => haystack(matter).includes(words))
  const table = await clockTable(tx, actor.streetId, at)
  return { items: found.map((matter) => matterView(matter, table)), nextCursor: null }
})

const haystack = (matter: MatterRow): string =>
  normaliseText(
    [
      matter.code,
      matter.name,
      matter.name_en,
      matter.resident_words ?? '',
      matter.class_name,
      ...matter.keywords,
    ].join(' '),
  )

export function matterView(matter: MatterRow, table: ClockTable): contract.MatterView {
  return {
    id: matter.id,
    code: matter.code,
    standard: matter.standard,
    classCode: matter.class_code,
    className: matter.class_name,
    classNameEn: matter.class_name_en,
    name: matter.name,
    nameEn: matter.name_en,
    residentWords: matter.resident_words,
    level: matter.level,
    kind: matter.kind,
    urgency: matter.urgency,
    clock: clockOf(matter, table),
    isPublic: matter.is_public,
    sensitive: matter.sensitive,
    onSiteCheck: matter.on_site_check,
    localExtension: matter.local_extension,
    extraFields: matter.extra_fields,
  }
}

/** The matter's own deadlines in words, else those of its kind and urgency. */
function clockOf({ kind, urgency, clock }: MatterRow, table: ClockTable): contract.MatterView['clock'] {
  return clock ? clockWords(kind, urgency, clock) : defaultClockRule(kind, urgency, table).words
}
