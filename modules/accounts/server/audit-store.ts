/** Reading the audit trail; it is written by the pipeline around every operation. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface AuditRow {
  id: string
  at: Date
  actorId: string | null
  postId: string | null
  operation: string
  subjectType: string | null
  subjectId: string | null
  outcome: string
  detail: Record<string, unknown>
  requestId: string
}

export interface AuditFilter {
  operation?: string | undefined
  actorId?: string | undefined
  subjectId?: string | undefined
}

/** Newest first, those before the given place. */
export function auditEntriesBefore(
  tx: Tx,
  streetId: number,
  filter: AuditFilter,
  before: { at: string; id: string } | undefined,
  limit: number,
): Promise<AuditRow[]> {
  const { operation = null, actorId = null, subjectId = null } = filter
  return tx.many(sql<AuditRow>`select id, at, actor_id as "actorId", post_id as "postId", operation,
    subject_type as "subjectType", subject_id as "subjectId", outcome, detail, request_id as "requestId"
    from audit_entries where street_id = ${streetId}
    and (${operation}::text is null or operation = ${operation}::text)
    and (${actorId}::uuid is null or actor_id = ${actorId}::uuid)
    and (${subjectId}::text is null or subject_id = ${subjectId}::text)
    and (${before?.at ?? null}::timestamptz is null
      or (at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by at desc, id desc limit ${limit}`)
}
