/** Archives whose members would be written or read elsewhere, for everything that opens one. Rule: quality.md R29. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import exceljs from 'exceljs'
import { backupFormat, backupVersion } from '../../platform/backup.ts'
import { readMigrations } from '../../platform/migrate.ts'
import { openZip } from '../../platform/sheets/open-zip.ts'
import { ZipWriter } from '../../platform/sheets/zip-writer.ts'

export interface Archive {
  readonly what: string
  readonly bytes: Buffer
}

const bad = Buffer.from('linli-was-here')

/** Names of members that climb out, in a zip. */
const climbing = (outside: string): readonly string[] => [
  '../linli-was-here',
  '../../../../../../../../tmp/linli-was-here',
  '/tmp/linli-was-here',
  `${outside}/linli-was-here`,
  '..\\..\\tmp\\linli-was-here',
  'C:\\linli-was-here',
  '\\\\host\\share\\linli-was-here',
  'xl/../../linli-was-here',
  './../linli-was-here',
  'xl/worksheets/../../../linli-was-here',
  '..%2flinli-was-here',
  '．．／linli-was-here',
  'linli\u0000was-here',
  '..',
  '.',
  '/',
  '',
  `${'d/'.repeat(300)}linli-was-here`,
  'CON',
  'xl/linli-was-here/',
]

/** A workbook of one cell as a list of its parts. */
async function workbookParts(): Promise<(readonly [string, Buffer])[]> {
  const book = new exceljs.Workbook()
  book.addWorksheet('表').addRows([
    ['编码', '名称'],
    ['a1', '一'],
  ])
  const zip = openZip(Buffer.from(await book.xlsx.writeBuffer()))
  return zip.names.map((name) => [name, zip.part(name) ?? Buffer.alloc(0)] as const)
}

export const zipOf = (parts: readonly (readonly [string, Buffer])[]): Buffer => {
  const writer = new ZipWriter()
  for (const [name, content] of parts) writer.add(name, content)
  return writer.end()
}

/** Whole workbooks with a member, or a word inside, that points outside; `secret` is a file there. */
export async function hostileWorkbooks(outside: string, secret: string): Promise<Archive[]> {
  const parts = await workbookParts()
  const withWord = (what: string, part: RegExp, change: (text: string) => string): Archive => ({
    what,
    bytes: zipOf(
      parts.map(([name, content]) =>
        part.test(name)
          ? ([name, Buffer.from(change(content.toString()))] as const)
          : ([name, content] as const),
      ),
    ),
  })
  const rels = /xl\/_rels\/workbook\.xml\.rels$/
  const sheet = /xl\/worksheets\/sheet1\.xml$/
  const targetOf =
    (target: string, mode = '') =>
    (text: string) =>
      text.replace(/Target="worksheets\/sheet1\.xml"/, `Target="${target}"${mode}`)
  return [
    ...climbing(outside).map((name) => ({
      what: `a member called ${JSON.stringify(name.slice(0, 60))}`,
      bytes: zipOf([...parts, [name, bad]]),
    })),
    withWord('a sheet that is a file outside', rels, targetOf(`../../../../../../..${secret}`)),
    withWord('a sheet by a whole path', rels, targetOf(secret)),
    withWord('a sheet of another machine', rels, targetOf(`file://${secret}`, ' TargetMode="External"')),
    withWord('words of a file as an entity', sheet, (text) =>
      text
        .replace('<worksheet', `<!DOCTYPE x [<!ENTITY y SYSTEM "file://${secret}">]><worksheet`)
        .replace(
          '<sheetData>',
          '<sheetData><row r="9"><c r="A9" t="inlineStr"><is><t>&y;</t></is></c></row>',
        ),
    ),
    withWord('ten times ten entities', sheet, (text) =>
      text.replace(
        '<worksheet',
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}]><worksheet`,
      ),
    ),
    { what: 'an archive in an archive', bytes: zipOf([['xl/workbook.xml', zipOf(parts)]]) },
    { what: 'a member twice', bytes: zipOf([...parts, ...parts]) },
    { what: 'only a member that climbs', bytes: zipOf([['../../../tmp/linli-was-here', bad]]) },
    {
      what: 'a shapefile that climbs',
      bytes: zipOf([
        ['../../linli-was-here.shp', bad],
        ['../../linli-was-here.dbf', bad],
      ]),
    },
    {
      what: 'a Word file that climbs',
      bytes: zipOf([
        ['word/document.xml', Buffer.from('<w:document>{{x}}</w:document>')],
        ['../../linli-was-here', bad],
      ]),
    },
  ]
}

/** One member of a tar: the format allows links, devices and any name. */
function tarMember(name: string, content: Buffer, kind = '0', link = ''): Buffer {
  const head = Buffer.alloc(512)
  head.write(name.slice(0, 100), 0)
  head.write('0000600\0', 100)
  head.write('0000000\0', 108)
  head.write('0000000\0', 116)
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  head.write('00000000000\0', 136)
  head.fill(' ', 148, 156)
  head.write(kind, 156)
  head.write(link, 157)
  head.write('ustar\u000000', 257)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([head, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

/** Backups that say of themselves that all is well: only a look at the name tells where it would be written. */
export function hostileBackups(outside: string): Archive[] {
  const names = [
    'files/../linli-was-here',
    'files/../../linli-was-here',
    'files/../../../../../../../../tmp/linli-was-here',
    `files//${outside}/linli-was-here`,
    '/tmp/linli-was-here',
    'tables/../linli-was-here',
    'files/a/../../../linli-was-here',
    'files/./../linli-was-here',
    'files/..',
    'files/.',
    'files/',
    'files\\..\\linli-was-here',
    'files/..\\..\\linli-was-here',
    'files/a\u0001b',
    'keys.json/../linli-was-here',
    '../keys.json',
    'tables/pg_authid/000000.jsonl',
    'tables/cases;drop table cases/000000.jsonl',
  ]
  const links = ['1', '2', '3', '5', '6', 'L', 'x'].map((kind) => ({
    what: `a backup with a member of kind ${kind}`,
    bytes: backupOf([{ name: 'files/link', content: Buffer.alloc(0), kind, link: outside }]),
  }))
  return [
    ...names.map((name) => ({
      what: `a backup with ${JSON.stringify(name)}`,
      bytes: backupOf([{ name, content: bad }]),
    })),
    ...links,
  ]
}

function backupOf(
  members: readonly { name: string; content: Buffer; kind?: string; link?: string }[],
): Buffer {
  const manifest = {
    format: backupFormat,
    version: backupVersion,
    madeBy: '0.1.0',
    migrations: readMigrations().map(({ number, name, checksum }) => ({ number, name, checksum })),
    tables: [],
    sequences: [],
    members: members.map(({ name, content }) => ({
      name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  }
  return gzipSync(
    Buffer.concat([
      ...members.map(({ name, content, kind, link }) => tarMember(name, content, kind, link)),
      tarMember('manifest.json', Buffer.from(JSON.stringify(manifest))),
      Buffer.alloc(1024),
    ]),
  )
}
