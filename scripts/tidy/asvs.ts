/** Whether the table of security requirements is whole, and what it names as shown is really there. */
import { asvsLevels } from './asvs-levels.ts'
import type { Finding } from './banned-concepts.ts'

export const asvsFile = 'docs/security/asvs.md'

const states = ['holds', 'partly', 'open', 'n/a']
const row = /^\| (\d+\.\d+\.\d+) \|(.*)\|$/
/** A file in backticks, perhaps followed by the title of a test in it. */
const shown = /`([^`]+)`(?: “([^”]+)”)?/g

/** Numbers of levels 1 and 2 with their level. */
export function asvsWanted(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(asvsLevels).flatMap(([section, levels]) =>
      [...levels].flatMap((level, index) =>
        level === '3' ? [] : [[`${section}.${index + 1}`, level] as const],
      ),
    ),
  )
}

/** `read` gives the text of a file of the repository, undefined when there is none. */
export function findAsvsFaults(text: string, read: (file: string) => string | undefined): Finding[] {
  const findings: Finding[] = []
  const wanted = new Map(asvsWanted())
  const counts = new Map<string, number>(states.map((state) => [state, 0]))
  text.split('\n').forEach((content, index) => {
    const matched = row.exec(content)
    if (!matched) return
    const [, number = '', rest = ''] = matched
    const say = (what: string) =>
      findings.push({ file: asvsFile, line: index + 1, what: `${number} ${what}` })
    const [level = '', asked = '', state = '', how = '', evidence = '', ...more] = rest
      .split('|')
      .map((cell) => cell.trim())
    if (more.length > 0) say('has more cells than the table')
    if (wanted.get(number) !== level) say('is no requirement of that level, or stands twice')
    wanted.delete(number)
    counts.set(state, (counts.get(state) ?? 0) + 1)
    if (!states.includes(state)) say(`is neither of ${states.join(', ')}`)
    if (asked === '') say('does not say what is asked')
    if (state !== 'holds' && how === '') say('does not say why')
    for (const fault of evidenceFaults(state, evidence, read)) say(fault)
  })
  for (const number of wanted.keys()) findings.push({ file: asvsFile, line: 0, what: `${number} is missing` })
  const told = states.map((state) => `${state} ${counts.get(state)}`).join(' · ')
  if (!text.includes(told))
    findings.push({ file: asvsFile, line: 0, what: `the sums of the table are: ${told}` })
  return findings
}

function evidenceFaults(
  state: string,
  evidence: string,
  read: (file: string) => string | undefined,
): string[] {
  const named = [...evidence.matchAll(shown)]
  if (named.length === 0) return state === 'holds' || state === 'partly' ? ['is shown by nothing'] : []
  return named.flatMap(([, file = '', title]) => {
    const text = read(file)
    if (text === undefined) return [`names ${file}, which is not there`]
    if (file.endsWith('.test.ts') && title === undefined) return [`names no test of ${file}`]
    if (title !== undefined && !text.includes(title))
      return [`names a test that ${file} does not hold: ${title}`]
    return []
  })
}
