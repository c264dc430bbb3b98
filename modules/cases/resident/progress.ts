/** Where a case stands in the six steps that a resident sees. Pure. */
import type { CaseSummary, EntryView } from '../contract.ts'
import { type ResidentStep, residentSteps } from '../messages.ts'

export interface StepView {
  readonly step: ResidentStep
  readonly status: 'done' | 'now' | 'later'
  /** When it happened; null when it has not, or when the history was not given. */
  readonly at: string | null
}

const order = residentSteps.map(({ step }) => step)

/** The step that the case has reached. Declined and merged cases go no further than where they were turned. */
export function stepNow(view: Pick<CaseSummary, 'state'>): ResidentStep {
  switch (view.state) {
    case 'accepted':
    case 'assigned':
      return 'accepted'
    case 'in-progress':
    case 'result-submitted':
      return 'in-progress'
    case 'answered':
      return 'to-rate'
    case 'closed':
      return 'done'
    default:
      return 'submitted'
  }
}

const happened: Readonly<Record<ResidentStep, (entry: EntryView) => boolean>> = {
  submitted: ({ act }) => act === 'file' || act === 'reopen',
  accepted: ({ act }) => act === 'accept' || act === 'reopen',
  'in-progress': ({ act, toState }) => act === 'take' || act === 'solve-on-spot' || toState === 'in-progress',
  answered: ({ act, toState }) => toState === 'answered' || act === 'answer-now',
  'to-rate': ({ act }) => act === 'rate',
  done: ({ toState }) => toState === 'closed',
}

/** Entries without those that were taken back: an act that was undone did not happen for whoever waits. */
function standing(entries: readonly EntryView[]): readonly EntryView[] {
  const kept: EntryView[] = []
  for (const entry of entries) {
    if (entry.act !== 'undo') kept.push(entry)
    else
      for (const act of String(entry.detail.acts ?? '')
        .split(',')
        .reverse()) {
        const at = kept.map((one) => String(one.act)).lastIndexOf(act)
        if (at >= 0) kept.splice(at, 1)
      }
  }
  return kept
}

/**
 * The steps with their times. After 再次反映 only what came since counts. 受理 is a formal act: when a later step was
 * reached without it, as when a grid worker settles a matter on the spot, it is left out and never shown as done.
 */
export function progressOf(
  view: Pick<CaseSummary, 'state' | 'rating'>,
  all: readonly EntryView[] = [],
): StepView[] {
  const entries = standing(all)
  const reopened = entries.map(({ act }) => act).lastIndexOf('reopen')
  const since = reopened === -1 ? entries : entries.slice(reopened)
  const now = stepNow(view)
  const reached = order.indexOf(now)
  const turnedAway = view.state === 'declined' || view.state === 'merged'
  return order
    .map((step, index): StepView => {
      const at = since.find(happened[step])?.at ?? null
      const done = index < reached || now === 'done' || (step === 'to-rate' && view.rating !== null)
      return { step, status: done ? 'done' : index === reached ? 'now' : 'later', at }
    })
    .filter(({ step, status, at }) => {
      if (turnedAway) return step === 'submitted'
      if (entries.length === 0 || status !== 'done') return true
      if (step === 'accepted' || step === 'in-progress') return at !== null
      // Closed without a rating: the step was passed, not made.
      return step === 'to-rate' ? view.rating !== null : true
    })
}
