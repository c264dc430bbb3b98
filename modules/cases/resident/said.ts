/** Parts of a case in the words of residents and grid workers. */
import { type Bilingual, language, say } from '../../../ui/language.ts'
import type { Photo } from '../../../ui/photo-strip.vue'
import type { TimeLineEntry } from '../../../ui/time-line.vue'
import { dayWords, deadlineWords } from '../../../ui/time-words.ts'
import type { Tone } from '../../../ui/tones.ts'
import { roleNames } from '../../accounts/messages.ts'
import type { ByPost, CaseSummary, CaseView, CaseWithEntries, EntryView } from '../contract.ts'
import { entryNames, residentLongTermName, residentStateNames, suspendReasonNames } from '../messages.ts'
import { isRecount, recountName, recountText } from '../recount-said.ts'
import { words } from './words.ts'

type Stated = Pick<CaseSummary, 'state' | 'clock' | 'rating' | 'reviewOn' | 'desk' | 'dueAt'>

export const isLongTerm = (view: Pick<CaseSummary, 'state' | 'reviewOn'>): boolean =>
  view.state === 'closed' && view.reviewOn !== null

export function toneOf(view: Stated): Tone {
  if (isLongTerm(view)) return 'long-term'
  if (view.state === 'answered') return 'answered'
  if (view.state === 'closed') return 'closed'
  return view.state === 'in-progress' || view.state === 'result-submitted' ? 'moving' : 'waiting'
}

export function stateWord(view: Stated): string {
  if (isLongTerm(view)) return say(residentLongTermName)
  if (view.state === 'answered' && view.rating !== null) return say(words.rated)
  return say(residentStateNames[view.state])
}

/** A deadline at the end of a day is told by its day alone: 9月21日. */
export const dueWords = (instant: string): string => deadlineWords(instant).replace(/,? 24:00$/, '')

/** A day such as '2026-12-01', with the year: it may be far off. */
export const daySaid = (day: string): string => dayWords(`${day}T12:00:00+08:00`)

/** Why nothing runs, until when, and what the resident can do about it. */
function pauseWords({ reason, until }: NonNullable<CaseSummary['clock']['pause']>): string {
  const time = deadlineWords(until)
  if (reason === 'waiting-for-resident') return say(words.nextPausedForYou, { time })
  return reason === null
    ? say(words.nextSuspended)
    : say(words.nextPaused, { reason: say(suspendReasonNames[reason]), time })
}

/** What happens next, always in one sentence. */
export function nextWords(view: Stated): string {
  const desk = say(view.desk === 'community' ? words.deskCommunity : words.deskStreet)
  if (view.state === 'pending') return say(words.nextPending, { desk })
  if (view.state === 'answered') return say(view.rating === null ? words.nextRate : words.nextRated)
  if (view.state === 'declined') return say(words.nextDeclined)
  if (view.state === 'merged') return say(words.nextMerged)
  if (view.state === 'closed')
    return view.reviewOn === null
      ? say(words.nextClosed)
      : say(words.nextLongTerm, { day: daySaid(view.reviewOn) })
  if (view.dueAt === null) return say(words.nextNoDate)
  const time = dueWords(view.dueAt)
  if (view.clock.pause !== null) return pauseWords(view.clock.pause)
  if (view.clock.state === 'suspended') return say(words.nextSuspended)
  if (view.clock.state !== 'overdue') return say(words.nextBy, { time })
  // Late to call is not late to answer: the answer's own day still stands.
  return view.clock.which === 'response'
    ? say(words.nextLateContact, { time })
    : say(words.nextLate, { time })
}

/** 天桥社区 · 全科社工: a post, never a name. */
export function postWords(by: ByPost): string {
  if (by.role === 'system') return say(words.system)
  const role = say(roleNames[by.role])
  return by.place === null ? role : `${by.place} · ${role}`
}

/** 天桥社区第1网格 under 天桥社区 reads 第1网格; the street itself is known to everyone here. */
export function chainWords(chain: readonly { level: string; name: string }[]): string {
  const inner = chain.filter(({ level }) => level !== 'street')
  const names = inner.map(({ name }, index) => {
    const parent = inner[index - 1]?.name ?? ''
    return parent !== '' && name.startsWith(parent) && name.length > parent.length
      ? name.slice(parent.length).trim()
      : name
  })
  return names.join(' · ')
}

export function placeWords(view: Pick<CaseView, 'areaChain' | 'placeText'>): string {
  const grid = chainWords(view.areaChain)
  return [view.placeText ?? '', grid].filter((part) => part !== '').join('\n') || say(words.placeUnknown)
}

/** A file is read through the rights of its case. */
const fileAddress = (caseId: string, id: string): string => `/api/cases/${caseId}/files/${id}`

export const photosOf = (caseId: string, files: EntryView['files']): Photo[] =>
  files
    .filter(({ mediaType }) => mediaType.startsWith('image/'))
    .map(({ id }) => ({
      src: fileAddress(caseId, id),
      thumb: `${fileAddress(caseId, id)}?size=thumb`,
      alt: say(words.photo),
    }))

const residentActs: Readonly<Partial<Record<EntryView['act'], Bilingual>>> = {
  file: words.didFile,
  add: words.didAdd,
  accept: words.didAccept,
  'answer-now': words.didAnswer,
  assign: words.didAssign,
  take: words.didTake,
  'submit-result': words.didSubmit,
  'solve-on-spot': words.didSolve,
  rate: words.didRate,
  reopen: words.didReopen,
  unmask: words.didUnmask,
  close: words.didClose,
}

function actWords({ act, detail }: EntryView): string {
  if (isRecount({ detail })) return say(recountName)
  if (act === 'contact') return say(detail.reached === true ? words.didReach : words.didNotReach)
  if (act === 'check') return say(detail.pass === false ? words.didCheckFail : words.didCheckPass)
  return say(residentActs[act] ?? entryNames[act])
}

const toneOfEntry = ({ toState }: EntryView): Tone | undefined => {
  if (toState === 'closed') return 'closed'
  if (toState === 'answered') return 'answered'
  return toState === 'in-progress' ? 'moving' : undefined
}

/** The history as people read it, newest first; `staff` keeps the staff's own names of acts. */
export const timeLineOf = (told: CaseWithEntries, staff = false): TimeLineEntry[] =>
  told.entries
    .map((entry) => ({
      id: entry.id,
      at: entry.at,
      who: entry.mine ? say(words.you) : postWords(entry.by),
      what: staff && !isRecount(entry) ? say(entryNames[entry.act]) : actWords(entry),
      tone: toneOfEntry(entry),
      text: entry.words ?? recountText(entry, language.value),
      photos: photosOf(told.case.id, entry.files),
    }))
    .reverse()
