/** What clients asked and were told, on disk before anything else happens: a crash of the proof would not blur it. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

export type JournalLine =
  | { t: 'ask'; key: string; caseId: string; act: string; client: number }
  | { t: 'told'; key: string; status: number; state: string; version: number }
  | { t: 'unknown'; key: string; why: string }

export interface Journal {
  readonly lines: readonly JournalLine[]
  /** Acts acknowledged so far. */
  told(): number
  /** Returns when the line would survive a loss of power. */
  write(line: JournalLine): void
  close(): void
}

export function openJournal(path: string): Journal {
  const file = openSync(path, 'ax', 0o600)
  const lines: JournalLine[] = []
  let told = 0
  return {
    lines,
    write: (line) => {
      writeSync(file, `${JSON.stringify(line)}\n`)
      fsyncSync(file)
      lines.push(line)
      if (line.t === 'told') told += 1
    },
    told: () => told,
    close: () => closeSync(file),
  }
}
