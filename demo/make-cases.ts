/** About two thousand cases in every state over the ninety days before `today`. */
import type { SeededRandom } from '../lib/seeded-random.ts'
import { startOfDay } from '../lib/time.ts'
import type { Matter } from '../modules/cases/seeds/read-catalogue.ts'
import { foldHistory } from './fold-history.ts'
import {
  beginsAtCommunity,
  canBePlaceless,
  makeSubject,
  pickWeighted,
  type Subject,
  type SubjectWish,
} from './make-subject.ts'
import { alignTo, instantText, TooLate } from './story.ts'
import type { Ending } from './tale.ts'
import { tellCase } from './tell-case.ts'
import { allThemes } from './texts/all-themes.ts'
import { declinable } from './texts/clerk-words.ts'
import type { TextTheme } from './texts/theme.ts'
import type { DemoAct, DemoCase } from './types.ts'
import type { World } from './world.ts'

/** How many cases end how, and how many days before today they are filed at most and at least. */
export const endings: readonly { ending: Ending; count: number; age: readonly [number, number] }[] = [
  { ending: 'pending', count: 60, age: [1.1, 0] },
  { ending: 'accepted', count: 40, age: [2, 0.1] },
  { ending: 'assigned', count: 60, age: [3.2, 0.3] },
  { ending: 'in-progress', count: 120, age: [9, 1] },
  { ending: 'result-submitted', count: 40, age: [7, 2] },
  { ending: 'answered', count: 80, age: [11, 3] },
  { ending: 'closed', count: 845, age: [90, 9] },
  { ending: 'reopened', count: 45, age: [88, 20] },
  { ending: 'long-term', count: 50, age: [88, 20] },
  { ending: 'on-spot', count: 215, age: [90, 3] },
  { ending: 'answer-now', count: 250, age: [90, 1] },
  { ending: 'declined', count: 85, age: [90, 1] },
]
const mergedCount = 110

const dayMs = 86_400_000
type Draft = Omit<DemoCase, 'key' | 'now'> & { readonly filedAt: number; readonly parent: Draft | null }

interface Maker {
  readonly world: World
  readonly random: SeededRandom
  readonly cutoff: number
}

function suits(theme: TextTheme, matter: Matter, ending: Ending): boolean {
  switch (ending) {
    case 'answer-now':
      return theme.unsolved === undefined && /^LX13|^LX12007|^LX10005/.test(theme.matter)
    case 'declined':
      return false
    case 'long-term':
      return theme.unsolved !== undefined
    case 'on-spot':
      return (
        theme.found !== undefined &&
        matter.urgency !== 'P3' &&
        (matter.level === 'grid' || matter.urgency === 'P2')
      )
    case 'pending':
    case 'accepted':
    case 'assigned':
      return matter.urgency === 'P2' || matter.urgency === 'P3'
    case 'in-progress':
    case 'result-submitted':
    case 'answered':
      return matter.urgency !== 'P0'
    default:
      return true
  }
}

function chooseWish({ world, random }: Maker, ending: Ending): SubjectWish {
  const suitable = allThemes.filter((theme) => {
    const matter = world.matters.get(theme.matter)
    return matter !== undefined && suits(theme, matter, ending)
  })
  const theme = pickWeighted(
    random,
    suitable.map((each) => [each, each.weight] as const),
  )
  const found = theme.found !== undefined && random.chance(ending === 'on-spot' ? 0.8 : 0.3)
  const placeless = !found && canBePlaceless(theme) && random.chance(0.35)
  return { theme, found, placeless }
}

/** Filed at any hour that people have, more by day; nights only for what cannot wait. */
function filingTime(
  { random, cutoff }: Maker,
  [most, least]: readonly [number, number],
  matter: Matter,
): number {
  const at = cutoff - (least + random.next() * (most - least)) * dayMs
  const urgent = matter.urgency === 'P0' || matter.urgency === 'P1'
  return alignTo(at, urgent || random.chance(0.05) ? 'any' : 'home', random)
}

function subjectOf(maker: Maker, ending: Ending): Subject {
  const { world, random } = maker
  if (ending !== 'declined') return makeSubject(world, random, chooseWish(maker, ending))
  const known = random.pick(declinable)
  const theme: TextTheme = {
    matter: known.matter,
    weight: 1,
    issue: known.title,
    words: [known.text],
    done: [],
  }
  return makeSubject(world, random, { theme, placeless: random.chance(0.3) })
}

function toDraft(subject: Subject, history: DemoAct[], filedAt: number, parent: Draft | null): Draft {
  return {
    createdAt: instantText(filedAt),
    kind: subject.matter.kind,
    matterKey: subject.matter.key,
    urgency: subject.matter.urgency,
    title: subject.title,
    text: subject.text,
    channel: subject.channel,
    confidential: subject.confidential,
    reporter:
      'role' in subject.reporter ? { post: subject.reporter.key } : { resident: subject.reporter.key },
    place: subject.place,
    addressText: subject.addressText,
    buildingCode: subject.building?.code ?? null,
    microGridCode: subject.microGridCode,
    communityCode: subject.communityCode,
    history,
    filedAt,
    parent,
  }
}

/** Tries until a tale fits before the cutoff, each time a little earlier. */
function makeDraft(maker: Maker, ending: Ending, age: readonly [number, number]): Draft {
  const { world, random, cutoff } = maker
  for (let tries = 0; tries < 60; tries++) {
    const subject = subjectOf(maker, ending)
    const earlier = Math.min(88, age[1] + tries * 0.7)
    const filedAt = filingTime(maker, [Math.max(age[0], earlier + 1), earlier], subject.matter)
    if (filedAt >= cutoff) continue
    try {
      return toDraft(subject, tellCase(world, random, subject, ending, { filedAt, cutoff }), filedAt, null)
    } catch (error) {
      if (!(error instanceof TooLate)) throw error
    }
  }
  throw new Error(`no tale for ${ending} fits before the cutoff`)
}

/** A duplicate of a public matter: filed at the same place while the first one was being worked on. */
function makeDuplicate(maker: Maker, parents: readonly Draft[]): Draft | null {
  const { world, random, cutoff } = maker
  const parent = random.pick(parents)
  const theme = allThemes.find((each) => each.matter === parent.matterKey)
  const until = parent.history.find((entry) => entry.toState === 'result-submitted')?.at
  const end = until === undefined ? cutoff : Date.parse(until)
  if (theme === undefined || end - parent.filedAt < dayMs / 4) return null
  const beside = { ...parent, key: '', now: foldHistory(parent.history, true) }
  const subject = makeSubject(world, random, { theme, beside })
  const filedAt = alignTo(parent.filedAt + random.next() * (end - parent.filedAt) * 0.6, 'home', random)
  if (filedAt <= parent.filedAt || filedAt >= end) return null
  try {
    const history = tellCase(
      world,
      random,
      subject,
      'merged',
      { filedAt, cutoff: Math.min(cutoff, end) },
      'parent',
    )
    return toDraft(subject, history, filedAt, parent)
  } catch (error) {
    if (error instanceof TooLate) return null
    throw error
  }
}

export function makeCases(world: World, random: SeededRandom): DemoCase[] {
  const cutoff = startOfDay(world.today).getTime()
  const drafts = endings.flatMap(({ ending, count, age }) => {
    const maker: Maker = { world, random: random.fork(ending), cutoff }
    return Array.from({ length: count }, () => makeDraft(maker, ending, age))
  })
  const parents = drafts.filter(
    (draft) =>
      draft.place !== null &&
      world.matters.get(draft.matterKey)?.public === true &&
      draft.history.some((entry) => entry.act === 'assign') &&
      !draft.history.some((entry) => entry.act === 'escalate' || entry.act === 'reopen'),
  )
  const maker: Maker = { world, random: random.fork('merged'), cutoff }
  const duplicates: Draft[] = []
  for (let tries = 0; duplicates.length < mergedCount && tries < 5000; tries++) {
    const duplicate = makeDuplicate(maker, parents)
    if (duplicate !== null) duplicates.push(duplicate)
  }
  return number([...drafts, ...duplicates], world)
}

function number(drafts: readonly Draft[], world: World): DemoCase[] {
  const inOrder = drafts
    .map((draft, i) => ({ draft, i }))
    .sort((a, b) => a.draft.filedAt - b.draft.filedAt || a.i - b.i)
  const keys = new Map(inOrder.map(({ draft }, i) => [draft, `case:${String(i + 1).padStart(4, '0')}`]))
  return inOrder.map(({ draft }): DemoCase => {
    const { filedAt: _, parent, ...rest } = draft
    const parentCase = parent === null ? undefined : keys.get(parent)
    const history = rest.history.map((entry) =>
      entry.act === 'merge' ? { ...entry, data: { ...entry.data, parentCase } } : entry,
    )
    const matter = world.matters.get(rest.matterKey)
    if (matter === undefined) throw new Error(`no matter ${rest.matterKey}`)
    const communityFirst = beginsAtCommunity({ communityCode: rest.communityCode, matter })
    return { ...rest, key: keys.get(draft) ?? '', history, now: foldHistory(history, communityFirst) }
  })
}
