/** The holder’s part of a tale and what follows: returns, contacts, results, checks, ratings, closing, reopening. */

import { instantText } from './story.ts'
import {
  answerText,
  contactWait,
  deskPost,
  deskWait,
  rateLater,
  reviewDay,
  type Tale,
  workWait,
} from './tale.ts'
import { assign } from './tell-desk.ts'
import * as said from './texts/clerk-words.ts'
import type { DemoPost } from './types.ts'
import { leadOf, postsIn } from './world.ts'

const soon = { from: 20, to: 240, hours: 'office' } as const
const hourMs = 3_600_000

function centrePost(
  { world, random }: Tale,
  role: 'verifier' | 'supervisor' | 'duty-head',
  except: DemoPost | null = null,
) {
  const posts = postsIn(world, role, world.areas[0]?.code ?? '')
  return random.pick(posts.filter((post) => post.personKey !== except?.personKey))
}

function holderPost(tale: Tale): DemoPost {
  if (tale.holder === null) throw new Error('nobody holds this case')
  return tale.holder.post
}

const reportedByStaff = ({ subject }: Tale) => 'role' in subject.reporter

/** From 'assigned' to the ending of the tale. */
export function handle(tale: Tale): void {
  const { random, ending, story } = tale
  if (ending === 'assigned') {
    if (random.chance(0.12))
      story.add('return', holderPost(tale), deskWait(tale), { words: random.pick(said.returnWords) })
    return
  }
  if (tale.subject.matter.urgency !== 'P0' && random.chance(0.05)) returnOnce(tale)
  take(tale)
  work(tale)
}

/** The holder asks to give the order back; another person at the desk approves, or refuses and it goes on. */
function returnOnce(tale: Tale): void {
  const { story, random } = tale
  story.add(
    'return',
    holderPost(tale),
    { from: 30, to: 500, hours: 'any' },
    { words: random.pick(said.returnWords) },
  )
  const by = deskPost(tale, holderPost(tale))
  if (random.chance(0.3)) {
    story.add('refuse', by, soon, { words: random.pick(said.returnRefused), data: { of: 'return' } })
    return
  }
  story.add('approve', by, soon, {
    to: 'accepted',
    words: random.pick(said.returnApproved),
    data: { of: 'return' },
  })
  assign(tale)
}

function take(tale: Tale): void {
  const { story, random, world, holder } = tale
  if (holder?.organisation && random.chance(0.15)) {
    story.add('hand-on', leadOf(world, holder.organisation.code), deskWait(tale), {
      words: random.pick(said.handOnWords),
      data: { post: holder.post.key },
    })
  }
  story.add('take', holderPost(tale), deskWait(tale), { to: 'in-progress' })
}

function work(tale: Tale): void {
  const { story, random, ending } = tale
  contact(tale)
  if (ending === 'in-progress') {
    linger(tale)
    return
  }
  const late = random.chance(0.07)
  if (late) hurry(tale)
  else if (tale.subject.matter.urgency === 'P3' && random.chance(0.15)) extend(tale, true)
  submit(tale)
  if (ending === 'result-submitted') return
  if (random.chance(0.06)) {
    story.add('check', centrePost(tale, 'verifier'), soon, {
      to: 'in-progress',
      words: random.pick(said.checkFailed),
      data: { pass: false, mode: checkMode(tale) },
    })
    submit(tale)
  }
  finishTale(tale)
}

/** An order still in hand: some ask for time, some are reminded, some are supervised. */
function linger(tale: Tale): void {
  const { story, random } = tale
  const turn = random.next()
  if (turn < 0.08) extend(tale, false)
  else if (turn < 0.14) extend(tale, true)
  else if (turn < 0.18) suspend(tale)
  else if (turn < 0.26)
    story.add(
      'remind',
      deskPost(tale),
      { from: 1500, to: 4000, hours: 'office' },
      { words: random.pick(said.remindWords) },
    )
  else if (turn < 0.3 && !reportedByStaff(tale))
    story.add(
      'add',
      reporterOf(tale),
      { from: 600, to: 3000, hours: 'home' },
      { words: random.pick(said.addWords) },
    )
}

function hurry(tale: Tale): void {
  const { story, random } = tale
  const wait = workWait(tale)
  story.add(
    'remind',
    deskPost(tale),
    { ...wait, from: wait.to, to: wait.to * 2 },
    { words: random.pick(said.remindWords) },
  )
  if (random.chance(0.6)) {
    const until = instantText(story.at + 72 * hourMs)
    story.add('supervise', centrePost(tale, 'supervisor'), soon, {
      words: random.pick(said.superviseWords),
      data: { until },
    })
  }
}

function extend(tale: Tale, settled: boolean): void {
  const { story, random } = tale
  const until = instantText(story.at + (10 + random.int(12)) * 24 * hourMs)
  story.add(
    'extend',
    holderPost(tale),
    { from: 500, to: 2500, hours: 'office' },
    { words: random.pick(said.extendWords), data: { until } },
  )
  if (settled) approveBy(tale, 'extend', random.pick(said.extendApproved))
}

function suspend(tale: Tale): void {
  const { story, random } = tale
  const until = instantText(story.at + (5 + random.int(9)) * 24 * hourMs)
  const data = { suspendReason: 'waiting-for-resident', until } as const
  story.add(
    'suspend',
    holderPost(tale),
    { from: 300, to: 1500, hours: 'office' },
    { words: random.pick(said.suspendWords), data },
  )
  approveBy(tale, 'suspend', '同意，居民返回后继续计时。')
}

function approveBy(tale: Tale, of: 'extend' | 'suspend', words: string): void {
  const by = centrePost(tale, tale.random.chance(0.5) ? 'supervisor' : 'duty-head', holderPost(tale))
  tale.story.add('approve', by, soon, { words, data: { of } })
}

const reporterOf = ({ subject }: Tale) =>
  'role' in subject.reporter ? subject.reporter : ({ resident: subject.reporter.key } as const)

function contact(tale: Tale): void {
  const { story, random } = tale
  const words = reportedByStaff(tale) ? said.contactAboutFinding : said.contactReached
  if (!reportedByStaff(tale) && random.chance(0.15)) {
    const mode = random.chance(0.7) ? 'phone' : 'visit'
    const missed = said.contactMissed[mode === 'phone' ? 0 : 1] ?? ''
    story.add('contact', holderPost(tale), contactWait(tale), {
      words: missed,
      data: { mode, reached: false },
    })
  }
  const reached = random.pick(words)
  const mode = reached.startsWith('上门') ? 'visit' : 'phone'
  story.add('contact', holderPost(tale), contactWait(tale), { words: reached, data: { mode, reached: true } })
}

function submit(tale: Tale): void {
  const { story, random, subject, ending } = tale
  const { unsolved } = subject.theme
  const outcome = ending === 'long-term' && unsolved ? 'unsolved' : random.chance(0.05) ? 'partly' : 'solved'
  const words = subject.fill(outcome === 'unsolved' ? `${unsolved}。` : subject.done())
  const answer = answerText(tale, words, outcome !== 'unsolved')
  const inside = random.chance(0.7)
  const forThem =
    ['water', 'gas', 'power'].includes(tale.holder?.organisation?.kind ?? '') && random.chance(0.15)
  story.add('submit-result', forThem ? deskPost(tale) : holderPost(tale), workWait(tale), {
    to: 'result-submitted',
    words,
    data: { outcome, ...(inside ? { answer } : {}), ...(forThem ? { onBehalf: 'letter' as const } : {}) },
  })
  if (!inside)
    story.add(
      'answer',
      holderPost(tale),
      { from: 5, to: 40, hours: 'any' },
      { words: answer, data: { answer } },
    )
}

const checkMode = ({ subject }: Tale) => (subject.matter.onSiteCheck ? 'on-site' : 'call-back')

/** From 'result-submitted': the check, and whatever the ending wants after it. */
export function finishTale(tale: Tale): void {
  const { story, random, ending, subject } = tale
  const checker = centrePost(tale, random.chance(0.85) ? 'verifier' : 'supervisor')
  story.add(
    'check',
    checker,
    { ...deskWait(tale), from: 60, to: 900 },
    {
      to: 'answered',
      words: random.pick(subject.matter.onSiteCheck ? said.checkOnSite : said.checkByCall),
      data: { pass: true, mode: checkMode(tale) },
    },
  )
  if (ending === 'answered') {
    if (random.chance(0.25)) rateLater(tale, 0.6, false)
    return
  }
  if (ending === 'long-term') closeUnsolved(tale)
  else if (ending === 'reopened') reopen(tale)
  else closeSolved(tale)
}

function closeSolved(tale: Tale): void {
  const { story, random, ending } = tale
  const outcome = 'solved' as const
  if (ending !== 'reopened' && random.chance(0.25)) {
    story.add(
      'close',
      centrePost(tale, 'verifier'),
      { from: 400, to: 4000, hours: 'office' },
      {
        to: 'closed',
        words: random.pick(said.closeWords),
        data: { outcome },
      },
    )
    rateLater(tale, 0.5)
  } else if (rateLater(tale, 0.8)) {
    story.add(
      'close',
      { system: true },
      { from: 0, to: 1, hours: 'any' },
      { to: 'closed', data: { outcome } },
    )
  } else {
    const week = 7 * 24 * 60
    story.add(
      'close',
      { system: true },
      { from: week, to: week + 1, hours: 'any' },
      { to: 'closed', data: { outcome } },
    )
  }
}

/** Not solved: a review day, and a second person who is neither the asker nor the handler. */
function closeUnsolved(tale: Tale): void {
  const { story, random } = tale
  rateLater(tale, 0.5, false)
  const asker = centrePost(tale, 'verifier')
  const data = { outcome: 'unsolved', reviewOn: reviewDay(tale) } as const
  story.add(
    'close',
    asker,
    { from: 600, to: 3000, hours: 'office' },
    { words: random.pick(said.longTermWords), data },
  )
  story.add('approve', centrePost(tale, random.chance(0.7) ? 'supervisor' : 'duty-head', asker), soon, {
    to: 'closed',
    words: random.pick(said.longTermApproved),
    data: { of: 'close' },
  })
}

/** Once more with a new clock: the same order to the same desk, then solved. */
function reopen(tale: Tale): void {
  const { story, random } = tale
  if (random.chance(0.5)) rateLater(tale, 1, false)
  story.add(
    'reopen',
    reporterOf(tale),
    { from: 300, to: 5000, hours: 'home' },
    { to: 'accepted', words: random.pick(said.reopenWords) },
  )
  assign(tale)
  take(tale)
  contact(tale)
  submit(tale)
  story.add(
    'check',
    centrePost(tale, 'verifier'),
    { ...deskWait(tale), from: 60, to: 900 },
    {
      to: 'answered',
      words: random.pick(tale.subject.matter.onSiteCheck ? said.checkOnSite : said.checkByCall),
      data: { pass: true, mode: checkMode(tale) },
    },
  )
  closeSolved(tale)
}
