/**
 * What is sealed, and the exact text of each entry that is hashed. The columns are named one by one: a column that a
 * later migration adds does not change what was sealed before it. It is sealed by a source of its own, next to these.
 */
import { leafHash } from './merkle-tree.ts'

export const sealSources = ['audit', 'case', 'ledger'] as const
export type SealSource = (typeof sealSources)[number]

export interface SealedTable {
  /** Its alias is `e`. */
  readonly table: string
  /** Which entry `k` names, a row of `seal_queue` or `seal_leaves`. */
  readonly isNamed: string
  /** What is hashed together with the entry. */
  readonly beside: string
  /** In this order, for good. */
  readonly columns: readonly string[]
  /** Expressions for `entry_id`, `line` and `case_id` of an entry. */
  readonly key: { readonly entryId: string; readonly line: string; readonly caseId: string }
}

const each = (alias: string, names: string) => names.split(' ').map((name) => `${alias}.${name}`)

export const sealedTables: Readonly<Record<SealSource, SealedTable>> = {
  audit: {
    table: 'audit_entries',
    isNamed: 'e.street_id = k.street_id and e.id = k.entry_id',
    beside: '',
    columns: each(
      'e',
      'street_id id at actor_id post_id operation subject_type subject_id outcome detail request_id',
    ),
    key: { entryId: 'e.id', line: '0::smallint', caseId: 'null::uuid' },
  },
  case: {
    table: 'case_entries',
    isNamed: 'e.street_id = k.street_id and e.case_id = k.case_id and e.id = k.entry_id',
    beside: '',
    columns: each(
      'e',
      'street_id case_id id at act actor_id post_id from_state to_state words detail file_ids internal',
    ),
    key: { entryId: 'e.id', line: '0::smallint', caseId: 'e.case_id' },
  },
  ledger: {
    table: 'ledger_entries',
    isNamed: 'e.street_id = k.street_id and e.transfer_id = k.entry_id and e.line = k.line',
    beside: 'left join ledger_transfers t on t.street_id = e.street_id and t.id = e.transfer_id',
    columns: [
      ...each('e', 'street_id transfer_id line account_id unit amount at'),
      ...each('t', 'cause subject_type subject_id reverses content made_by made_post'),
    ],
    key: { entryId: 'e.transfer_id', line: 'e.line', caseId: 'null::uuid' },
  },
}

/** SQL that spells an entry the same way everywhere. The session's time zone must be UTC. */
export const entryText = ({ columns }: SealedTable): string =>
  `jsonb_build_array(${columns.join(', ')})::text`

export const entryHash = (source: SealSource, text: string): Buffer =>
  leafHash(`linli entry 1\n${source}\n${text}`)
