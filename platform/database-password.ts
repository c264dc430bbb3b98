/** Passwords of the database that anybody tries first. Only what the address says is looked at; nothing is tried out. */
import { Client } from 'pg'
import { type Finding, finding } from './finding.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** Of images, guides and examples; role names are asked for besides. */
const usual: ReadonlySet<string> = new Set([
  'postgres',
  'postgresql',
  'password',
  'passw0rd',
  'pass',
  'secret',
  'admin',
  'root',
  'test',
  'linli',
  'citus',
  'example',
  'changeme',
  'change-me',
  'change_me',
  '123456',
  '12345678',
  '123456789',
])
const leastCharacters = 12

function isWeak(url: string): boolean {
  const { user, password, database, host } = new Client({ connectionString: url })
  // Over a socket, or by a certificate, the system itself says who comes.
  if (!password || host.startsWith('/')) return false
  const known = usual.has(password.toLowerCase()) || [user, database].includes(password)
  return known || [...password].length < leastCharacters
}

/** Judges the addresses by which a given database is reached. The words name the setting and never the password. */
export function databasePasswordFinding(urls: Readonly<Record<string, string | undefined>>): Finding {
  const weak = Object.entries(urls).flatMap(([name, url]) => (url && isWeak(url) ? [name] : []))
  return weak.length === 0
    ? finding(
        'database-password',
        'ok',
        '数据库的密码不是常用的。',
        'The passwords of the database are none of the usual ones.',
      )
    : finding(
        'database-password',
        'fail',
        `${weak.join('、')} 里的数据库密码是常用密码、与用户同名或少于 ${leastCharacters} 位，人人都能猜到：请换成随机的长密码。`,
        `The password of the database in ${weak.join(', ')} is a usual one, the name of the user or shorter than ${leastCharacters} characters, and anybody guesses it: take a long random one.`,
      )
}

/** Throws a StartupRefusal for such a password. */
export function refuseUsualPassword(urls: Readonly<Record<string, string | undefined>>): void {
  const { check, state, zh, en } = databasePasswordFinding(urls)
  if (state === 'fail') throw new StartupRefusal(`platform/unsafe-${check}`, { zh, en })
}
