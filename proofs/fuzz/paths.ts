/** Nothing is read or written outside the data folder, whatever a path, a name or an archive says. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Client } from 'pg'
import { createSeededRandom } from '../../lib/seeded-random.ts'
import { restore, verifyBackup } from '../../platform/backup-restore.ts'
import { deedsOf } from '../access/choose-deeds.ts'
import { type Answer, callHttp, inParallel } from '../access/http-caller.ts'
import { caseFileSha } from '../access/planned-cases.ts'
import type { SetScene } from '../access/set-the-scene.ts'
import type { ProofRun, Violation } from '../proof.ts'
import { projectRoot } from '../support/server-bundle.ts'
import type { TemporaryData } from '../support/temporary-data.ts'
import { hostileBackups, hostileWorkbooks } from './hostile-archives.ts'
import { hostilePaths } from './hostile-paths.ts'

export interface PathsProved {
  readonly checked: number
  readonly strings: number
  readonly archives: number
  readonly violations: readonly Violation[]
}

interface Ground {
  readonly run: ProofRun
  readonly scene: SetScene
  readonly baseUrl: string
  readonly outsider: Client
  /** Words of files that nobody may read: none of them may be in an answer. */
  readonly secrets: readonly string[]
  readonly strings: readonly string[]
  readonly hold: (what: string, where: string) => void
}

/** At small size each parameter of an operation gets so many of the strings, drawn by the seed. */
const stringsAtSmall = 2
/** And every page, name and reader of archives so many. */
const drawnAtSmall = 60
const archivesAtSmall = 8

const drawn = <T>(
  { run }: Pick<Ground, 'run'>,
  label: string,
  all: readonly T[],
  most: number,
): readonly T[] =>
  run.size === 'full' ? all : createSeededRandom(`${run.seed} ${label}`).shuffle(all).slice(0, most)

export async function provePathsStayInside(
  run: ProofRun,
  scene: SetScene,
  { baseUrl, outside: outsider, data }: { baseUrl: string; outside: Client; data: TemporaryData },
): Promise<PathsProved> {
  const violations: Violation[] = []
  const hold = (what: string, where: string) => violations.push({ what, where: where.slice(0, 300) })
  const outside = join(dirname(data.folder), 'outside')
  const secret = join(outside, 'secret.txt')
  const word = `sentinel-${randomBytes(12).toString('hex')}`
  mkdirSync(join(outside, 'deep'), { recursive: true })
  for (const path of [secret, join(outside, 'deep', 'secret.txt')]) writeFileSync(path, word)
  const keysFile = join(data.folder, 'keys.json')
  const packageFile = join(projectRoot, 'package.json')
  const targets = ['etc/passwd', ...[secret, keysFile, packageFile].map((path) => path.slice(1))]
  const ground: Ground = {
    run,
    scene,
    baseUrl,
    outsider,
    secrets: [word, 'root:x:0:0', data.keys.encryption, '"devDependencies"'],
    strings: hostilePaths(targets),
    hold,
  }
  const before = treeOf(dirname(data.folder), data)
  let checked = await askForPages(ground)
  checked += await askOperations(ground)
  checked += await sendNames(ground)
  checked += await readNames(ground)
  const archives = await sendArchives(ground, outside, secret)
  checked += archives + (await restoreBackups(ground, outside, data))
  for (const [path, sum] of treeOf(dirname(data.folder), data))
    if (before.get(path) !== sum) hold('a file outside was made or changed', path)
    else before.delete(path)
  for (const path of before.keys()) hold('a file outside is gone', path)
  for (const name of readdirSync(tmpdir()))
    if (name.startsWith('linli-was-here')) hold('a name from input was written', name)
  for (const name of kept(scene.services.filesFolder))
    if (!/^(?:thumbs\/)?[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}(?:\.jpg)?$/.test(name))
      hold('a kept file bears another name than its sum', name)
  rmSync(outside, { recursive: true })
  return { checked, strings: ground.strings.length, archives, violations }
}

/** Every file around the data folder with the sum of its bytes; the database writes its own. */
function treeOf(folder: string, data: TemporaryData): Map<string, string> {
  const own = [data.filesFolder, join(data.folder, 'pg')]
  const found = new Map<string, string>()
  const walk = (at: string) => {
    for (const name of readdirSync(at)) {
      const path = join(at, name)
      if (own.some((one) => path.startsWith(one))) continue
      const facts = statSync(path)
      if (facts.isDirectory()) walk(path)
      else if (facts.isFile()) found.set(path, createHash('sha256').update(readFileSync(path)).digest('hex'))
    }
  }
  walk(folder)
  return found
}

const kept = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(folder, name)).isFile())

function holdAnswer({ secrets, hold }: Ground, text: string, status: number, where: string): void {
  if (secrets.some((one) => text.includes(one))) hold('a file outside was read', where)
  if (status >= 500) hold('the server failed over a path', `${status} ${where}`)
}

const agent = new Agent({ keepAlive: true, maxSockets: 6 })

/** Sent as it is: `fetch` would take the climbing out of it first. */
function getRaw(
  baseUrl: string,
  path: string,
): Promise<{ status: number; text: string; disposition: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(baseUrl)
    const asked = request({ hostname, port, path, agent }, (response) => {
      let text = ''
      response.setEncoding('latin1').on('data', (part: string) => {
        if (text.length < 100_000) text += part
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text,
          disposition: String(response.headers['content-disposition'] ?? ''),
        }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** No character that a request line may not hold; everything else as it stands. */
const onTheLine = (text: string): string =>
  text.replace(/[^!-~]/gu, (sign) => encodeURIComponent(sign.toWellFormed()))

const pages = ['/', '/console/', '/console/assets/', '/m/', '/m/assets/', '/api/docs/', '/api/']

async function askForPages(ground: Ground): Promise<number> {
  const strings = drawn(ground, 'pages', ground.strings, drawnAtSmall)
  const asks = pages.flatMap((page) => strings.map((string) => `${page}${onTheLine(string)}`))
  await inParallel(asks, 6, async (path) => {
    const { status, text } = await getRaw(ground.baseUrl, path)
    holdAnswer(ground, text, status, `GET ${path}`)
  })
  return asks.length
}

/** Every parameter in the address of every operation, and every name in its query, as somebody who may call it. */
async function askOperations(ground: Ground): Promise<number> {
  const { run, scene, strings, baseUrl } = ground
  const asks = scene.contracts.flatMap((contract) => {
    const names = Object.keys((contract.query as { properties?: object }).properties ?? {})
    if (contract.name === 'events.stream' || (!contract.path.includes('{') && names.length === 0)) return []
    const [deed] = deedsOf(scene, contract)
    const random = createSeededRandom(`${run.seed} paths ${contract.name}`)
    return drawn(ground, contract.name, strings, stringsAtSmall).map((string) => {
      const plain = encodeURIComponent(string.toWellFormed())
      const path = contract.path.replace(/\{\w+\}/g, plain)
      const query = contract.path.includes('{') ? '' : `?${random.pick(names)}=${plain}`
      return { deed, method: contract.method, path: `${path}${query}` }
    })
  })
  await inParallel(asks, 6, async ({ deed, method, path }) => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : (deed?.body ?? {})
    const answer = await callHttp(baseUrl, { token: deed?.token ?? '', method, path, body })
    holdAnswer(ground, answer.text, answer.status, `${method} ${path}`)
  })
  return asks.length
}

const pdf = (nth: number) => new Uint8Array(Buffer.from(`%PDF-1.4 ${nth}`))

/** As the name of an upload: staff keep the names of their papers. Uploads of one account are counted, so several send. */
async function sendNames(ground: Ground): Promise<number> {
  const { scene, strings, baseUrl } = ground
  const staff = scene.cast.filter(({ person }) => person.role !== 'resident')
  const names = drawn(ground, 'uploads', strings, drawnAtSmall)
  for (const [nth, fileName] of names.entries()) {
    const answer = await callHttp(baseUrl, {
      token: staff[nth % staff.length]?.token ?? '',
      method: 'POST',
      path: '/api/files',
      file: pdf(nth),
      fileName: fileName.toWellFormed(),
    })
    holdAnswer(ground, answer.text, answer.status, `upload ${JSON.stringify(fileName)}`)
    const { name } = (answer.body ?? {}) as { name?: string | null }
    if (typeof name === 'string' && (/[\\/\p{Cc}]/u.test(name) || name.length > 200))
      ground.hold('a name from outside is kept with its path', `${JSON.stringify(fileName)} → ${name}`)
  }
  return names.length
}

// Rule: RFC 6266, 4.1; RFC 8187, 3.2.1.
const goodDisposition =
  /^(?:inline|attachment)(?:; filename="[A-Za-z0-9._ -]+")?(?:; filename\*=UTF-8''(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)?$/

/** As the name of what is given out: put beneath by hand, as an older version or an import may have left it. */
async function readNames(ground: Ground): Promise<number> {
  const { scene, strings, baseUrl, outsider } = ground
  const own = scene.cases.find(
    ({ fileId, street, facts }) => fileId !== null && street === scene.street && !facts.confidential,
  )
  const reader = scene.cast.find(({ key }) => key === 'dispatcher')
  if (!own || !reader) {
    ground.hold('no kept file could be read', '')
    return 0
  }
  let read = 0
  for (const string of drawn(ground, 'downloads', strings, drawnAtSmall)) {
    // A text of the database holds no nought.
    const name = string.toWellFormed().replaceAll('\0', '\u0001')
    await outsider.query('update files set name = $1 where id = $2', [name, own.fileId])
    const response = await fetch(`${baseUrl}/api/cases/${own.id}/files/${own.fileId}`, {
      headers: { cookie: `linli=${reader.token}` },
    })
    const text = await response.text()
    holdAnswer(ground, text, response.status, `download called ${JSON.stringify(name)}`)
    if (!response.ok) continue
    read += 1
    const said = response.headers.get('content-disposition') ?? ''
    const decoded = decodeURIComponent(/UTF-8''(.*)$/.exec(said)?.[1] ?? '')
    if (!goodDisposition.test(said) || /[\\/\p{Cc}]/u.test(decoded) || /^\.+$/.test(decoded))
      ground.hold('a download is not called as RFC 6266 says, or by a path', said)
  }
  if (read === 0) ground.hold('no kept file could be read', `${own.fileId} of ${caseFileSha.slice(0, 8)}`)
  return read
}

/** Whatever opens an archive is given all of them. */
async function sendArchives(ground: Ground, outside: string, secret: string): Promise<number> {
  const { scene, baseUrl } = ground
  const archives = drawn(ground, 'archives', await hostileWorkbooks(outside, secret), archivesAtSmall)
  const tokenOf = (key: string) => scene.cast.find((one) => one.key === key)?.token ?? ''
  const admin = tokenOf('system-admin')
  for (const [nth, { what, bytes }] of archives.entries()) {
    const file = new Uint8Array(bytes)
    const content = bytes.toString('base64')
    const fileName = '../../linli-was-here.zip'
    const answers: readonly Answer[] = [
      await callHttp(baseUrl, {
        token: admin,
        method: 'POST',
        path: '/api/sheet-batches?kind=areas',
        file,
        fileName: '../../a.xlsx',
      }),
      await callHttp(baseUrl, {
        token: admin,
        method: 'POST',
        path: '/api/list-templates?list=areas',
        file,
        fileName: '../../a.xlsx',
      }),
      await callHttp(baseUrl, { token: admin, method: 'POST', path: '/api/matters/import', file }),
      await callHttp(baseUrl, {
        token: admin,
        method: 'POST',
        path: '/api/area-files/read',
        body: { content, fileName, datum: 'wgs84' },
      }),
      await callHttp(baseUrl, {
        token: admin,
        method: 'POST',
        path: `/api/meeting-templates/${nth % 2 === 0 ? 'xlsx' : 'docx'}`,
        body: { contentBase64: content, fileName },
      }),
    ]
    for (const answer of answers) holdAnswer(ground, answer.text, answer.status, what)
    if (answers.some(({ code }) => code === 'platform/not-found'))
      ground.hold('nobody takes this archive', what)
    const id = (answers[0]?.body as { id?: string } | undefined)?.id
    if (!id) continue
    // What was read of it is shown: a file's words would be among the rows.
    const shown = await callHttp(baseUrl, { token: admin, method: 'GET', path: `/api/sheet-batches/${id}` })
    holdAnswer(ground, shown.text, shown.status, `${what}, shown`)
  }
  return archives.length
}

async function restoreBackups(ground: Ground, outside: string, data: TemporaryData): Promise<number> {
  const backups = hostileBackups(outside)
  const folder = join(dirname(data.folder), 'restored')
  mkdirSync(folder)
  for (const [nth, { what, bytes }] of backups.entries()) {
    const file = join(folder, `${nth}.tar.gz`)
    writeFileSync(file, bytes)
    const target = {
      adminUrl: data.superuserUrl(),
      ownerUrl: data.ownerUrl(),
      filesFolder: join(folder, 'files'),
    }
    mkdirSync(target.filesFolder, { recursive: true })
    const done = await verifyBackup(file)
      .then((backup) => restore(backup, target))
      .then(
        () => true,
        () => false,
      )
    if (done) ground.hold('a backup that leads outside is restored', what)
    const written = existsSync(target.filesFolder) ? kept(target.filesFolder) : []
    if (written.length > 0) ground.hold('a refused backup wrote files', `${what}: ${written.join(' ')}`)
  }
  rmSync(folder, { recursive: true })
  return backups.length
}
