/** 值班表: a desk's month as a list that goes out into the street's own template. */
import { Type } from 'typebox'
import { Id } from '../../../lib/contract.ts'
import type { Language } from '../../../lib/language.ts'
import { isDay, weekdayOf } from '../../../lib/time.ts'
import { type ListKind, staffRoles } from '../../../platform/sheets/list-kind.ts'
import type { ShiftView } from '../roster-views.ts'
import { rosterWords, weekdayNames } from '../roster-words.ts'
import type { ShiftKind } from '../rules/roster-shifts.ts'
import { monthOf } from './get-roster.ts'
import { desksOfStreet, findDesk, shiftKinds, shiftsOfDays } from './roster-store.ts'
import { shiftViews } from './roster-view.ts'

/** One shift in the words of the sheet, in the order of its columns. */
export function shiftCells(
  shift: ShiftView,
  kinds: readonly ShiftKind[],
  language: Language,
): Record<keyof typeof rosterWords, string> {
  const kind = kinds.find(({ code }) => code === shift.kind)
  return {
    day: shift.day,
    weekday: isDay(shift.day) ? (weekdayNames[weekdayOf(shift.day)]?.[language] ?? '') : '',
    kind: (language === 'zh' ? kind?.name : kind?.nameEn) ?? shift.kind,
    head: shift.head.displayName,
    members: shift.members.map(({ displayName }) => displayName).join('、'),
  }
}

/** Without a desk the street's own, without a month the running one. */
export const rosterList: ListKind = {
  list: 'roster',
  words: { zh: '值班表', en: 'Duty roster' },
  who: staffRoles,
  fields: Object.entries(rosterWords).map(([key, words]) => ({ key, words })),
  filters: Type.Object(
    {
      desk: Type.Optional(Id),
      month: Type.Optional(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })),
    },
    { additionalProperties: false },
  ),
  async *rows({ tx, actor, at, services }, filters, language) {
    const { streetId } = actor
    const asked = filters as { desk?: string; month?: string }
    const desk =
      asked.desk === undefined
        ? (await desksOfStreet(tx, streetId)).find(({ isStreet }) => isStreet)
        : await findDesk(tx, streetId, asked.desk)
    if (desk === undefined) return
    const { days } = monthOf(asked.month, at)
    const kinds = await shiftKinds(tx, streetId)
    const shifts = await shiftsOfDays(tx, streetId, desk.id, days[0] ?? '', days.at(-1) ?? '')
    for (const shift of await shiftViews(tx, services.keys, shifts)) yield shiftCells(shift, kinds, language)
  },
}
