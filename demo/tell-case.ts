/** Tells the whole tale of one case up to a wished ending. Who acts follows rights.md; a test checks every tale. */
import type { SeededRandom } from '../lib/seeded-random.ts'
import { beginsAtCommunity, type Subject } from './make-subject.ts'
import { Story } from './story.ts'
import { answerText, deskPost, deskWait, type Ending, rateLater, type Tale } from './tale.ts'
import { accept, assign } from './tell-desk.ts'
import { finishTale, handle } from './tell-handling.ts'
import * as said from './texts/clerk-words.ts'
import type { DemoAct } from './types.ts'
import { postsIn, type World } from './world.ts'

/** Tells a case from its filing; `parentCase` is needed for the ending 'merged'. Throws TooLate past the cutoff. */
export function tellCase(
  world: World,
  random: SeededRandom,
  subject: Subject,
  ending: Ending,
  times: { filedAt: number; cutoff: number },
  parentCase?: string,
): DemoAct[] {
  const story = new Story(random, times.filedAt, times.cutoff)
  const desk = beginsAtCommunity(subject) ? subject.communityCode : null
  const tale: Tale = { world, random, subject, ending, story, desk, holder: null }
  story.add('file', subject.filedBy ?? { resident: subject.reporter.key }, null, {
    to: 'pending',
    words: subject.text,
  })
  if (ending === 'pending') return story.history
  if (ending === 'declined' || ending === 'merged' || ending === 'answer-now') endAtDesk(tale, parentCase)
  else if (ending === 'on-spot') {
    solveOnSpot(tale)
    finishTale(tale)
  } else {
    accept(tale)
    if (ending !== 'accepted') {
      assign(tale)
      handle(tale)
    }
  }
  return story.history
}

function endAtDesk(tale: Tale, parentCase: string | undefined): void {
  const { story, subject, random, ending } = tale
  if (random.chance(0.3)) accept(tale)
  const by = deskPost(tale)
  if (ending === 'merged') {
    story.add('merge', by, deskWait(tale), {
      to: 'merged',
      words: random.pick(said.mergeWords),
      data: { parentCase },
    })
  } else if (ending === 'declined') {
    const known = said.declinable.find((each) => each.title === subject.title)
    if (known === undefined) throw new Error(`nothing to decline in ${subject.title}`)
    const data = { declineReason: known.reason, whereToTurn: known.whereToTurn, answer: known.answer }
    story.add('decline', by, deskWait(tale), { to: 'declined', words: known.answer, data })
  } else {
    const answer = answerText(tale, subject.done())
    story.add('answer-now', by, deskWait(tale), {
      to: 'closed',
      words: answer,
      data: { answer, kind: subject.matter.kind, matterKey: subject.matter.key },
    })
    rateLater(tale, 0.5)
  }
}

function solveOnSpot(tale: Tale): void {
  const { story, subject, random, world } = tale
  if (random.chance(0.25)) accept(tale)
  const finder = 'role' in subject.reporter ? subject.reporter : null
  const workers = postsIn(world, 'grid-worker', subject.gridCode ?? '')
  const by = finder ?? random.pick(workers)
  const answer = answerText(tale, subject.done())
  story.add(
    'solve-on-spot',
    by,
    { from: 4, to: finder ? 40 : 300, hours: finder ? 'any' : 'office' },
    {
      to: 'result-submitted',
      words: subject.fill(subject.done()),
      data: { answer },
    },
  )
  tale.holder = { organisation: null, post: by }
}
