/** Checkpoints that were kept outside this machine, held against what a recount found here. */
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { isContinued } from './merkle-tree.ts'
import { type SealFinding, sealFinding } from './seal-findings.ts'
import { noteIn } from './seal-ports.ts'
import { originOf } from './seals.ts'
import type { Recount } from './seals-recount.ts'

export interface Kept {
  /** The file that it was kept in. */
  readonly name: string
  readonly text: string
}

export interface KeptCheckpoint extends Checkpoint {
  readonly name: string
  /** What the delivery gave to show that the tree only grew. */
  readonly growth: { readonly from: number; readonly proof: readonly Buffer[] } | undefined
}

export interface OpenedKept {
  readonly checkpoints: readonly KeptCheckpoint[]
  readonly findings: readonly SealFinding[]
}

export function openKept(kept: readonly Kept[], publicKey: Buffer): OpenedKept {
  const checkpoints: KeptCheckpoint[] = []
  const findings: SealFinding[] = []
  for (const { name, text } of kept) {
    const opened = openCheckpoint(noteIn(text), publicKey)
    if (opened) checkpoints.push({ ...opened, name, growth: growthIn(text) })
    else findings.push(sealFinding('foreign', `checkpoint ${name}`))
  }
  return { checkpoints, findings }
}

function growthIn(text: string): KeptCheckpoint['growth'] {
  const lines = /^old (\d{1,15})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n/.exec(text)
  if (!lines) return undefined
  const proof = (lines[2] ?? '').split('\n').filter((line) => line !== '')
  return { from: Number(lines[1]), proof: proof.map((line) => Buffer.from(line, 'base64')) }
}

/** The sizes at which a recount of the street must tell its root. */
export const sizesOf = (kept: OpenedKept, streetId: number): number[] =>
  kept.checkpoints.filter(({ origin }) => origin === originOf(streetId)).map(({ size }) => size)

export function compareWithKept(recounts: readonly Recount[], kept: OpenedKept): SealFinding[] {
  const findings: SealFinding[] = [...kept.findings]
  const newest = new Map<string, KeptCheckpoint>()
  for (const one of [...kept.checkpoints].sort((a, b) => a.size - b.size)) {
    const where = `checkpoint ${one.size} (${one.name})`
    const before = newest.get(one.origin)
    newest.set(one.origin, one)
    if (before && one.growth?.from === before.size && !isContinued(before, one, one.growth.proof))
      findings.push(sealFinding('forked', where))
    const recount = recounts.find(({ streetId }) => originOf(streetId) === one.origin)
    const root = recount?.roots.get(one.size)
    if (!root) findings.push(sealFinding('cut-off', where))
    else if (!root.equals(one.root)) findings.push(sealFinding('rewritten', where))
  }
  return findings
}
