import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = join(mkdtempSync(join(tmpdir(), 'linli-start-')), '邻里 项目')
const project = fileURLToPath(new URL('..', import.meta.url))

/** A small project with our scripts: `message` is what its server prints, its exit code is 7. */
function write(message: string) {
  writeFileSync(
    join(folder, 'apps', 'server.ts'),
    `import { readFileSync } from 'node:fs'
    const sql: string = readFileSync(new URL('./migrations/0001-a-b.sql', import.meta.url), 'utf8')
    console.log('${message}', sql)
    process.exitCode = 7`,
  )
}

const start = () => spawnSync(process.execPath, [join(folder, 'scripts', 'start.mjs')], { encoding: 'utf8' })

beforeAll(() => {
  for (const name of ['apps', 'migrations', 'modules/cases/seeds', 'lib'])
    mkdirSync(join(folder, name), { recursive: true })
  cpSync(join(project, 'scripts'), join(folder, 'scripts'), { recursive: true })
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'migrations', '0001-a-b.sql'), 'select 1')
  write('one')
})

afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

test('a start builds what is missing, a later one just runs, an edited source is built again; the exit code is the server’s', () => {
  const first = start()
  expect([first.stdout, first.status]).toEqual(['one select 1\n', 7])
  expect(first.stderr).toContain('Building the programs')
  const second = start()
  expect([second.stdout, second.stderr]).toEqual(['one select 1\n', ''])
  write('two')
  const later = new Date(Date.now() + 5_000)
  utimesSync(join(folder, 'apps', 'server.ts'), later, later)
  expect(start().stdout).toBe('two select 1\n')
})

test('a production install without build tools runs the built files, and says what to do when there are none', () => {
  rmSync(join(folder, 'node_modules'))
  expect(start().stdout).toBe('two select 1\n')
  rmSync(join(folder, 'dist'), { recursive: true })
  const without = start()
  expect(without.status).toBe(1)
  expect(without.stderr).toContain('npm run build')
})
