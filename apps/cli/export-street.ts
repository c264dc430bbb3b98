/** `export`: all cases of a street, without anybody's contact; the audit trail says so. */
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import {
  noteStreetExport,
  type StreetCaseRecord,
  streetCaseColumns,
  streetCases,
} from '../../modules/cases/server/index.ts'
import { type Command, refuseUsage, streetActor, withApp, wrongInput } from './command.ts'

/** Rule: OWASP, CSV injection: a text that a spreadsheet would run stays a text. */
function csvCell(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : String(value ?? '')
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

const formats = {
  jsonl: {
    head: '',
    row: (record: StreetCaseRecord) =>
      JSON.stringify(Object.fromEntries(streetCaseColumns.map((name) => [name, record[name]]))),
  },
  csv: {
    // The mark lets Excel read UTF-8.
    head: `\uFEFF${streetCaseColumns.join(',')}\r\n`,
    row: (record: StreetCaseRecord) =>
      `${streetCaseColumns.map((name) => csvCell(record[name])).join(',')}\r`,
  },
} as const

export const exportCommand: Command = {
  name: 'export',
  usage: 'FILE.jsonl|FILE.csv --street CODE',
  zh: '导出街道的全部诉求（不含联系方式，审计留痕）',
  en: 'Export all cases of a street, without contacts; leaves a trace in the audit',
  options: { street: 'string' },
  async run(call) {
    const [file = '', ...more] = call.words
    const kind = file.endsWith('.jsonl') ? 'jsonl' : file.endsWith('.csv') ? 'csv' : undefined
    if (kind === undefined || more.length > 0) throw refuseUsage(exportCommand)
    if (existsSync(file))
      throw wrongInput(`${file} 已经存在，没有改动它。`, `${file} is there already and was left alone.`)
    return withApp(call, async ({ pool }) => {
      const actor = await streetActor(pool, call)
      await noteStreetExport(pool, actor, new Date(), kind)
      const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
      const format = formats[kind]
      out.write(format.head)
      let added = 0
      for await (const record of streetCases(pool, actor)) {
        if (call.signal.aborted) break
        if (!out.write(`${format.row(record)}\n`)) await once(out, 'drain')
        if (++added % 5_000 === 0) call.say(`  ${added}`)
      }
      out.end()
      await finished(out)
      return {
        lines: [`已导出 ${added} 件：${file}`, `Exported ${added} cases: ${file}`],
        result: { added, skipped: 0, failed: 0, stopped: call.signal.aborted },
        failed: call.signal.aborted,
      }
    })
  },
}
