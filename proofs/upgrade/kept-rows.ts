/** The rows of an older version as the newer database has them: by the columns of then, hashed as its backup hashed them. */
import type { Client } from 'pg'
import { quoteName, type TableFacts } from '../../platform/backup-tables.ts'
import type { Violation } from '../proof.ts'
import type { KeptVersion } from './kept-version.ts'

/** Columns that a later migration is meant to rewrite, each with its reason; empty is how it should be. */
const rewritten: Readonly<Record<string, string>> = {}

/** Every row is there and says what it said; what was added beside is not looked at. */
export async function compareKeptRows(
  client: Client,
  { columns }: KeptVersion,
  saved: readonly TableFacts[],
): Promise<{ checked: number; violations: Violation[] }> {
  const violations: Violation[] = []
  for (const { name, rows, hash } of saved) {
    if (name in rewritten) continue
    const wanted = (columns[name] ?? []).map(quoteName).join(', ')
    const found = await client
      .query<{ rows: string; hash: string }>(
        // As tableFacts of platform/backup-tables.ts, over the columns of then.
        `select count(*)::text as rows,
           coalesce(sum(('x' || left(md5(to_json(t)::text), 15))::bit(60)::bigint::numeric), 0)::text as hash
         from (select ${wanted} from public.${quoteName(name)}) t`,
      )
      .catch((error: Error) => error)
    if (found instanceof Error) {
      violations.push({ what: 'a table can no longer be read as it was', where: `${name}: ${found.message}` })
      continue
    }
    const [now] = found.rows
    if (Number(now?.rows) !== rows)
      violations.push({ what: 'rows were lost or added', where: `${name}: ${rows} → ${now?.rows}` })
    else if (now?.hash !== hash) violations.push({ what: 'rows say something else than before', where: name })
  }
  return { checked: saved.length, violations }
}
