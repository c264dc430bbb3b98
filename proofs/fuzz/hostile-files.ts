/** Files that are not what they say, or far more than they seem: each is refused in words, quickly, or made harmless. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { createSeededRandom } from '../../lib/seeded-random.ts'
import { type Answer, callHttp } from '../access/http-caller.ts'
import type { SetScene } from '../access/set-the-scene.ts'
import type { ProofRun, Violation } from '../proof.ts'
import { zipOf } from './hostile-archives.ts'
import { type HostileFile, moreHostilePhotos } from './more-hostile-files.ts'

const mib = 1024 * 1024
/** Rule: quality.md R26. */
const slowMs = 2_000
const mostGrownMib = 300
/** Of the files by format, at small size. */
const drawnAtSmall = 20

/** The head of a PNG that says how large it is, and a body of a few bytes. */
function flood(width: number, height: number): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const script = '<script>window.__xss=1</script>'

async function photos(): Promise<HostileFile[]> {
  const whole = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#875a28' } })
    .withExif({ IFD0: { ImageDescription: script } })
    .jpeg()
    .toBuffer()
  return [
    { what: 'nothing at all', bytes: Buffer.alloc(0) },
    { what: 'a page as a photo', bytes: Buffer.from(`<!doctype html><body>${script}`), name: 'a.jpg' },
    {
      what: 'a drawing with a script as a photo',
      bytes: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
      name: 'a.jpg',
    },
    { what: 'a flood of pixels', bytes: flood(30_000, 30_000) },
    { what: 'a strip of pixels', bytes: flood(2_000_000_000, 1) },
    { what: 'half a photo', bytes: whole.subarray(0, whole.length / 2) },
    {
      what: 'the head of a photo and noise',
      bytes: Buffer.concat([whole.subarray(0, 40), Buffer.alloc(5_000, 0xa5)]),
    },
    { what: 'a program', bytes: Buffer.from('7f454c4602010100'.padEnd(400, '0'), 'hex'), name: 'a.png' },
    {
      what: 'a photo that is an archive and a page too',
      bytes: Buffer.concat([whole, zipOf([['a.html', Buffer.from(script)]]), Buffer.from(script)]),
      mustNotKeep: script,
    },
    { what: 'a photo with a script in what it says of itself', bytes: whole, mustNotKeep: script },
    {
      what: 'a photo under a path',
      bytes: whole,
      name: '../../../../tmp/linli-was-here.jpg',
      mustNotKeep: script,
    },
    {
      what: 'a moving picture',
      bytes: Buffer.from(
        '47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b',
        'hex',
      ),
    },
  ]
}

const workbooks = (): HostileFile[] => [
  {
    what: 'a workbook that grows a thousand times',
    bytes: zipOf([['xl/workbook.xml', Buffer.alloc(120 * mib, 32)]]),
  },
  {
    what: 'a workbook of too many parts',
    bytes: zipOf(Array.from({ length: 5_000 }, (_, n) => [`p${n}`, Buffer.from('x')] as const)),
  },
  {
    what: 'a workbook with parts outside',
    bytes: zipOf([['../../../../tmp/linli-was-here', Buffer.from('x')]]),
  },
  {
    what: 'a workbook with its own words',
    bytes: zipOf([
      ['xl/workbook.xml', Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')],
    ]),
  },
  {
    what: 'a workbook cut off',
    bytes: zipOf([['xl/workbook.xml', Buffer.alloc(90_000, 65)]]).subarray(0, 60),
  },
  {
    what: 'a workbook of noise',
    bytes: Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(40_000, 0x5a)]),
  },
]

/** @returns what was held against the rule, and how many files that were */
export async function sendHostileFiles(
  run: ProofRun,
  scene: SetScene,
  baseUrl: string,
): Promise<{ checked: number; violations: Violation[]; othersMs: number }> {
  const violations: Violation[] = []
  const tokenOf = (key: string) => scene.cast.find((one) => one.key === key)?.token ?? ''
  const base = process.memoryUsage().rss
  const more = await moreHostilePhotos()
  const some = run.size === 'full' ? more : createSeededRandom(run.seed).shuffle(more).slice(0, drawnAtSmall)
  const others = askMeanwhile(baseUrl, tokenOf('clerk-c1'))
  const files = [
    ...[...(await photos()), ...some].map((file) => ({
      file,
      path: '/api/files',
      token: tokenOf('resident'),
    })),
    ...workbooks().map((file) => ({
      file,
      path: '/api/sheet-batches?kind=areas',
      token: tokenOf('system-admin'),
    })),
  ]
  for (const { file, path, token } of files) {
    const send = async () => {
      const began = performance.now()
      const answer = await callHttp(baseUrl, {
        token,
        method: 'POST',
        path,
        file: new Uint8Array(file.bytes),
        ...(file.name ? { fileName: file.name } : {}),
      })
      return { answer, ms: performance.now() - began }
    }
    // What is slow is sent once more: the machine may have been busy.
    const first = await send()
    const { answer, ms } = first.ms > slowMs ? await send() : first
    const where = `${file.what}: ${answer.status} ${answer.code} after ${Math.round(ms)} ms`
    for (const what of faultsOf(file, answer, ms)) violations.push({ what, where })
    if (file.mustNotKeep && answer.status === 201 && keeps(scene, file.mustNotKeep))
      violations.push({ what: 'what was hidden in a photo is kept', where })
  }
  const grown = Math.round((process.memoryUsage().rss - base) / mib)
  if (grown > mostGrownMib)
    violations.push({ what: 'hostile files fill the memory', where: `${grown} MiB more` })
  return { checked: files.length, violations, othersMs: await others.end() }
}

/** Somebody else asks all the while. @returns how long the slowest answer took, which is told and not judged */
function askMeanwhile(baseUrl: string, token: string): { end(): Promise<number> } {
  let going = true
  const asking = (async () => {
    let slowest = 0
    while (going) {
      const began = performance.now()
      await callHttp(baseUrl, { token, method: 'GET', path: '/api/cases?limit=5' })
      slowest = Math.max(slowest, performance.now() - began)
      await delay(20)
    }
    return Math.round(slowest)
  })()
  return {
    end() {
      going = false
      return asking
    },
  }
}

function faultsOf(file: HostileFile, { status, code }: Answer, ms: number): string[] {
  const faults: string[] = []
  const taken = status === 201
  if (!file.either && taken !== (file.mustNotKeep !== undefined))
    faults.push(taken ? 'a hostile file is taken in' : 'a photo is refused for what is hidden in it')
  if (!taken && (status < 400 || status >= 500 || !/^[a-z-]+\/[a-z-]+$/.test(code)))
    faults.push('a hostile file is not refused in words')
  if (ms > slowMs) faults.push('no answer within two seconds')
  return faults
}

/** Anywhere in the folder of files; and nothing was written beside it. */
function keeps({ services }: SetScene, text: string): boolean {
  if (['', '.jpg'].some((ending) => existsSync(join(tmpdir(), `linli-was-here${ending}`)))) return true
  return readdirSync(services.filesFolder, { recursive: true })
    .map((name) => join(services.filesFolder, String(name)))
    .some((path) => statSync(path).isFile() && readFileSync(path).includes(text))
}
