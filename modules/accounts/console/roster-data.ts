/** What the roster's screens read, and how they say days, hours and kinds. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, onMounted } from 'vue'
import { addDays, formatDay, weekdayOf } from '../../../lib/time.ts'
import { call, subscribe } from '../../../platform/client/index.ts'
import { type Bilingual, language, say } from '../../../ui/language.ts'
import {
  getDutyNow,
  getMyDuty,
  getRoster,
  listDesks,
  type ShiftKindView,
  type ShiftView,
} from '../contract.ts'
import { weekdayNames } from '../roster-words.ts'
import { words } from './roster-screen-words.ts'

export const useDesks = () =>
  useQuery({ queryKey: ['roster', 'desks'], queryFn: async () => (await call(listDesks)).items })

export const useRoster = (deskId: () => string | undefined, month: () => string) =>
  useQuery({
    queryKey: computed(() => ['roster', 'sheet', deskId(), month()]),
    queryFn: () => call(getRoster, { params: { id: deskId() ?? '' }, query: { month: month() } }),
    enabled: computed(() => deskId() !== undefined),
  })

export const useDutyNow = () =>
  useQuery({ queryKey: ['roster', 'now'], queryFn: () => call(getDutyNow), refetchInterval: 300_000 })

export const useMyDuty = () =>
  useQuery({ queryKey: ['roster', 'mine'], queryFn: () => call(getMyDuty), refetchInterval: 300_000 })

/** Reads the roster anew when somebody changed it. */
export function useLiveRoster(): void {
  const client = useQueryClient()
  let stop: (() => void) | undefined
  onMounted(() => {
    stop = subscribe((event) => {
      if (event.type === 'refresh' || event.type.startsWith('roster.'))
        void client.invalidateQueries({ queryKey: ['roster'] })
    })
  })
  onBeforeUnmount(() => stop?.())
}

/** 9月15日 周二. */
export function dayWords(day: string): string {
  const short = formatDay(day, language.value).replace(/^\d{4}年| \d{4}$/g, '')
  const weekday = weekdayNames[weekdayOf(day)]
  return weekday ? `${short} ${say(weekday)}` : short
}

export const clockOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16)

export const minuteWords = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** 17:30–次日 08:30. */
export function hoursOf({ startMinute, lengthMinutes }: ShiftKindView): string {
  const end = startMinute + lengthMinutes
  const until = end === 1440 ? '24:00' : minuteWords(end)
  if (end <= 1440) return `${minuteWords(startMinute)}–${until}`
  return `${minuteWords(startMinute)}–${say(words.nextDay, { time: until })}`
}

export function kindName(kinds: readonly ShiftKindView[], code: string): string {
  const kind = kinds.find((one) => one.code === code)
  return kind ? (language.value === 'zh' ? kind.name : kind.nameEn) : code
}

export const shiftWords = (kinds: readonly ShiftKindView[], shift: Pick<ShiftView, 'day' | 'kind'>): string =>
  say(words.shiftOf, { day: dayWords(shift.day), kind: kindName(kinds, shift.kind) })

export const monthOfToday = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)

export const monthBeside = (month: string, by: 1 | -1): string =>
  by === 1 ? addDays(`${month}-01`, 31).slice(0, 7) : addDays(`${month}-01`, -1).slice(0, 7)

export const monthWords = (month: string): Bilingual => {
  const [year = '', number = ''] = month.split('-')
  return { zh: `${year}年${Number(number)}月`, en: `${number}/${year}` }
}
