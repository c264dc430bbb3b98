/**
 * `npm run prove -- NAME [--seed N] [--size small|full] [--all]`: a table, and as the last line one JSON object.
 * `npm run prove -- all` runs every proof there is. With DATABASE_URL they work on that server, and tell what they leave out.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { givenUrl } from '../platform/testing/given-server.ts'
import type { Proof, Violation } from './proof.ts'
import { runAll } from './support/run-all.ts'

const here = dirname(fileURLToPath(import.meta.url))

async function load(name: string): Promise<Proof | undefined> {
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(join(here, `${name}.ts`)) || name === 'run')
    return undefined
  return ((await import(`./${name}.ts`)) as { proof?: Proof }).proof
}

/** A file that gives out a proof is one: nobody keeps a list. */
const allNames = (): string[] =>
  readdirSync(here)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => readFileSync(join(here, file), 'utf8').includes('\nexport const proof: Proof = {'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()

async function listNames(): Promise<void> {
  console.error('npm run prove -- NAME|all [--seed N] [--size small|full]')
  for (const name of allNames()) console.error(`  ${name.padEnd(12)} ${(await load(name))?.what}`)
}

function tellViolations(violations: readonly Violation[], most: number): void {
  const kinds = new Map<string, string[]>()
  for (const { what, where } of violations) kinds.set(what, [...(kinds.get(what) ?? []), where])
  for (const [what, places] of kinds) {
    console.log(`  VIOLATION ${what}: ${places.length}`)
    for (const place of places.slice(0, most)) console.log(`    ${place}`)
    if (places.length > most) console.log(`    … and ${places.length - most} more; --all shows them`)
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, size: { type: 'string', default: 'small' }, all: { type: 'boolean' } },
})
const size = values.size === 'full' ? 'full' : 'small'
const seed = Number(values.seed ?? process.env.SEED ?? Math.floor(Math.random() * 1_000_000))
const proof = await load(positionals[0] ?? '')
if (positionals[0] === 'all' && Number.isInteger(seed)) {
  const proofs = (await Promise.all(allNames().map(load))).flatMap((one) => one ?? [])
  process.exitCode = (await runAll({ proofs, seed, size })) > 0 ? 1 : 0
} else if (!proof || !Number.isInteger(seed)) {
  await listNames()
  process.exitCode = 2
} else {
  console.log(`${proof.name}: ${proof.what}\n  seed ${seed}, size ${size}`)
  const began = Date.now()
  const { checked, violations, notTried, figures } =
    givenUrl() !== undefined && proof.embeddedOnly !== undefined
      ? { checked: 0, violations: [], notTried: [`all of it: ${proof.embeddedOnly}`], figures: {} }
      : await proof.run({ seed, size, say: (line) => console.log(line) })
  for (const what of notTried ?? []) console.log(`  NOT TRIED on the server that DATABASE_URL names: ${what}`)
  tellViolations(violations, values.all ? violations.length : 5)
  const seconds = Math.round((Date.now() - began) / 100) / 10
  console.log(
    JSON.stringify({
      name: proof.name,
      seed,
      size,
      checked,
      violations: violations.length,
      seconds,
      ...(notTried ? { notTried } : {}),
      ...figures,
    }),
  )
  // Nothing checked is nothing proved.
  process.exitCode = violations.length > 0 ? 1 : checked === 0 ? 2 : 0
}
