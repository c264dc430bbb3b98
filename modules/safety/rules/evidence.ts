/** Of the photos of a case: those of what was found, and those of what is there now. */

export interface EntryWithFiles<File> {
  readonly act: string
  /** For a check: whether it was passed. */
  readonly pass: boolean | undefined
  /** For what was solved on the spot: how many of its files, the first ones, show what was found. */
  readonly photosBefore?: number | undefined
  readonly files: readonly File[]
}

/** A line of a case’s history as this asks for it. */
export const withEvidence = <File>({
  act,
  detail,
  files,
}: {
  readonly act: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly files: readonly File[]
}): EntryWithFiles<File> => ({
  act,
  pass: typeof detail.pass === 'boolean' ? detail.pass : undefined,
  photosBefore: typeof detail.photosBefore === 'number' ? detail.photosBefore : undefined,
  files,
})

const found: ReadonlySet<string> = new Set(['file', 'add', 'hazard', 'violation'])

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
  for (const { act, pass, photosBefore = 0, files } of entries) {
    if (act === 'reopen' || (act === 'check' && pass === false)) {
      after = []
      before.push(...files)
    } else if (act === 'solve-on-spot') {
      before.push(...files.slice(0, photosBefore))
      after.push(...files.slice(photosBefore))
    } else if (act === 'submit-result' || act === 'check') after.push(...files)
    else if (found.has(act)) before.push(...files)
  }
  return { before, after }
}
