/** Whether what goes to a database on another machine can be read or taken over on its way. */
import { Client } from 'pg'
import { type Finding, finding } from './finding.ts'

/** On this machine: a socket, or the loopback. */
const isNear = (host: string): boolean => host.startsWith('/') || /^(localhost|127\.|::1$)/.test(host)

/** `sslmode=verify-full` is the one that checks whose certificate it is; the others take any. */
function isOpen(url: string): boolean {
  const { host } = new Client({
    connectionString: url.replace(/([?&])ssl(mode|rootcert|cert|key)=[^&]*/g, '$1'),
  })
  return !isNear(host) && !/[?&]sslmode=verify-full(&|$)/.test(url)
}

/** Judges the addresses by which a given database is reached; names the setting, never the address. */
export function databaseWayFinding(urls: Readonly<Record<string, string | undefined>>): Finding {
  const open = Object.entries(urls).flatMap(([name, url]) => (url && isOpen(url) ? [name] : []))
  return open.length === 0
    ? finding(
        'database-way',
        'ok',
        '到数据库的连接不出本机，或经过加密并核对证书。',
        'What goes to the database stays on this machine, or is encrypted and its certificate checked.',
      )
    : finding(
        'database-way',
        'warn',
        `${open.join('、')} 指向另一台机器，却没有 sslmode=verify-full：路上的人可以读到或冒充数据库。请在地址里加上 sslmode=verify-full 和 sslrootcert。`,
        `${open.join(', ')} names another machine without sslmode=verify-full: whoever sits on the way can read or play the database. Add sslmode=verify-full and sslrootcert to the address.`,
      )
}
