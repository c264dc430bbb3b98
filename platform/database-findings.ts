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

/** Throws a StartupRefusal for a server that would lose what it acknowledged, or not find what it holds. */
export async function refuseUnsafeDatabase(client: ClientBase): Promise<void> {
  for (const found of [await fsyncFinding(client), await localeFinding(client)])
    if (found.state === 'fail')
      throw new StartupRefusal(`platform/unsafe-${found.check}`, { zh: found.zh, en: found.en })
}
