/** Read back by a parser that is not ours: what a phone's calendar makes of the feed is what was put into it. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { type CalendarLine, calendarText } from './calendar-text.ts'

const at = new Date('2026-09-14T01:00:00Z')
const line: CalendarLine = {
  id: 'shift-1',
  title: '敬老，理发; 第1场',
  place: '天桥社区活动室, 二楼\n左手',
  startsAt: new Date('2026-09-20T01:30:00Z'),
  endsAt: new Date('2026-09-20T03:30:00Z'),
  state: 'sure',
}
const eventsOf = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  return calendar.getAllSubcomponents('vevent').map((one) => ({
    event: new ICAL.Event(one),
    status: String(one.getFirstPropertyValue('status')),
  }))
}

test('a calendar reads title, place, times and state as they were put in, at half past nine of the street’s own clock', () => {
  const [one] = eventsOf(calendarText('志愿服务', [line], at))
  expect(one?.event).toMatchObject({ uid: 'shift-1@linli', summary: line.title, location: line.place })
  expect(one?.status).toBe('CONFIRMED')
  const starts = one?.event.startDate.toJSDate()
  expect(starts).toEqual(line.startsAt)
  expect(one?.event.endDate.toJSDate()).toEqual(line.endsAt)
  expect(starts?.toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })).toBe('09:30:00')
})

test('a feed names its version, method and zone, and says when to look again', () => {
  const calendar = new ICAL.Component(ICAL.parse(calendarText('志愿服务', [], at)) as unknown[])
  const value = (name: string) => String(calendar.getFirstPropertyValue(name))
  expect(
    ['version', 'method', 'calscale', 'x-wr-calname', 'x-wr-timezone', 'refresh-interval'].map(value),
  ).toEqual(['2.0', 'PUBLISH', 'GREGORIAN', '志愿服务', 'Asia/Shanghai', 'PT1H'])
})

test('whatever words a title has, no line is longer than 75 octets, no character is cut and every word comes back', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
  const marks = fc.array(fc.constantFrom('\\', ',', ';', ':', '"', '\n', '\r\n', '敬老', '𠮷', 'n', ' '), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(
      fc.oneof(
        word,
        marks.map((parts) => `x${parts.join('')}x`),
      ),
      (title) => {
        const text = calendarText('x', [{ ...line, title }], at)
        for (const each of text.split('\r\n'))
          expect(new TextEncoder().encode(each).length).toBeLessThanOrEqual(75)
        expect(text.isWellFormed()).toBe(true)
        const plain = title.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\n').replaceAll(/(?![\t\n])\p{Cc}/gu, '')
        expect(eventsOf(text)[0]?.event.summary).toBe(plain)
      },
    ),
    { numRuns: 60 },
  )
})

test('who waits for a place sees it as not yet certain, and what was called off as cancelled', () => {
  const text = calendarText(
    'x',
    [
      { ...line, state: 'open' },
      { ...line, state: 'cancelled' },
    ],
    at,
  )
  expect(eventsOf(text).map(({ status }) => status)).toEqual(['TENTATIVE', 'CANCELLED'])
})
