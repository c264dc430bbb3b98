/** A shift as it stands in a calendar. */
export interface CalendarLine {
  readonly id: string
  readonly title: string
  readonly place: string
  readonly startsAt: Date
  readonly endsAt: Date
  /** `open`: they wait for a place, or have not answered yet. */
  readonly state: 'sure' | 'open' | 'cancelled'
}

const stamp = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
/** TEXT of RFC 5545, 3.3.11. Control characters have no place in it. */
const escaped = (text: string) =>
  text
    .toWellFormed()
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replaceAll(/(?!\t)\p{Cc}/gu, '')
    .replaceAll(/[,;]/g, (mark) => `\\${mark}`)

/** Lines of 75 octets at most, continued after a space; a character is never cut. */
function fold(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = new TextEncoder().encode(character).length
    if (octets + size > 74) {
      parts.push(part)
      part = ''
      octets = 0
    }
    part += character
    octets += size
  }
  return [...parts, part].join('\r\n ')
}

const statuses = { sure: 'CONFIRMED', open: 'TENTATIVE', cancelled: 'CANCELLED' } as const

/** The feed of one volunteer. Rule: RFC 5545. */
export function calendarText(name: string, lines: readonly CalendarLine[], at: Date): string {
  const events = lines.flatMap((line) => [
    'BEGIN:VEVENT',
    `UID:${line.id}@linli`,
    `DTSTAMP:${stamp(at)}`,
    `DTSTART:${stamp(line.startsAt)}`,
    `DTEND:${stamp(line.endsAt)}`,
    `SUMMARY:${escaped(line.title)}`,
    `LOCATION:${escaped(line.place)}`,
    `STATUS:${statuses[line.state]}`,
    'END:VEVENT',
  ])
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Linli//Volunteering//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    // Times stand in UTC, which every calendar shows in its own zone; this tells in which they were meant.
    'X-WR-TIMEZONE:Asia/Shanghai',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    `X-WR-CALNAME:${escaped(name)}`,
  ]
  return `${[...all, ...events, 'END:VCALENDAR'].map(fold).join('\r\n')}\r\n`
}
