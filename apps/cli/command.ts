/** What every command of the command line is given and how it refuses. */
import { parseArgs } from 'node:util'
import { findStreet } from '../../modules/areas/server/index.ts'
import { type Actor, systemActor } from '../../platform/actor.ts'
import { inTransaction, openPool, type Pool } from '../../platform/db.ts'
import { type Keys, openKeys } from '../../platform/keys.ts'
import { readSettings, type Settings } from '../../platform/settings.ts'
import { StartupRefusal } from '../../platform/startup-refusal.ts'
import { type OpenDatabase, openDatabase } from '../open-database.ts'

/** What is told at the end: a sentence for people, an object for programs. */
export interface Outcome {
  lines: readonly string[]
  result: Record<string, unknown>
  /** Something did not work; the exit code says so. */
  failed?: boolean
}

export interface Call {
  /** Words after the command's own. */
  words: readonly string[]
  /** The value of `--name VALUE`. */
  option(name: string): string | undefined
  flag(name: string): boolean
  settings: Settings
  /** Progress, on standard error. */
  say(line: string): void
  /** Ctrl-C: stop at the next good place. */
  signal: AbortSignal
}

export interface Command {
  /** `street create`: one or two words. */
  name: string
  /** What follows the name. */
  usage: string
  zh: string
  en: string
  options?: Readonly<Record<string, 'string' | 'boolean'>>
  run(call: Call): Promise<Outcome>
}

export const wrongInput = (zh: string, en: string) => new StartupRefusal('cli/wrong-input', { zh, en })

export function readCall(command: Command, argv: readonly string[], signal: AbortSignal): Call {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, json: 'boolean' as const }).map(([name, type]) => [name, { type }]),
  )
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (cause) {
    throw wrongInput(
      `参数有误，用法：linli ${command.name} ${command.usage}`,
      `${cause instanceof Error ? cause.message.split('. ')[0] : 'Wrong options'}. Usage: linli ${command.name} ${command.usage}`,
    )
  }
  const { values, positionals } = parsed
  return {
    words: positionals,
    option: (name) => (typeof values[name] === 'string' ? (values[name] as string) : undefined),
    flag: (name) => values[name] === true,
    settings: readSettings(),
    say: (line) => console.error(line),
    signal,
  }
}

export function refuseUsage(command: Pick<Command, 'name' | 'usage'>): StartupRefusal {
  return wrongInput(
    `用法：linli ${command.name} ${command.usage}`,
    `Usage: linli ${command.name} ${command.usage}`,
  )
}

export interface OpenApp {
  database: OpenDatabase
  pool: Pool
  keys: Keys
}

/** The migrated database for the length of a command; a running server is joined, not disturbed. */
export async function withApp<T>(call: Call, use: (app: OpenApp) => Promise<T>): Promise<T> {
  const database = await openDatabase(call.settings, call.say)
  const pool = openPool(database.appUrl, 3, 'linli-cli')
  try {
    return await use({ database, pool, keys: openKeys(database.folder.keys) })
  } finally {
    await pool.end()
    await database.stop()
  }
}

/** The system in the street of `--street CODE`. */
export async function streetActor(pool: Pool, call: Call): Promise<Actor> {
  const code = call.option('street')
  if (!code) throw wrongInput('请用 --street 指明街道代码。', 'Name the street with --street CODE.')
  const street = await inTransaction(pool, { actor: undefined }, (tx) => findStreet(tx, code))
  if (!street)
    throw wrongInput(
      `没有代码为 ${code} 的街道。先用 linli street create 建立。`,
      `There is no street ${code}. Make it first: linli street create.`,
    )
  return systemActor(street.streetId, `s${street.code}`)
}

export const doneLine = (report: { added: number; changed?: number; skipped: number; failed: number }) => [
  `新增 ${report.added}，更新 ${report.changed ?? 0}，已有 ${report.skipped}，未导入 ${report.failed}。`,
  `Added ${report.added}, changed ${report.changed ?? 0}, there already ${report.skipped}, not imported ${report.failed}.`,
]
