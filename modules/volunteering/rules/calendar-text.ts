/** A shift as it stands in a calendar. */
export interface CalendarLine {
  readonly id: string
  readonly title: string
  readonly place: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly waiting: boolean
}

const stamp = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
const escaped = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r?\n/g, '\\n')
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
    `STATUS:${line.waiting ? 'TENTATIVE' : 'CONFIRMED'}`,
    'END:VEVENT',
  ])
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Linli//Volunteering//ZH',
    `X-WR-CALNAME:${escaped(name)}`,
  ]
  return `${[...all, ...events, 'END:VCALENDAR'].map(fold).join('\r\n')}\r\n`
}
