/**
 * Set-up of every test file: whatever statement a test server sends for a request is held against what Citus asks of
 * statements, each text once a process. A new one that breaks a rule fails the file in which it is heard.
 */
import { Client } from 'pg'
import { afterAll, expect, inject } from 'vitest'
import { appRole } from '../database-roles.ts'
import { catalogueFrom } from './citus-catalogue.ts'
import { knownFaults } from './citus-known-faults.ts'
import { examineStatement, parseStatements, readParser, rules } from './citus-statements.ts'
import { inRequest } from './in-request.ts'

/** Kept over the test files of a process. */
const heard = (globalThis as { linliHeard?: Heard }).linliHeard ?? listen()

interface Heard {
  /** Not looked at yet. */
  readonly fresh: Set<string>
  readonly seen: Set<string>
}

function listen(): Heard {
  const made: Heard = { fresh: new Set(), seen: new Set() }
  ;(globalThis as { linliHeard?: Heard }).linliHeard = made
  const send = Client.prototype.query
  Client.prototype.query = function listening(this: Client, ...args: unknown[]) {
    const [query] = args
    const text = typeof query === 'string' ? query : (query as { text?: string } | undefined)?.text
    if (text && !made.seen.has(text) && isOfProduct(this, text)) made.fresh.add(text)
    return Reflect.apply(send, this, args)
  } as typeof send
  return made
}

/** What goes with the beginning and the end of an act is context and calls of functions, with values in its text. */
function isOfProduct(client: Client, text: string): boolean {
  const { user, options } = (
    client as unknown as { connectionParameters: { user?: string; options?: string } }
  ).connectionParameters
  // What a test does by itself is no statement of the product: it looks behind walls on purpose.
  const served = inRequest.getStore() && (user === appRole || options?.endsWith(`role=${appRole}`))
  return (
    served === true && /^\s*(?:select|insert|update|delete|with)\b/i.test(text) && !/;\s*commit$/.test(text)
  )
}

afterAll(async () => {
  const names = inject('citus')
  if (heard.fresh.size === 0 || names === undefined) return
  await readParser()
  const catalogue = catalogueFrom(names)
  const faults: string[] = []
  for (const text of heard.fresh) {
    heard.seen.add(text)
    for (const statement of parseStatements(text))
      for (const { rule, about } of examineStatement(statement, catalogue))
        if (!knownFaults[rule].includes(about)) faults.push(`${about} ${rules[rule]}: ${text}`)
  }
  heard.fresh.clear()
  expect(faults, 'what a cluster of Citus would refuse (platform/testing/citus-statements.ts)').toEqual([])
})
