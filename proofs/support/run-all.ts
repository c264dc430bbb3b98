/**
 * Every proof, each in a process of its own, two at a time; goes on after a violation, so that one run names all. What a
 * proof says is printed when it ends, so that no two are mixed. One that judges how soon something happens runs by itself.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Proof, Size } from '../proof.ts'
import { whenBrokenOff } from './broken-off.ts'
import { projectRoot } from './server-bundle.ts'
import { printTable } from './table.ts'

interface Closing {
  readonly checked: number
  readonly violations: number
  /** What it left out on a given server. */
  readonly notTried?: readonly string[]
}

export interface RunAll {
  readonly proofs: readonly Pick<Proof, 'name' | 'alone'>[]
  readonly seed: number
  readonly size: Size
}

const lanes = 2

/** @returns how many proofs found something or did not come to their end */
export async function runAll({ proofs, seed, size }: RunAll): Promise<number> {
  const began = Date.now()
  const rows: (readonly (string | number)[])[] = []
  const left: string[] = []
  let failed = 0
  const run = async (name: string) => {
    const start = Date.now()
    const { text, closing } = await runOne(name, seed, size)
    if (!closing || closing.violations > 0) failed += 1
    const told = closing ? [closing.checked, closing.violations] : ['', 'did not end']
    for (const what of closing?.notTried ?? []) left.push(`${name}: ${what}`)
    rows.push([name, ...told, Math.round((Date.now() - start) / 1000)])
    console.log(`${text}\n`)
  }
  const together = proofs.filter(({ alone }) => !alone)
  const lane = async () => {
    for (let next = together.shift(); next; next = together.shift()) await run(next.name)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  for (const { name } of proofs.filter(({ alone }) => alone)) await run(name)
  printTable((line) => console.log(line), ['proof', 'checked', 'violations', 'seconds'], rows)
  for (const what of left) console.log(`  NOT TRIED ${what}`)
  const seconds = Math.round((Date.now() - began) / 1000)
  const notTried = left.length > 0 ? { notTried: left } : {}
  console.log(
    JSON.stringify({ name: 'all', seed, size, proofs: proofs.length, failed, ...notTried, seconds }),
  )
  return failed
}

/** @returns what it said, and what its last line says; undefined when it ended without one */
async function runOne(
  name: string,
  seed: number,
  size: Size,
): Promise<{ text: string; closing: Closing | undefined }> {
  const child = spawn(
    process.execPath,
    [...process.execArgv, 'proofs/run.ts', name, '--seed', String(seed), '--size', size],
    { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const forget = whenBrokenOff(() => {
    child.kill('SIGTERM')
    return once(child, 'close')
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  await once(child, 'close')
  forget()
  return { text, closing: closingOf(name, text) }
}

function closingOf(name: string, text: string): Closing | undefined {
  try {
    const last = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as Partial<Closing> & { name?: string }
    if (last.name !== name || last.checked === undefined || last.violations === undefined) return undefined
    const { checked, violations, notTried } = last
    return { checked, violations, ...(notTried ? { notTried } : {}) }
  } catch {
    return undefined
  }
}
