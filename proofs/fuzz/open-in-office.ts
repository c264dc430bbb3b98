/** Every export opened by LibreOffice, as whoever gets one would: no cell of it may have been computed. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Violation } from '../proof.ts'
import { csvCells, type ExportedFile, runs } from './formulas.ts'

const places = ['/usr/bin/soffice', '/usr/bin/libreoffice', '/opt/libreoffice/program/soffice']
const office = (): string | undefined =>
  [process.env.LINLI_SOFFICE ?? '', ...places].find((path) => path !== '' && existsSync(path))

export interface OpenedInOffice {
  /** Files that it opened; null where there is no LibreOffice. */
  readonly opened: number | null
  readonly checked: number
  readonly violations: readonly Violation[]
}

/** Comma, double quote, UTF-8, from line 1; all as text fields; cells as shown, formulas as formulas; every sheet. */
const filter = (formulas: boolean) =>
  `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,${formulas ? 'false,true' : 'true,false'},false,-1`

export async function openInOffice(
  files: readonly ExportedFile[],
  say: (line: string) => void,
): Promise<OpenedInOffice> {
  const program = office()
  if (program === undefined) {
    say(
      '  NOT RUN: exports were not opened by LibreOffice, for there is none here (apt-get install libreoffice-calc)',
    )
    return { opened: null, checked: 0, violations: [] }
  }
  const folder = mkdtempSync(join(tmpdir(), 'linli-proof-office-'))
  const violations: Violation[] = []
  const names = new Map<string, ExportedFile>()
  let checked = 0
  try {
    for (const [nth, file] of files.filter(({ ending }) => ending !== 'docx').entries()) {
      names.set(`e${nth}`, file)
      writeFileSync(join(folder, `e${nth}.${file.ending}`), file.bytes)
    }
    for (const formulas of [false, true]) {
      const out = join(folder, formulas ? 'formulas' : 'shown')
      mkdirSync(out)
      await convert(
        program,
        folder,
        out,
        filter(formulas),
        [...names].map(([name, { ending }]) => join(folder, `${name}.${ending}`)),
      )
      for (const [name, file] of names) {
        const made = readdirSync(out).filter((one) => one.startsWith(`${name}-`) || one === `${name}.csv`)
        if (made.length === 0)
          violations.push({ what: 'LibreOffice does not open an export', where: file.name })
        for (const one of made)
          for (const cell of csvCells(readFileSync(join(out, one), 'utf8'))) {
            checked += 1
            if (isComputed(cell, formulas))
              violations.push({
                what: 'LibreOffice computes a cell of an export',
                where: `${file.name}: ${cell.slice(0, 80)}`,
              })
          }
      }
    }
    return { opened: names.size, checked, violations }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What one of our formulas shows when it was run, or what it looks like where formulas are written out. */
const isComputed = (cell: string, formulas: boolean): boolean =>
  formulas ? runs(cell) : /^(?:ran|-?11,?111|Err:\d+|#(?:NAME|REF|VALUE|N\/A|DIV)\S*)$/.test(cell.trim())

// The names of sheets become names of files, so the office must know Chinese ones.
async function convert(
  program: string,
  folder: string,
  out: string,
  to: string,
  files: readonly string[],
): Promise<void> {
  const child = spawn(
    program,
    [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      '--headless',
      '--norestore',
      '--convert-to',
      to,
      '--outdir',
      out,
      ...files,
    ],
    { stdio: 'ignore', timeout: 300_000, env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8' } },
  )
  await new Promise((resolve, reject) => child.on('exit', resolve).on('error', reject))
}
