/** The transition table as the README shows it. A test holds the two together. */
import type { CaseState } from '../words.ts'
import type { Transition } from './transition.ts'
import { transitions } from './transitions.ts'

export const tableStart = '<!-- transitions: written by rules/transitions.test.ts -->'
export const tableEnd = '<!-- /transitions -->'

const barredWords = {
  handled: 'whoever handled it, and their whole organisation',
  'handled-or-assigned': 'whoever handled or assigned it, and the organisation that handled it',
  assigned: 'whoever assigned it',
} as const

/** A Markdown table in the order of rights.md: act, who, from → to, needs, barred, approved by. */
export function renderTransitions(): string {
  const head = ['Act', 'Who', 'From → to', 'Needs', 'Barred', 'Approved by']
  return [head, head.map(() => '---'), ...transitions.map(rowOf)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function rowOf(transition: Transition): string[] {
  const { act, who, needs, barred, approvedBy, whilePending } = transition
  return [
    `\`${act}\`${whilePending ? ' ¹' : ''}`,
    who.join(', '),
    moveOf(transition),
    needs,
    barred === undefined ? '–' : barredWords[barred],
    approvedBy === undefined ? '–' : `another person: ${approvedBy.join(', ')}`,
  ]
}

function moveOf({ from, to }: Transition): string {
  const before = from.length === 0 ? 'nothing' : from.join(', ')
  const next: readonly (CaseState | 'stays')[] = typeof to === 'string' ? [to] : to
  return `${before} → ${next.join(' or ')}`
}

/** The README with the table of now between its markers. Throws when a marker is missing. */
export function withTransitions(readme: string): string {
  const start = readme.indexOf(tableStart)
  const end = readme.indexOf(tableEnd)
  if (start < 0 || end < start)
    throw new Error(`the README needs the lines “${tableStart}” and “${tableEnd}”`)
  return `${readme.slice(0, start + tableStart.length)}\n\n${renderTransitions()}\n\n${readme.slice(end)}`
}
