/** Every regular expression of the source on 100 KB of hostile text. Rule: quality.md R42. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import ts from 'typescript'
import type { OperationContract } from '../../lib/contract.ts'
import { createSeededRandom } from '../../lib/seeded-random.ts'
import type { ProofRun, Violation } from '../proof.ts'
import { projectRoot } from '../support/server-bundle.ts'

export interface Pattern {
  readonly source: string
  readonly flags: string
  readonly where: string
}

/** The program, server and screens; what tests, builds and makes up the demo meets no stranger's text. */
const folders = ['lib', 'platform', 'modules', 'apps', 'ui']
const notServed = /\.test\.ts$|\/testing\/|\/seeds\/|\/dist\//

function patternsOfSource(): Pattern[] {
  return folders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true })
      .map((name) => `${folder}/${String(name)}`)
      .filter((name) => /\.(?:ts|vue)$/.test(name) && !notServed.test(name))
      .flatMap(patternsOf),
  )
}

function patternsOf(file: string): Pattern[] {
  const whole = readFileSync(join(projectRoot, file), 'utf8')
  const text = file.endsWith('.vue') ? (/<script[^>]*>(.*?)<\/script>/s.exec(whole)?.[1] ?? '') : whole
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, false)
  const found: Pattern[] = []
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), where: file })
    }
    ts.forEachChild(node, walk)
  }
  walk(source)
  return found
}

/** A schema of a contract is asked before anything else. */
function patternsOfSchema(schema: unknown, where: string): Pattern[] {
  if (schema === null || typeof schema !== 'object') return []
  const own = (schema as { pattern?: unknown }).pattern
  return [
    ...(typeof own === 'string' ? [{ source: own, flags: 'u', where }] : []),
    ...Object.values(schema).flatMap((inner) => patternsOfSchema(inner, where)),
  ]
}

export function allPatterns(contracts: readonly OperationContract[]): Pattern[] {
  const all = [
    ...patternsOfSource(),
    ...contracts.flatMap(({ name, params, query, body }) =>
      [params, query, body].flatMap((schema) => patternsOfSchema(schema, name)),
    ),
  ]
  return [...new Map(all.map((one) => [`/${one.source}/${one.flags}`, one])).values()]
}

const textBytes = 100_000
const mostMs = 50
/** After this the worker is ended: it would go on for hours. */
const giveUpMs = 3_000
const drawnAtSmall = 30

/** In the worker: each text is repeated signs, whole or with a last one that fits nothing; the fastest of three counts. */
const program = `
const { parentPort } = require('node:worker_threads')
const most = ${mostMs}
const size = ${textBytes}
const general = ['a', 'A', '0', ' ', '\\t', '\\n', '-', '/', '.', ',', '"', "'", '(', '<', '=', ':', '_', '\\u3000', '汉', '号', '\\ud842\\udfb7', 'ab', 'a ', '0-', '1,', 'a.', ' \\n', '../', '<a ', '""', '((', '{{']
parentPort.on('message', ({ source, flags }) => {
  const signs = new Set(general)
  for (const sign of source.replace(/\\\\./g, '')) if (sign.trim()) signs.add(sign)
  for (const words of source.match(/[\\p{L}\\p{N}]{2,8}/gu) ?? []) signs.add(words)
  let slowest = 0
  let worst = ''
  for (const sign of signs)
    for (const last of ['', '\\u0001', '\\u0001' + sign]) {
      const text = sign.repeat(Math.ceil(size / sign.length)) + last
      let best = Infinity
      for (let turn = 0; turn < 3 && best > most; turn += 1) {
        const pattern = new RegExp(source, flags)
        const began = performance.now()
        pattern.global ? text.replace(pattern, '') : pattern.test(text)
        best = Math.min(best, performance.now() - began)
      }
      if (best > slowest) { slowest = best; worst = sign + '…' + last }
    }
  parentPort.postMessage({ slowest, worst })
})`

export interface PatternsTried {
  readonly checked: number
  readonly all: number
  readonly violations: readonly Violation[]
}

export async function tryPatterns(
  run: ProofRun,
  contracts: readonly OperationContract[],
): Promise<PatternsTried> {
  const all = allPatterns(contracts)
  const tried =
    run.size === 'full' ? all : createSeededRandom(`${run.seed} patterns`).shuffle(all).slice(0, drawnAtSmall)
  const violations: Violation[] = []
  let worker = new Worker(program, { eval: true })
  for (const pattern of tried) {
    const told = await new Promise<{ slowest: number; worst: string } | undefined>((resolve) => {
      const late = setTimeout(() => resolve(undefined), giveUpMs)
      worker.once('message', (message: { slowest: number; worst: string }) => {
        clearTimeout(late)
        resolve(message)
      })
      worker.postMessage({ source: pattern.source, flags: pattern.flags })
    })
    const where = `${pattern.where}: /${pattern.source}/${pattern.flags}`
    if (told === undefined) {
      violations.push({ what: 'a pattern does not come to an end on a hostile text', where })
      await worker.terminate()
      worker = new Worker(program, { eval: true })
    } else if (told.slowest > mostMs)
      violations.push({
        what: 'a pattern is slow on a hostile text',
        where: `${where} ${Math.round(told.slowest)} ms on ${JSON.stringify(told.worst)}`,
      })
  }
  await worker.terminate()
  return { checked: tried.length, all: all.length, violations }
}
