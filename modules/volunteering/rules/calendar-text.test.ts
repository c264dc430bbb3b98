import { expect, test } from 'vitest'
import { calendarText } from './calendar-text.ts'

const at = new Date('2026-09-14T01:00:00Z')
const line = {
  id: 'shift-1',
  title: '敬老，理发; 第1场',
  place: '天桥社区活动室, 二楼\n左手',
  startsAt: new Date('2026-09-20T01:30:00Z'),
  endsAt: new Date('2026-09-20T03:30:00Z'),
  waiting: false,
}

test('a feed is a calendar of RFC 5545: times in UTC, marks escaped, lines ended by CR LF', () => {
  const text = calendarText('志愿服务', [line], at)
  expect(text).toContain('DTSTART:20260920T013000Z\r\nDTEND:20260920T033000Z\r\n')
  expect(text).toContain('SUMMARY:敬老，理发\\; 第1场\r\n')
  expect(text).toContain('LOCATION:天桥社区活动室\\, 二楼\\n左手\r\n')
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
})

test('no line is longer than 75 octets, and no character is cut', () => {
  const title = '很长的活动名称'.repeat(20)
  const text = calendarText('志愿服务', [{ ...line, title }], at)
  for (const each of text.split('\r\n')) expect(new TextEncoder().encode(each).length).toBeLessThanOrEqual(75)
  expect(text.replaceAll('\r\n ', '')).toContain(title)
})

test('who waits for a place sees it as not yet certain', () => {
  expect(calendarText('x', [{ ...line, waiting: true }], at)).toContain('STATUS:TENTATIVE')
})
