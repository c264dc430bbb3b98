/** Of the photos of a case: those of what was found, and those of what is there now. */

export interface EntryWithFiles<File> {
  readonly act: string
  /** For a check: whether it was passed. */
  readonly pass: boolean | undefined
  readonly files: readonly File[]
}

const found: ReadonlySet<string> = new Set(['file', 'add', 'hazard', 'violation'])
const done: ReadonlySet<string> = new Set(['submit-result', 'solve-on-spot'])

/**
 * Walks the history, oldest first. A check that was not passed and a reopening say that it is not put right: what was
 * shown as the end of it until then counts no more, and what they show is how it still looks.
 */
// Rule: systems.md 000-17: evidence before and after.
export function evidenceOf<File>(entries: readonly EntryWithFiles<File>[]): {
  before: File[]
  after: File[]
} {
  const before: File[] = []
  let after: File[] = []
  for (const { act, pass, files } of entries) {
    if (act === 'reopen' || (act === 'check' && pass === false)) {
      after = []
      before.push(...files)
    } else if (done.has(act) || act === 'check') after.push(...files)
    else if (found.has(act)) before.push(...files)
  }
  return { before, after }
}
