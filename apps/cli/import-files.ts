/** `import …`: divisions, areas and requests from files. Run again they add nothing; Ctrl-C stops between two batches. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Datum } from '../../lib/datum.ts'
import {
  type ImportReport,
  importAreaGeojson,
  importDivisions,
  type Progress,
} from '../../modules/areas/server/index.ts'
import { importRequests, type RequestMapping, requestFields } from '../../modules/cases/server/index.ts'
import {
  type Call,
  type Command,
  doneLine,
  type Outcome,
  refuseUsage,
  streetActor,
  withApp,
  wrongInput,
} from './command.ts'

const datums: readonly Datum[] = ['wgs84', 'cgcs2000', 'gcj02', 'bd09']

/** Plain or gzipped. */
function readText(file: string): string {
  try {
    const bytes = readFileSync(file)
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
  } catch {
    throw wrongInput(`读不了文件 ${file}。`, `The file ${file} cannot be read.`)
  }
}

const progressOf =
  (call: Call) =>
  ({ done, total }: Progress) =>
    call.say(`  ${done} / ${total}`)

/** A file as a whole that the importer cannot read is told in its words. */
async function reading(file: string, work: Promise<ImportReport>): Promise<ImportReport> {
  return work.catch((cause: unknown) => {
    if (!(cause instanceof Error) || cause.name !== 'Error') throw cause
    throw wrongInput(
      `文件 ${file} 无法导入：${cause.message}`,
      `${file} cannot be imported: ${cause.message}`,
    )
  })
}

const toldFaults = 20

function outcomeOf(call: Call, reports: readonly { file: string; report: ImportReport }[]): Outcome {
  const sum = (count: (report: ImportReport) => number) =>
    reports.reduce((total, { report }) => total + count(report), 0)
  const totals = {
    added: sum((report) => report.added),
    changed: sum((report) => report.changed),
    skipped: sum((report) => report.skipped),
    failed: sum((report) => report.failed.length),
  }
  const stopped = reports.some(({ report }) => report.stopped)
  const faults = reports.flatMap(({ file, report }) => report.failed.map((fault) => ({ file, ...fault })))
  for (const { file, line, reason } of faults.slice(0, toldFaults)) call.say(`  ${file}:${line} ${reason}`)
  if (faults.length > toldFaults) call.say(`  … ${faults.length - toldFaults}`)
  return {
    lines: [
      ...doneLine(totals),
      ...(stopped ? ['已中止，再次运行会接着导入。 Stopped; run it again to go on.'] : []),
    ],
    result: { ...totals, stopped, faults },
    failed: totals.failed > 0 || stopped,
  }
}

export const divisionsImport: Command = {
  name: 'import divisions',
  usage: 'FILE…',
  zh: '导入行政区划代码（CSV）',
  en: 'Import division codes (CSV)',
  async run(call) {
    if (call.words.length === 0) throw refuseUsage(divisionsImport)
    const texts = call.words.map((file) => ({ file, text: readText(file) }))
    return withApp(call, async ({ pool }) => {
      const reports: { file: string; report: ImportReport }[] = []
      for (const { file, text } of texts) {
        if (call.signal.aborted) break
        call.say(file)
        const work = importDivisions({ pool, text, onProgress: progressOf(call), signal: call.signal })
        reports.push({ file, report: await reading(file, work) })
      }
      return outcomeOf(call, reports)
    })
  },
}

export const areasImport: Command = {
  name: 'import areas',
  usage: `FILE --street CODE --datum ${datums.join('|')} [--synthetic]`,
  zh: '导入社区、网格及边界（GeoJSON）',
  en: 'Import areas and their boundaries (GeoJSON)',
  options: { street: 'string', datum: 'string', synthetic: 'boolean' },
  async run(call) {
    const [file, ...more] = call.words
    if (!file || more.length > 0) throw refuseUsage(areasImport)
    const datum = datums.find((each) => each === call.option('datum'))
    if (!datum)
      throw wrongInput(
        `请用 --datum 说明坐标系（${datums.join('、')}），程序不猜。`,
        `Say with --datum what the coordinates are measured in (${datums.join(', ')}); it is never guessed.`,
      )
    const text = readText(file)
    return withApp(call, async ({ pool }) => {
      const actor = await streetActor(pool, call)
      const work = importAreaGeojson({
        pool,
        actor,
        text,
        datum,
        synthetic: call.flag('synthetic'),
        at: new Date(),
        onProgress: progressOf(call),
        signal: call.signal,
      })
      return outcomeOf(call, [{ file, report: await reading(file, work) }])
    })
  },
}

function readMapping(file: string | undefined): RequestMapping {
  if (file === undefined) return {}
  try {
    const mapping = JSON.parse(readText(file)) as Record<string, unknown>
    const fits = Object.entries(mapping).every(
      ([field, column]) => requestFields.some((known) => known === field) && typeof column === 'string',
    )
    if (fits && !Array.isArray(mapping)) return mapping as RequestMapping
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw wrongInput(
    `对应表 ${file} 应为 JSON：我们的字段（${requestFields.join('、')}）→ 列名。`,
    `The mapping ${file} must be JSON: our fields (${requestFields.join(', ')}) → column names.`,
  )
}

export const requestsImport: Command = {
  name: 'import requests',
  usage: 'FILE --street CODE [--mapping FILE] [--source NAME]',
  zh: '导入其他系统的诉求与答复（JSONL 或 CSV，可 gzip 压缩）',
  en: 'Import requests and replies of another system (JSONL or CSV, gzipped or not)',
  options: { street: 'string', mapping: 'string', source: 'string' },
  async run(call) {
    const [file, ...more] = call.words
    if (!file || more.length > 0) throw refuseUsage(requestsImport)
    const mapping = readMapping(call.option('mapping'))
    const text = readText(file)
    const source = call.option('source') ?? basename(file).replace(/(\.(jsonl|json|csv|gz))+$/i, '')
    return withApp(call, async ({ pool, keys }) => {
      const actor = await streetActor(pool, call)
      const at = new Date()
      const work = importRequests({
        pool,
        keys,
        actor,
        text,
        source,
        mapping,
        at,
        onProgress: progressOf(call),
        signal: call.signal,
      })
      return outcomeOf(call, [{ file, report: await reading(file, work) }])
    })
  },
}
