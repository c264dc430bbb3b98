/** One line a scenario, kept as they were measured, and a page with a chart of them: docs/bench. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ResultLine {
  readonly scenario: string
  readonly row?: string
  /** Cases, buildings or rows before the measurement. */
  readonly size: number
  /** How often as quick as what it is measured against, or which share; absent where there is nothing to divide. */
  readonly ratio?: number
  readonly target?: { readonly against?: string; readonly atLeast?: number; readonly atMost?: number }
  readonly met?: boolean
  readonly [figure: string]: unknown
}

/** Where each bench says its ratio. */
const ratioNames = ['ratio', 'ratioToGroupBy', 'farToFirst', 'toStatement']

/** The line of a bench's result. The ratio is that to what the target names, the worst where several were measured. */
export function resultLine(
  asked: { readonly name: string; readonly row?: string; readonly rows: number },
  result: Readonly<Record<string, unknown>>,
): ResultLine {
  const { name: scenario, rows: size, ...rest } = asked
  const ratio = ratioOf(result)
  return { scenario, ...rest, size, ...(ratio === undefined ? {} : { ratio }), ...result } as ResultLine
}

function ratioOf(result: Readonly<Record<string, unknown>>): number | undefined {
  const { against } = (result.target ?? {}) as { against?: string }
  const named =
    against === 'statements' ? result.toStatements : against === 'bare' ? result.toBare : undefined
  const told = named ?? ratioNames.map((name) => result[name]).find((value) => typeof value === 'number')
  if (typeof told === 'number') return told
  const several = [result.measured, result.rows].find(Array.isArray) as Record<string, unknown>[] | undefined
  const ratios = (several ?? []).flatMap((one) => {
    const found = ratioNames.map((key) => one[key]).find((value) => typeof value === 'number')
    return typeof found === 'number' ? [found] : []
  })
  return ratios.length > 0 ? Math.min(...ratios) : undefined
}

const resultsFile = 'results.jsonl'

/** Adds lines to the kept ones, with their day, and writes the page anew. */
export function keepResults(folder: string, lines: readonly ResultLine[], on: string): void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, resultsFile)
  for (const line of lines) appendFileSync(file, `${JSON.stringify({ on, ...line })}\n`)
  writePage(folder)
}

/** The page and its chart from the kept lines: the newest of each scenario and size. */
export function writePage(folder: string): void {
  const file = join(folder, resultsFile)
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : []
  const newest = new Map<string, KeptLine>()
  for (const text of kept) {
    const line = JSON.parse(text) as KeptLine
    newest.set(`${line.scenario} ${line.size}`, line)
  }
  const lines = [...newest.values()].sort(
    (a, b) => rowNumber(a) - rowNumber(b) || a.scenario.localeCompare(b.scenario) || a.size - b.size,
  )
  writeFileSync(join(folder, 'README.md'), pageOf(lines))
  writeFileSync(join(folder, 'ratios.svg'), chartOf(lines))
}

type KeptLine = ResultLine & { readonly on: string }

const rowNumber = ({ row }: ResultLine): number => Number(row?.slice(1) ?? 99)
const limitOf = ({ target }: ResultLine): string =>
  target?.atLeast !== undefined
    ? `≥ ${target.atLeast}`
    : target?.atMost !== undefined
      ? `≤ ${target.atMost}`
      : ''

function pageOf(lines: readonly KeptLine[]): string {
  const cell = (value: unknown) => String(value ?? '').replaceAll('|', '\\|')
  return [
    '# What was measured',
    '',
    'Written by `npm run bench -- page` from [`results.jsonl`](results.jsonl), the lines that `npm run bench -- all --keep` adds. Ratios are',
    'measured side by side in one run; what each is against stands in [bench](../../bench/README.md). The newest of each scenario and size;',
    'the load is that of the machine when it began: above 2 its two cores were shared.',
    '',
    '![Ratio to the target](ratios.svg)',
    '',
    '| Row | Scenario | Size | Ratio | Against | Asked | Met | On | Load |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines.map((line) =>
      [
        '',
        cell(line.row),
        cell(line.scenario),
        cell(line.size.toLocaleString('en')),
        cell(line.ratio),
        cell(line.target?.against),
        limitOf(line),
        line.met === undefined ? '' : line.met ? 'yes' : '**no**',
        line.on,
        cell(line.load),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
  ].join('\n')
}

/** Share of the target that was reached, so that all scenarios fit one axis: 1 is what is asked. */
export function shareOfTarget({ ratio, target }: ResultLine): number | undefined {
  if (ratio === undefined || ratio <= 0) return undefined
  if (target?.atLeast !== undefined) return ratio / target.atLeast
  if (target?.atMost !== undefined) return target.atMost / ratio
  return undefined
}

const barHeight = 18
const left = 190
const width = 460
/** Bars longer than that are cut and say their number. */
const most = 4

/** Bars of that share over a line at 1. Plain SVG, no script, in the colours of the page it stands on. */
function chartOf(lines: readonly KeptLine[]): string {
  const bars = lines.flatMap((line) => {
    const share = shareOfTarget(line)
    return share === undefined ? [] : [{ line, share }]
  })
  const height = bars.length * (barHeight + 8) + 44
  const scale = width / most
  const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 70}" height="${height}" font-family="sans-serif" font-size="12">`,
    '<title>Share of the target that each scenario reached; 1 is what is asked</title>',
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...bars.flatMap(({ line, share }, index) => {
      const y = 28 + index * (barHeight + 8)
      const name = `${line.row ?? ''} ${line.scenario} · ${line.size.toLocaleString('en')}`.trim()
      const fill = line.met === false ? '#c2410c' : '#0f766e'
      return [
        `<text x="${left - 8}" y="${y + 13}" text-anchor="end" fill="#1f2937">${plain(name)}</text>`,
        `<rect x="${left}" y="${y}" width="${(Math.min(share, most) * scale).toFixed(0)}" height="${barHeight}" fill="${fill}"/>`,
        `<text x="${(left + Math.min(share, most) * scale + 6).toFixed(0)}" y="${y + 13}" fill="#1f2937">${share.toFixed(2)}</text>`,
      ]
    }),
    `<line x1="${left + scale}" x2="${left + scale}" y1="20" y2="${height - 12}" stroke="#1f2937" stroke-dasharray="3 3"/>`,
    `<text x="${left + scale}" y="14" text-anchor="middle" fill="#1f2937">asked</text>`,
    '</svg>',
    '',
  ].join('\n')
}
