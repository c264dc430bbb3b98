/** What every part of telling a case shares: the tale so far, how long things take, who sits at the desk, the answer. */
import type { SeededRandom } from '../lib/seeded-random.ts'
import { addDays } from '../lib/time.ts'
import type { Urgency } from '../modules/cases/words.ts'
import type { Subject } from './make-subject.ts'
import type { Story, Wait } from './story.ts'
import * as said from './texts/clerk-words.ts'
import type { DemoOrganisation, DemoPost } from './types.ts'
import { postsIn, type World } from './world.ts'

export type Ending =
  | 'pending'
  | 'accepted'
  | 'assigned'
  | 'in-progress'
  | 'result-submitted'
  | 'answered'
  | 'closed'
  | 'reopened'
  | 'long-term'
  | 'on-spot'
  | 'answer-now'
  | 'declined'
  | 'merged'

export interface Tale {
  readonly world: World
  readonly random: SeededRandom
  readonly subject: Subject
  readonly ending: Ending
  readonly story: Story
  /** The community whose desk holds the case, or null at the street desk. */
  desk: string | null
  holder: Holder | null
}

/** An organisation with the handler who takes it, or a post that was given the order itself. */
export interface Holder {
  readonly organisation: DemoOrganisation | null
  readonly post: DemoPost
}

/** Minutes until the next act, by urgency: the desk, the first contact, the work itself. */
const pace: Readonly<Record<Urgency, { desk: number; contact: number; work: [number, number] }>> = {
  P0: { desk: 4, contact: 6, work: [25, 95] },
  P1: { desk: 18, contact: 40, work: [150, 1200] },
  P2: { desk: 200, contact: 700, work: [1100, 5600] },
  P3: { desk: 300, contact: 1000, work: [6000, 19000] },
}

export function deskWait({ subject }: Tale): Wait {
  const { urgency } = subject.matter
  const { desk } = pace[urgency]
  return {
    from: Math.ceil(desk / 4),
    to: desk,
    hours: urgency === 'P0' || urgency === 'P1' ? 'any' : 'office',
  }
}

export function contactWait({ subject }: Tale): Wait {
  const { contact } = pace[subject.matter.urgency]
  return { ...deskWait({ subject } as Tale), from: Math.ceil(contact / 6), to: contact }
}

export function workWait({ subject }: Tale): Wait {
  const [from, to] = pace[subject.matter.urgency].work
  return { ...deskWait({ subject } as Tale), from, to }
}

/** A person at the desk that holds the case now; `except` is barred by person. */
export function deskPost({ world, random, desk }: Tale, except: DemoPost | null = null): DemoPost {
  const roles = desk === null ? (['dispatcher', 'duty-head'] as const) : (['clerk', 'secretary'] as const)
  const area = desk ?? world.areas[0]?.code ?? ''
  const posts = roles
    .flatMap((role) => postsIn(world, role, area))
    .filter((post) => post.personKey !== except?.personKey)
  return random.chance(0.8)
    ? (posts.find((post) => post.role === roles[0] && random.chance(0.6)) ?? random.pick(posts))
    : random.pick(posts)
}

/** The answer of a good clerk: what it is about, what was done or why not yet, and what happens next. */
export function answerText({ subject, random }: Tale, done: string, solved = true): string {
  const { kind } = subject.matter
  const tone = !solved ? 'unsolved' : kind in said.answerOpenings ? (kind as 'praise') : 'other'
  const opening = random
    .pick(said.answerOpenings[tone])
    .replace('{事}', subject.title.replace(/(咨询|建议)$/, ''))
  const closing = kind === 'praise' ? '' : random.pick(solved ? said.answerClosings : said.unsolvedClosings)
  return `${opening}${subject.fill(done)}${closing}`
}

export function rateLater(tale: Tale, probability: number, solved = true): boolean {
  const { story, subject, random } = tale
  if (!('phone' in subject.reporter) || !random.chance(probability)) return false
  const mood = !solved ? 'bad' : random.chance(0.82) ? 'good' : 'fair'
  const satisfaction =
    mood === 'bad'
      ? random.chance(0.7)
        ? 'dissatisfied'
        : 'fair'
      : mood === 'good'
        ? random.chance(0.75)
          ? 'satisfied'
          : 'mostly'
        : 'fair'
  story.add(
    'rate',
    { resident: subject.reporter.key },
    { from: 40, to: 3600, hours: 'home' },
    {
      words: random.chance(0.4) ? random.pick(said.ratingWords[mood]) : null,
      data: { reached: mood !== 'bad' || random.chance(0.7), solved, satisfaction },
    },
  )
  return true
}

/** The day on which a long-term case is looked at again, well after today. */
export function reviewDay({ world, random }: Tale): string {
  return addDays(world.today, 20 + random.int(160))
}
