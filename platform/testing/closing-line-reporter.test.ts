import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const project = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'linli-closing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs vitest on test files of these texts and gives its last line and exit code. */
function runTests(files: Record<string, string>) {
  const config = `import { ClosingLineReporter } from '${project}platform/testing/closing-line-reporter.ts'
    export default { test: { reporters: [new ClosingLineReporter()], passWithNoTests: false } }`
  for (const [name, text] of Object.entries({ ...files, 'vitest.config.mts': config })) {
    writeFileSync(join(folder, name), text)
  }
  const { LINLI_TEST_COUNTS: _, ...env } = process.env
  const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs')
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
    encoding: 'utf8',
    env,
    cwd: folder,
  })
  return { last: run.stdout.trim().split('\n').at(-1), status: run.status }
}

test('failed tests, files that do not load and errors outside tests all count as failed', () => {
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
  const head = "import { expect, test } from 'vitest'\n"
  const passes = { 'a.test.ts': `${head}test('a', () => {})\ntest('b', () => {})` }
  expect(runTests(passes)).toEqual({ last: '2 passed, 0 failed', status: 0 })
  const files = {
    ...passes,
    'c.test.ts': `${head}test('c', () => expect(1).toBe(2))`,
    'd.test.ts': "import './nowhere.ts'",
    'e.test.ts': `${head}test('e', () => void Promise.reject(new Error('lost')))`,
  }
  expect(runTests(files)).toEqual({ last: '3 passed, 3 failed', status: 1 })
})
