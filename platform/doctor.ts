/** What is wrong, or will be, with an installation: each finding in one Chinese and one English sentence. */
import { readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import type { DataFolder } from './data-folder.ts'
import {
  clockFinding,
  commitFinding,
  fsyncFinding,
  historyFinding,
  localeFinding,
  schemaFinding,
  statementLogFinding,
  wallsFinding,
} from './database-findings.ts'
import { databasePasswordFinding } from './database-password.ts'
import { refuseUnsafeRole } from './database-roles.ts'
import { databaseWayFinding } from './database-way.ts'
import { onErrand } from './errand.ts'
import { type Finding, finding } from './finding.ts'
import { openKeys } from './keys.ts'
import { readMigrations } from './migrate.ts'
import { servesPlainHttp } from './settings.ts'
import { StartupRefusal } from './startup-refusal.ts'
import { watchLimits } from './watch-limits.ts'

export interface DoctorNeeds {
  readonly folder: Pick<DataFolder, 'root' | 'files' | 'keys'>
  readonly appUrl: string
  /** The other addresses of a given database, by the setting that names them. */
  readonly givenUrls?: Readonly<Record<string, string | undefined>>
  readonly host: string
  readonly publicUrl: string | undefined
  /** LINLI_ALLOW_PLAIN_HTTP: somebody wants it so. */
  readonly plainHttpAllowed?: boolean
  readonly at: Date
  /** Bytes free where the data lies; asked of the system unless given. */
  readonly freeBytes?: number
}

export function examine(needs: DoctorNeeds): Promise<Finding[]> {
  return onErrand(needs.appUrl, 'linli-doctor', async (client) => {
    const schema = await migrations(client)
    return [
      await fsyncFinding(client),
      await commitFinding(client),
      await localeFinding(client),
      await role(client),
      databasePasswordFinding({ DATABASE_URL: needs.appUrl, ...needs.givenUrls }),
      databaseWayFinding({ DATABASE_URL: needs.appUrl, ...needs.givenUrls }),
      await wallsFinding(client),
      await historyFinding(client),
      await schemaFinding(client),
      await statementLogFinding(client),
      schema,
      ...(schema.state === 'ok' ? [await keys(client, needs)] : []),
      folder(needs),
      plainHttp(needs),
      disk(needs),
      await clockFinding(client, needs.at),
    ]
  })
}

async function role(client: Client): Promise<Finding> {
  try {
    await refuseUnsafeRole(client)
    return finding('role', 'ok', '服务角色受行级安全约束。', 'The serving role is bound by row security.')
  } catch (error) {
    if (!(error instanceof StartupRefusal)) throw error
    return finding('role', 'fail', error.zh, error.en)
  }
}

/** The serving role cannot read the list of applied migrations; that of tables is open to everybody. */
async function migrations(client: Client): Promise<Finding> {
  const known = readMigrations()
  const created = known.flatMap(({ sql }) =>
    [...sql.matchAll(/^create (?:unlogged )?table (?:if not exists )?([a-z_0-9]+)/gm)].map(
      (match) => match[1] ?? '',
    ),
  )
  const renamed = new Map(
    known.flatMap(({ sql }) =>
      [...sql.matchAll(/^alter table ([a-z_0-9]+) rename to ([a-z_0-9]+)/gm)].map(
        ([, from = '', to = '']) => [from, to] as const,
      ),
    ),
  )
  const wanted = created.map((name) => renamed.get(name) ?? name)
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace",
  )
  const there = new Set(rows.map(({ name }) => name))
  const missing = wanted.filter((name) => !there.has(name))
  return missing.length === 0
    ? finding('migrations', 'ok', '数据库结构与程序一致。', 'The schema fits this program.')
    : finding(
        'migrations',
        'fail',
        `数据库缺少表 ${missing.join('、')}：请运行 linli migrate。`,
        `The database lacks the tables ${missing.join(', ')}: run linli migrate.`,
      )
}

async function keys(client: Client, { folder: { keys: material } }: DoctorNeeds): Promise<Finding> {
  const { rows } = await client.query<{ id: string; sealed: string }>(
    `select account_id as id, name_encrypted as sealed from account_contacts where name_encrypted is not null limit 1`,
  )
  try {
    const opened = openKeys(material)
    for (const { id, sealed } of rows) opened.open(`account_contacts.name.${id}`, sealed)
    if (Object.keys(material.older ?? {}).length > 0)
      return finding(
        'keys',
        'warn',
        '密钥在；更换密钥还没有做完，旧密钥还留着：请运行 linli keys rotate，没有剩余后再运行 linli keys retire。',
        'The keys are there; a change of keys is not finished and old ones are kept: run linli keys rotate, and linli keys retire once nothing is left.',
      )
    return rows.length > 0
      ? finding(
          'keys',
          'ok',
          '密钥在，且能读出加密的内容。',
          'The keys are there and open what is encrypted.',
        )
      : finding(
          'keys',
          'ok',
          '密钥在；还没有加密的内容可试。',
          'The keys are there; nothing is encrypted yet.',
        )
  } catch {
    return finding(
      'keys',
      'fail',
      '密钥读不出数据库里加密的内容：请放回原来的 keys.json。',
      'The keys do not open what the database holds encrypted: put the old keys.json back.',
    )
  }
}

function folder({ folder: { root } }: DoctorNeeds): Finding {
  const open = ['', ...readdirSync(root).filter((name) => name === 'keys.json' || name === 'files')].filter(
    (name) => {
      const mode = statSync(join(root, name)).mode & 0o777
      // The folder itself may be passed through, for the database of root's runs as another user.
      return (mode & (name === '' ? 0o066 : 0o077)) !== 0
    },
  )
  return open.length === 0
    ? finding('data-folder', 'ok', '数据文件夹只对本用户开放。', 'The data folder is open to its owner only.')
    : finding(
        'data-folder',
        'fail',
        `数据文件夹（${open.map((name) => join(root, name)).join('、')}）别的用户也能读：请收紧权限（chmod go-rwx）。`,
        `Other users can read the data folder (${open.map((name) => join(root, name)).join(', ')}): close it (chmod go-rwx).`,
      )
}

function plainHttp({ host, publicUrl, plainHttpAllowed }: DoctorNeeds): Finding {
  if (!servesPlainHttp(host, publicUrl))
    return finding(
      'https',
      'ok',
      '没有向别的机器提供明文 http。',
      'No plain http is served to other machines.',
    )
  return finding(
    'https',
    plainHttpAllowed ? 'warn' : 'fail',
    '别的机器以明文 http 访问，密码可被窃听：请用 https 的前置代理并设置 LINLI_PUBLIC_URL。',
    'Other machines come over plain http, where passwords can be overheard: put an https proxy in front and set LINLI_PUBLIC_URL.',
  )
}

function disk({ folder: { root }, freeBytes }: DoctorNeeds): Finding {
  const { bavail, bsize } = statfsSync(root)
  const free = freeBytes ?? bavail * bsize
  const words = [
    `数据盘剩余 ${(free / 1e9).toFixed(1)} GB`,
    `${(free / 1e9).toFixed(1)} GB are free on the data disk`,
  ]
  if (free < watchLimits.diskFullBytes)
    return finding(
      'disk',
      'fail',
      `${words[0]}，即将写满：请立即清理。`,
      `${words[1]}, it is about to be full: make room now.`,
    )
  if (free < watchLimits.diskLittleBytes)
    return finding('disk', 'warn', `${words[0]}，偏少。`, `${words[1]}, which is little.`)
  return finding('disk', 'ok', `${words[0]}。`, `${words[1]}.`)
}
