/**
 * The loop as one table: every act, who does it, from which states, and where it moves the case.
 * Rule: rights.md, "Acts on a case". The README of this module is rendered from this table by a test.
 * To change who may do what, change a row here; decide-act.ts only reads it.
 */
import type { Act, CaseState } from '../words.ts'

/** In what capacity somebody acts on one case; decide-act.ts says who is which. */
export type Party =
  | 'reporter'
  | 'desk'
  | 'community-desk'
  | 'street-desk'
  /** Clerk or secretary of the place, dispatcher or duty head of the street, whichever desk holds the case. */
  | 'community-staff'
  | 'street-staff'
  | 'holder'
  /** The holder, where that is an organisation and not a post of the area. */
  | 'organisation'
  | 'organisation-lead'
  | 'grid'
  /** Employed in the grid; a member of a micro-grid is a volunteer. */
  | 'grid-staff'
  | 'verifier'
  | 'supervisor'
  | 'duty-head'

/** Whom an act is closed to although their role is right. Rule: rights.md, "Separation, by person". */
export type Separation = 'handled' | 'handled-or-assigned' | 'assigned'

export interface Transition {
  readonly act: Act
  readonly who: readonly Party[]
  readonly from: readonly CaseState[]
  /** `stays`, one state, or the states between which the act's own input decides. */
  readonly to: 'stays' | CaseState | readonly CaseState[]
  readonly needs: string
  readonly barred?: Separation
  /** The act only asks; one of these parties, another person, approves. */
  readonly approvedBy?: readonly Party[]
  /** May be done while a request waits for its second person. */
  readonly whilePending?: true
  /** Only on an order that somebody above sent. */
  readonly onlyFromAbove?: true
  /** Only on a duty task of a grid. */
  readonly onlyTask?: true
  /** Only on a case that was registered as a petition 信访. */
  readonly onlyPetition?: true
}

const open: readonly CaseState[] = [
  'pending',
  'accepted',
  'assigned',
  'in-progress',
  'result-submitted',
  'answered',
]
const underWay: readonly CaseState[] = ['accepted', 'assigned', 'in-progress', 'result-submitted']

export const transitions: readonly Transition[] = [
  {
    act: 'file',
    who: ['reporter', 'desk', 'grid'],
    from: [],
    to: 'pending',
    needs: 'text, or matter + photo; place, address or "nowhere"',
  },
  {
    act: 'add',
    who: ['reporter', 'desk', 'holder', 'grid'],
    from: open,
    to: 'stays',
    needs: 'words or photos',
    whilePending: true,
  },
  {
    act: 'accept',
    who: ['desk'],
    from: ['pending'],
    to: 'accepted',
    needs: 'kind, matter; starts the clocks',
  },
  { act: 'answer-now', who: ['desk'], from: ['pending', 'accepted'], to: 'closed', needs: 'answer' },
  {
    act: 'decline',
    who: ['desk'],
    from: ['pending', 'accepted'],
    to: 'declined',
    needs: 'kind of reason, where to turn, words to the resident',
  },
  {
    act: 'merge',
    who: ['desk'],
    from: ['pending', 'accepted'],
    to: 'merged',
    needs: 'parent with the same public matter',
  },
  { act: 'split', who: ['desk'], from: ['merged'], to: ['pending', 'accepted'], needs: 'words' },
  {
    act: 'escalate',
    who: ['community-desk', 'grid-staff'],
    from: ['pending', 'accepted'],
    to: 'stays',
    needs: 'reason; moves to the street desk',
  },
  {
    act: 'send-down',
    who: ['street-desk'],
    from: ['pending', 'accepted'],
    to: 'stays',
    needs: 'community whose duty list holds the matter',
  },
  {
    act: 'assign',
    who: ['desk'],
    from: ['accepted'],
    to: 'assigned',
    needs: 'lead organisation or post, helpers, note; refused to a community outside its duty list',
  },
  { act: 'take', who: ['holder'], from: ['assigned'], to: 'in-progress', needs: '–' },
  {
    act: 'return',
    who: ['holder'],
    from: ['assigned', 'in-progress'],
    to: 'accepted',
    needs: 'reason, within its time',
    approvedBy: ['desk'],
  },
  {
    act: 'hand-on',
    who: ['organisation-lead'],
    from: ['assigned', 'in-progress'],
    to: 'stays',
    needs: 'person',
  },
  {
    act: 'recall',
    who: ['desk'],
    from: ['assigned', 'in-progress'],
    to: 'accepted',
    needs: 'reason; the holder is told, the clock goes on',
  },
  {
    act: 'contact',
    who: ['holder', 'desk'],
    from: underWay,
    to: 'stays',
    needs: 'mode, time, reached or not; the first that reached stops the response clock',
    whilePending: true,
  },
  {
    act: 'submit-result',
    who: ['holder', 'desk'],
    from: ['assigned', 'in-progress'],
    to: 'result-submitted',
    needs:
      'outcome, what was done, evidence; the desk on behalf with letter, call or photo, also where nobody took the order; where the organisation asks for it, its lead approves',
    approvedBy: ['organisation-lead'],
  },
  {
    act: 'solve-on-spot',
    who: ['grid'],
    from: ['pending', 'accepted'],
    to: 'result-submitted',
    needs: 'before and after photo, or words',
  },
  {
    act: 'answer',
    who: ['desk', 'holder'],
    from: ['in-progress', 'result-submitted'],
    to: 'stays',
    needs: 'words to the resident, sent when the check passes',
  },
  {
    act: 'check',
    who: ['verifier', 'supervisor'],
    from: ['result-submitted'],
    to: ['answered', 'in-progress'],
    needs: 'on site for public space, call-back for personal matters; photo or answers',
    barred: 'handled',
  },
  {
    act: 'rate',
    who: ['reporter'],
    from: ['answered', 'closed', 'merged'],
    to: 'stays',
    needs: 'reached? solved? satisfaction, words',
    whilePending: true,
  },
  {
    act: 'close',
    who: ['verifier', 'supervisor'],
    from: ['answered'],
    to: 'closed',
    needs: 'outcome; unsolved needs a review date and a second person',
    barred: 'handled-or-assigned',
    approvedBy: ['supervisor', 'duty-head'],
  },
  {
    act: 'reopen',
    who: ['reporter', 'community-staff', 'street-staff', 'grid', 'holder', 'verifier', 'supervisor'],
    from: ['answered', 'closed'],
    to: 'accepted',
    needs: 'what is still wrong; staff with evidence',
  },
  {
    act: 'extend',
    who: ['holder'],
    from: ['assigned', 'in-progress'],
    to: 'stays',
    needs: 'reason, until',
    approvedBy: ['supervisor', 'duty-head'],
  },
  {
    act: 'defer',
    who: ['holder'],
    from: ['assigned', 'in-progress'],
    to: 'stays',
    needs: 'reason, until',
    approvedBy: ['supervisor', 'duty-head'],
  },
  {
    act: 'suspend',
    who: ['holder'],
    from: ['assigned', 'in-progress'],
    to: 'stays',
    needs: 'a listed reason, until',
    approvedBy: ['supervisor', 'duty-head'],
  },
  {
    act: 'resume',
    who: ['holder', 'supervisor', 'duty-head'],
    from: ['assigned', 'in-progress'],
    to: 'stays',
    needs: 'a suspended clock',
  },
  {
    act: 'approve',
    who: ['desk', 'supervisor', 'duty-head', 'organisation-lead'],
    from: open,
    to: 'stays',
    needs: 'a request of another person',
    whilePending: true,
  },
  {
    act: 'refuse',
    who: ['desk', 'supervisor', 'duty-head', 'organisation-lead'],
    from: open,
    to: 'stays',
    needs: 'a request of another person, words',
    whilePending: true,
  },
  {
    act: 'remind',
    who: ['desk', 'supervisor'],
    from: ['assigned', 'in-progress'],
    to: 'stays',
    needs: 'words',
    whilePending: true,
  },
  {
    act: 'supervise',
    who: ['supervisor'],
    from: underWay,
    to: 'stays',
    needs: 'words, new date',
    whilePending: true,
  },
  {
    act: 'dispute',
    who: ['organisation'],
    from: ['assigned', 'in-progress'],
    to: ['assigned', 'in-progress'],
    needs: 'an organisation’s reason, within its time; handled meanwhile, the clock runs',
  },
  {
    act: 'adjudicate',
    who: ['supervisor', 'duty-head'],
    from: ['accepted', 'assigned', 'in-progress', 'result-submitted', 'answered'],
    to: ['accepted', 'assigned', 'in-progress', 'result-submitted', 'answered'],
    needs: 'a dispute; the named adjudicator, after their time any other; organisation and reason',
    barred: 'assigned',
  },
  {
    act: 'return-upstream',
    who: ['desk', 'street-staff'],
    from: ['pending', 'accepted', 'assigned', 'in-progress'],
    to: 'stays',
    needs: 'an order from above; reason',
    whilePending: true,
    onlyFromAbove: true,
  },
  {
    act: 'settle-upstream',
    who: ['desk', 'street-staff'],
    from: ['pending', 'accepted', 'assigned', 'in-progress'],
    to: 'declined',
    needs: 'what they said above and who said it; refused, the case stays and its clock goes on',
    whilePending: true,
    onlyFromAbove: true,
  },
  {
    act: 'reply-upstream',
    who: ['desk', 'street-staff', 'verifier', 'supervisor'],
    from: ['answered', 'closed', 'declined', 'merged'],
    to: 'stays',
    needs: 'an order from above; the text that was pasted back',
    whilePending: true,
    onlyFromAbove: true,
  },
  {
    act: 'rate-upstream',
    who: ['desk', 'street-staff', 'verifier', 'supervisor'],
    from: ['answered', 'closed', 'merged'],
    to: 'stays',
    needs: 'an order from above; its rating there with its scale',
    whilePending: true,
    onlyFromAbove: true,
  },
  {
    act: 'register-petition',
    who: ['desk'],
    from: ['pending', 'accepted'],
    to: 'accepted',
    needs: 'how it came, the day; goes to the street desk, on the clocks of the regulation',
  },
  {
    act: 'pass-petition',
    who: ['street-desk'],
    from: ['accepted'],
    to: 'in-progress',
    needs: 'a petition; the organisation that may decide',
    onlyPetition: true,
  },
  {
    act: 'notice-petition',
    who: ['street-desk', 'holder'],
    from: ['in-progress'],
    to: ['accepted', 'in-progress', 'declined'],
    needs: 'a petition; what the petitioner was told in writing, or that it is not theirs',
    onlyPetition: true,
  },
  {
    act: 'extend-petition',
    who: ['street-desk', 'holder'],
    from: ['in-progress'],
    to: 'stays',
    needs: 'a petition that was taken on; reason, until; once, at most thirty days',
    approvedBy: ['supervisor', 'duty-head'],
    onlyPetition: true,
  },
  {
    act: 'settle-petition',
    who: ['street-desk', 'holder'],
    from: ['in-progress'],
    to: 'closed',
    needs: 'a petition that was taken on; opinion and written answer',
    onlyPetition: true,
  },
  {
    act: 'record-rating',
    who: ['desk', 'verifier', 'supervisor'],
    from: ['answered', 'closed'],
    to: 'stays',
    needs: 'at the desk or in a call-back; reached? solved? satisfaction, words',
    barred: 'handled',
    whilePending: true,
  },
  {
    act: 'find-unreasonable',
    who: ['holder', 'desk'],
    from: ['accepted', 'assigned', 'in-progress', 'result-submitted', 'answered'],
    to: 'stays',
    needs: 'unlawful or impossible, reason; a finding of its own, the case goes on',
    approvedBy: ['supervisor', 'duty-head'],
  },
  {
    act: 'finish-task',
    who: ['holder'],
    from: ['assigned'],
    to: 'closed',
    needs: 'a duty task; words or photos where it asks for them',
    onlyTask: true,
  },
  {
    act: 'call-off-task',
    who: ['desk'],
    from: ['assigned'],
    to: 'declined',
    needs: 'a duty task; reason',
    onlyTask: true,
  },
  {
    act: 'unmask',
    who: ['community-staff', 'street-staff', 'grid-staff', 'holder', 'verifier', 'supervisor'],
    from: [...open, 'closed', 'declined', 'merged'],
    to: 'stays',
    needs: 'reason; logged with the field',
    whilePending: true,
  },
]

const byAct = new Map(transitions.map((transition) => [transition.act, transition]))

/** The row of an act. Every act of words.ts has one; a test holds the two together. */
export function transitionOf(act: Act): Transition {
  const transition = byAct.get(act)
  if (!transition) throw new Error(`no transition for ${act}`)
  return transition
}
