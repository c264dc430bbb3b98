/** What must be right about a database server before anything is kept in it. */
import type { ClientBase } from 'pg'
import { type Finding, finding } from './finding.ts'
import { StartupRefusal } from './startup-refusal.ts'

export async function fsyncFinding(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ fsync: string; pages: string }>(
    "select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages",
  )
  return rows[0]?.fsync === 'on' && rows[0].pages === 'on'
    ? finding('fsync', 'ok', '数据库每次提交都真正落盘。', 'The database writes every commit to the disk.')
    : finding(
        'fsync',
        'fail',
        '数据库关闭了 fsync 或 full_page_writes，断电会丢失数据：请打开。',
        'fsync or full_page_writes is off in the database, and a power cut would lose data: switch it on.',
      )
}

/** A reply that was given before its commit is on the disk is a promise that a power cut breaks. */
export async function commitFinding(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ wait: string }>(
    "select current_setting('synchronous_commit') as wait",
  )
  return rows[0]?.wait !== 'off'
    ? finding('commit', 'ok', '每次答复都等提交落盘。', 'Every answer waits for its commit.')
    : finding(
        'commit',
        'fail',
        '数据库关闭了 synchronous_commit，已答复的操作断电后会消失：请打开。',
        'synchronous_commit is off in the database, so that what was acknowledged is gone after a power cut: switch it on.',
      )
}

/** Statements and their values hold names, phones and words of residents; logs hold ids only. */
export async function statementLogFinding(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ name: string }>(
    `select name from pg_settings where name = 'log_statement' and setting <> 'none'
       or name in ('log_min_duration_statement', 'log_min_duration_sample') and setting <> '-1'
       or name = 'log_transaction_sample_rate' and setting <> '0' order by name`,
  )
  const names = rows.map(({ name }) => name).join('、')
  return rows.length === 0
    ? finding(
        'statement-log',
        'ok',
        '数据库日志不记语句内容。',
        'The log of the database holds no statements.',
      )
    : finding(
        'statement-log',
        'fail',
        `数据库设置了 ${names}，会把含个人信息的语句写进日志：请关闭。`,
        `The database has ${names} set and writes statements with personal data into its log: switch that off.`,
      )
}

/** Tables that belong to no street; who is signed in where is asked before there is a street. */
const withoutWall = ['streets', 'sessions']

/** Every tenant table stands behind row security that holds for its owner too. */
export async function wallsFinding(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'street_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relname = any ($1)
       and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`,
    [withoutWall],
  )
  const names = rows.map(({ name }) => name)
  return names.length === 0
    ? finding(
        'walls',
        'ok',
        '每张街道数据表都有行级安全。',
        'Every table of a street stands behind row security.',
      )
    : finding(
        'walls',
        'fail',
        `表 ${names.join('、')} 的行级安全被关掉了，不该看见的人会看见：请用 alter table … force row level security 恢复。`,
        `Row security is off for ${names.join(', ')}, and people would see what is not theirs: put it back with alter table … force row level security.`,
      )
}

const history = [
  'audit_entries',
  'case_entries',
  'ledger_transfers',
  'ledger_entries',
  'seal_leaves',
  'seal_checkpoints',
]

/** The serving role adds to history and can not change it, and what the tables themselves refuse they still refuse. */
export async function historyFinding(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relname = any ($1)
       and (has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete') or has_table_privilege(c.oid, 'truncate')
         or has_any_column_privilege(c.oid, 'update')
         or exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled <> 'O')) order by 1`,
    [history],
  )
  const names = rows.map(({ name }) => name)
  return names.length === 0
    ? finding('history', 'ok', '历史记录只能追加。', 'History can only be added to.')
    : finding(
        'history',
        'fail',
        `表 ${names.join('、')} 的历史记录可以被改动（多了权限，或触发器被停用）：请收回权限、启用触发器，再运行 linli verify。`,
        `The history in ${names.join(', ')} can be changed (a grant too many, or a trigger switched off): take the grant back, enable the trigger, then run linli verify.`,
      )
}

/** Whoever may make tables and functions in the schema may shadow those that are trusted. */
export async function schemaFinding(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ may: boolean }>(
    "select has_schema_privilege('public', 'create') as may",
  )
  return rows[0]?.may === false
    ? finding('schema', 'ok', '服务角色不能建表。', 'The serving role can make no tables.')
    : finding(
        'schema',
        'fail',
        '服务角色可以在 public 里建表和函数：请执行 revoke create on schema public from public。',
        'The serving role may make tables and functions in the schema: run revoke create on schema public from public.',
      )
}

const slowSeconds = 5
/** Rule: quality.md R43. */
const wrongSeconds = 60
/** Made before that year: its clock is no clock. */
const firstYear = 2026

/** Deadlines come from this machine's clock; a database elsewhere is the only second opinion without a network. */
export async function clockFinding(client: ClientBase, now: Date): Promise<Finding> {
  const asked = Date.now()
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
  const here = now.getTime() + (Date.now() - asked) / 2
  const apart = Math.round(Math.abs((rows[0]?.now.getTime() ?? 0) - here) / 1000)
  if (now.getFullYear() < firstYear)
    return finding(
      'clock',
      'fail',
      '本机时钟早于本程序：请校时。',
      'The clock of this machine is older than this program: set it.',
    )
  if (apart <= slowSeconds)
    return finding(
      'clock',
      'ok',
      '本机与数据库的时钟一致。',
      'The clocks of this machine and of the database agree.',
    )
  return finding(
    'clock',
    apart > wrongSeconds ? 'fail' : 'warn',
    `本机与数据库的时钟相差 ${apart} 秒，时限会算错：请校时。`,
    `The clocks of this machine and of the database are ${apart} seconds apart, and deadlines would be wrong: set them.`,
  )
}

/** Under the locale C a Chinese character is no letter: searches would find nothing and say nothing. */
export async function localeFinding(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ encoding: string; ctype: string; lower: boolean }>(
    `select pg_encoding_to_char(d.encoding) as encoding, d.datctype as ctype, '返' ~ '^[[:alpha:]]$' as lower
     from pg_database d where d.datname = current_database()`,
  )
  const { encoding = '?', ctype = '?', lower = false } = rows[0] ?? {}
  return encoding === 'UTF8' && lower
    ? finding(
        'locale',
        'ok',
        '数据库按 UTF-8 识别汉字。',
        'The database knows Chinese characters as letters.',
      )
    : finding(
        'locale',
        'fail',
        `数据库的编码是 ${encoding}、区域是 ${ctype}，汉字不算文字，中文会搜不到：请用 UTF8 编码和 C.UTF-8 区域重新建库。`,
        `The database has encoding ${encoding} and locale ${ctype}, in which Chinese characters are no letters and searches find nothing: make it anew with encoding UTF8 and locale C.UTF-8.`,
      )
}

/** Throws a StartupRefusal for a server that would lose what it acknowledged, not find what it holds, or live in another time. */
export async function refuseUnsafeDatabase(client: ClientBase): Promise<void> {
  const found = [
    await fsyncFinding(client),
    await commitFinding(client),
    await localeFinding(client),
    await clockFinding(client, new Date()),
  ]
  refuseFailed(found)
}

/** Throws a StartupRefusal when a wall between people was taken down, or history can be changed. */
export async function refuseOpenWalls(client: ClientBase): Promise<void> {
  refuseFailed([await wallsFinding(client), await historyFinding(client)])
}

function refuseFailed(findings: readonly Finding[]): void {
  for (const found of findings)
    if (found.state === 'fail')
      throw new StartupRefusal(`platform/unsafe-${found.check}`, { zh: found.zh, en: found.en })
}
