/** Backups that something happened to: none of them may be restored, and none may write anything before it is refused. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import type { BackupManifest } from '../../platform/backup.ts'
import { type Member, readArchive, writeArchive } from '../../platform/backup-archive.ts'
import { openSealKey } from '../../platform/checkpoint.ts'

export interface Broken {
  readonly what: string
  readonly file: string
  /** Given instead of the true keys; null: none at all. */
  readonly keys?: string | null
  /** The refusal that fits. */
  readonly code: string
}

interface Maker {
  readonly file: string
  readonly folder: string
  readonly random: SeededRandom
  readonly otherKeys: string
}

const damaged = 'platform/backup-broken'
const foreign = 'platform/backup-foreign'
const wrong = 'cli/wrong-input'

/** Damage to the bytes of the file. */
function byteDamage({ file, random }: Maker): [string, string, Buffer][] {
  const whole = readFileSync(file)
  const flip = (bytes: Buffer, at: number) => {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8))
    return changed
  }
  const tar = gunzipSync(whole)
  const rowAt = tar.indexOf('"street_id"')
  return [
    ['cut off in the middle', damaged, whole.subarray(0, whole.length >> 1)],
    ['the last bytes missing', damaged, whole.subarray(0, whole.length - 12)],
    ['nothing in it', damaged, Buffer.alloc(0)],
    ['no archive at all', damaged, Buffer.from('这不是备份')],
    ['a zip of something else', damaged, gzipSync(Buffer.from('neither is this'))],
    ['a bit of the packed file turned', damaged, flip(whole, 100 + random.int(whole.length - 200))],
    ['a bit of a row turned', damaged, gzipSync(flip(tar, rowAt + 1))],
    ['a bit of a member’s header turned', damaged, gzipSync(flip(tar, 130))],
    ['a second archive behind the first', damaged, Buffer.concat([whole, Buffer.from('more')])],
  ]
}

type Change = (member: Member) => Member | Member[] | undefined

const changed = (member: Member, content: string | Buffer): Member => ({
  name: member.name,
  content: Buffer.from(content as string),
})
const isPart = ({ name }: Member) => name.startsWith('tables/cases/')
const isFile = ({ name }: Member) => name.startsWith('files/')

/** The members changed, the manifest as it was. */
const memberChanges: readonly (readonly [string, string, Change])[] = [
  ['a part of a table missing', damaged, (m) => (isPart(m) ? undefined : m)],
  ['a photo missing', damaged, (m) => (isFile(m) ? undefined : m)],
  ['a photo replaced', damaged, (m) => (isFile(m) ? changed(m, 'another') : m)],
  ['a table emptied', damaged, (m) => (isPart(m) ? changed(m, '') : m)],
  ['the manifest missing', foreign, (m) => (m.name === 'manifest.json' ? undefined : m)],
  ['the manifest is no JSON', foreign, (m) => (m.name === 'manifest.json' ? changed(m, '{') : m)],
  ['a member twice', damaged, (m) => (isPart(m) ? [m, m] : m)],
  [
    'a member too many',
    damaged,
    (m) => (isPart(m) ? [m, { name: 'files/ab/more', content: Buffer.from('x') }] : m),
  ],
  [
    'a path that climbs out',
    damaged,
    (m) => (isFile(m) ? { ...m, name: 'files/../../../tmp/linli-climbed' } : m),
  ],
  ['a path from the root', damaged, (m) => (isFile(m) ? { ...m, name: '/tmp/linli-rooted' } : m)],
  [
    'something behind the manifest',
    damaged,
    (m) => (m.name === 'manifest.sig' ? [m, { name: 'keys.json', content: Buffer.from('{}') }] : m),
  ],
  ['no signature', wrong, (m) => (m.name === 'manifest.sig' ? undefined : m)],
  [
    'a signature of something else',
    wrong,
    (m) => (m.name === 'manifest.sig' ? changed(m, `${Buffer.alloc(64, 3).toString('base64')}\n`) : m),
  ],
]

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The manifest made to fit what was changed, as by somebody who knows the format but has not the keys. */
const manifestChanges: readonly (readonly [string, string, (manifest: Writable<BackupManifest>) => void])[] =
  [
    [
      'of a newer version',
      'platform/backup-newer',
      (m) => {
        m.version = 99
      },
    ],
    [
      'of the version before signatures',
      wrong,
      (m) => {
        m.version = 1
      },
    ],
    [
      'with a migration that is not known here',
      'platform/backup-newer',
      (m) => {
        m.migrations = [...m.migrations, { number: 999, name: 'x', checksum: 'x' }]
      },
    ],
    [
      'of another schema',
      'platform/backup-other-schema',
      (m) => {
        m.migrations = m.migrations.map((one, index) => (index === 3 ? { ...one, checksum: 'x' } : one))
      },
    ],
    [
      'a table left out of the list',
      damaged,
      (m) => {
        m.tables = m.tables.filter(({ name }) => name !== 'cases')
      },
    ],
    [
      'fewer rows in the list',
      damaged,
      (m) => {
        m.tables = m.tables.map((one) => (one.name === 'cases' ? { ...one, rows: one.rows - 1 } : one))
      },
    ],
    [
      'a wrong hash in the list',
      damaged,
      (m) => {
        m.members = m.members.map((one, index) => (index === 2 ? { ...one, sha256: '0'.repeat(64) } : one))
      },
    ],
    [
      'another hash of a table',
      wrong,
      (m) => {
        m.tables = m.tables.map((one) => ({ ...one, hash: '1' }))
      },
    ],
    [
      'another day',
      wrong,
      (m) => {
        m.madeAt = '2020-01-01T00:00:00.000Z'
      },
    ],
  ]

export async function makeBroken(maker: Maker): Promise<Broken[]> {
  const { file, folder, otherKeys } = maker
  const made: Broken[] = []
  const path = () => join(folder, `broken-${made.length}.tar.gz`)
  for (const [what, code, bytes] of byteDamage(maker)) {
    writeFileSync(path(), bytes)
    made.push({ what, code, file: path() })
  }
  for (const [what, code, change] of memberChanges) {
    await rewrite(file, path(), change)
    made.push({ what, code, file: path() })
  }
  for (const [what, code, change] of manifestChanges) {
    await rewrite(file, path(), onManifest(change))
    made.push({ what: `a manifest ${what}`, code, file: path() })
  }
  await rewrite(file, path(), forge())
  made.push({
    what: 'a row, its hash and the manifest changed, and signed with another key',
    code: wrong,
    file: path(),
  })
  made.push({ what: 'the keys of another street', code: wrong, file, keys: otherKeys })
  made.push({ what: 'no keys', code: wrong, file, keys: null })
  made.push({ what: 'keys that are none', code: 'platform/malformed-keys', file, keys: '{"encryption":"x"}' })
  made.push({ what: 'no such file', code: 'platform/backup-missing', file: join(folder, 'nowhere.tar.gz') })
  return made
}

const onManifest =
  (change: (manifest: Writable<BackupManifest>) => void): Change =>
  (member) => {
    if (member.name !== 'manifest.json') return member
    const manifest = JSON.parse(member.content.toString()) as Writable<BackupManifest>
    change(manifest)
    return changed(member, `${JSON.stringify(manifest)}\n`)
  }

/** A resident's words replaced, every hash adapted: only the signature tells. */
function forge(): Change {
  const renewed = new Map<string, { bytes: number; sha256: string }>()
  const key = openSealKey(Buffer.alloc(32, 9))
  let signed: Buffer = Buffer.alloc(0)
  return (member) => {
    if (isPart(member)) {
      const next = changed(member, member.content.toString().replace('灯坏了', '都很好'))
      renewed.set(member.name, {
        bytes: next.content.length,
        sha256: createHash('sha256').update(next.content).digest('hex'),
      })
      return next
    }
    if (member.name === 'manifest.sig') return changed(member, `${key.sign(signed).toString('base64')}\n`)
    const next = onManifest((manifest) => {
      manifest.members = manifest.members.map((one) => ({ ...one, ...renewed.get(one.name) }))
    })(member) as Member
    if (member.name === 'manifest.json') signed = next.content
    return next
  }
}

async function rewrite(from: string, to: string, change: Change): Promise<void> {
  const archive = writeArchive(to)
  for await (const member of readArchive(from))
    for (const next of [change({ ...member, content: Buffer.from(member.content) }) ?? []].flat())
      await archive.add(next.name, next.content)
  await archive.end()
}
