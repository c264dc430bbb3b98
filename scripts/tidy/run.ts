/** `npm run check` calls this after types, lint and imports: the house rules that no linter knows. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { readMigrations } from '../../platform/migrate.ts'
import { asvsFile, findAsvsFaults } from './asvs.ts'
import { type Finding, findBannedConcepts, isSearched } from './banned-concepts.ts'
import { findHouseFaults, longFiles } from './house-rules.ts'

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter(
    (file) =>
      /\.(?:ts|mts|mjs|cjs|vue|sql|css|html|md|json|csv)$|^\.ci\/run$/.test(file) &&
      file !== 'package-lock.json',
  )
  .filter((file) => {
    try {
      return statSync(file).isFile()
    } catch {
      return false
    }
  })

const findings: Finding[] = []
for (const file of files) {
  const text = readFileSync(file, 'utf8')
  if (isSearched(file)) findings.push(...findBannedConcepts(file, text))
  findings.push(...findHouseFaults(file, text))
}
findings.push(
  ...longFiles(files.map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))),
)
findings.push(
  ...findAsvsFaults(readFileSync(asvsFile, 'utf8'), (file) => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return undefined
    }
  }),
)
try {
  readMigrations('migrations')
} catch (error) {
  findings.push({ file: 'migrations', line: 0, what: (error as Error).message })
}

for (const { file, line, what } of findings) console.error(`${file}:${line}  ${what}`)
console.log(`tidy: ${files.length} files, ${findings.length} findings`)
process.exit(findings.length > 0 ? 1 : 0)
