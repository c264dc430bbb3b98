/** Every proof after another, each in a process of its own; goes on after a violation, so that one run names all. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Size } from '../proof.ts'
import { whenBrokenOff } from './broken-off.ts'
import { projectRoot } from './server-bundle.ts'
import { printTable } from './table.ts'

interface Closing {
  readonly checked: number
  readonly violations: number
}

export interface RunAll {
  readonly names: readonly string[]
  readonly seed: number
  readonly size: Size
}

/** @returns how many proofs found something or did not come to their end */
export async function runAll({ names, seed, size }: RunAll): Promise<number> {
  const began = Date.now()
  const rows: (readonly (string | number)[])[] = []
  let failed = 0
  for (const name of names) {
    const start = Date.now()
    const closing = await runOne(name, seed, size)
    const seconds = Math.round((Date.now() - start) / 1000)
    if (!closing || closing.violations > 0) failed += 1
    const told = closing ? [closing.checked, closing.violations] : ['', 'did not end']
    rows.push([name, ...told, seconds])
    console.log('')
  }
  printTable((line) => console.log(line), ['proof', 'checked', 'violations', 'seconds'], rows)
  const seconds = Math.round((Date.now() - began) / 1000)
  console.log(JSON.stringify({ name: 'all', seed, size, proofs: names.length, failed, seconds }))
  return failed
}

/** @returns what its last line says; undefined when it ended without one */
async function runOne(name: string, seed: number, size: Size): Promise<Closing | undefined> {
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
    process.stdout.write(chunk)
    text = (text + chunk).slice(-20_000)
  })
  await once(child, 'close')
  forget()
  try {
    const last = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as Partial<Closing> & { name?: string }
    if (last.name !== name || last.checked === undefined || last.violations === undefined) return undefined
    return { checked: last.checked, violations: last.violations }
  } catch {
    return undefined
  }
}
