/** All SQL of the settings module. Rows are added, never changed. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { SettingChange } from '../rules/what-counts.ts'

interface ChangeRow extends Omit<SettingChange, 'undone'> {
  readonly key: string
  readonly undoneAt: Date | null
  readonly undoneBy: string | null
}

/** The changes of one setting, or of all, by key. */
export async function changesOf(
  tx: Tx,
  streetId: number,
  key: string | null,
): Promise<Map<string, SettingChange[]>> {
  const rows = await tx.many(
    sql<ChangeRow>`select s.key, s.id, s.act, s.value, s.in_force_from as "from", s.changed_at as "changedAt",
        s.changed_by as "changedBy", u.changed_at as "undoneAt", u.changed_by as "undoneBy"
      from street_settings s
        left join street_settings u on u.street_id = s.street_id and u.key = s.key and u.undoes = s.id
      where s.street_id = ${streetId} and s.act <> 'undo' and (${key}::text is null or s.key = ${key})`,
  )
  const changes = new Map<string, SettingChange[]>()
  for (const { key: of, undoneAt, undoneBy, ...row } of rows) {
    const undone = undoneAt !== null && undoneBy !== null ? { at: undoneAt, by: undoneBy } : null
    const list = changes.get(of) ?? []
    list.push({ ...row, undone })
    changes.set(of, list)
  }
  return changes
}

interface NewChange {
  readonly streetId: number
  readonly key: string
  readonly id: string
  readonly by: string
  readonly at: Date
}

/** `value` undefined: back to what the program ships. */
export async function addChange(
  tx: Tx,
  { streetId, key, id, by, at, value, from }: NewChange & { value: unknown; from: Date },
): Promise<void> {
  const stored = value === undefined ? null : JSON.stringify(value)
  await tx.run(
    sql`insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
      values (${streetId}, ${key}, ${id}, ${value === undefined ? 'reset' : 'set'}, ${stored}::jsonb, ${from}, ${at}, ${by})`,
  )
}

/** False when it was undone already, also by somebody who was a moment faster. */
export async function addUndo(
  tx: Tx,
  { streetId, key, id, by, at, undoes }: NewChange & { undoes: string },
): Promise<boolean> {
  const added = await tx.run(
    sql`insert into street_settings (street_id, key, id, act, changed_at, changed_by, undoes)
      values (${streetId}, ${key}, ${id}, 'undo', ${at}, ${by}, ${undoes}) on conflict do nothing`,
  )
  return added === 1
}
