/** Who reported is forgotten once a finished case is older than its retention class says; the case stays. */
import { sql } from 'kysely'
import type { JobCall } from '../../../platform/jobs.ts'
import { keptSince } from '../../../platform/jobs-clean-up.ts'

const batch = 500

// Rule: Personal Information Protection Law, articles 19 and 47. A case on the long-term list is not finished.
export async function eraseContacts({ tx, at, actor, audit }: JobCall): Promise<void> {
  const before = await keptSince(tx, 'reporter-contact', at)
  for (;;) {
    const erased = await tx.many(
      sql<{ case_id: string }>`update case_reporters r
        set name_encrypted = null, phone_encrypted = null, address_encrypted = null, phone_index = null,
          phone_tail_index = null, erased_at = ${at}
        from (select r2.case_id from case_reporters r2 join cases c on c.street_id = r2.street_id and c.id = r2.case_id
          where r2.street_id = ${actor.streetId} and r2.erased_at is null and c.closed_at < ${before}
            and c.state in ('closed', 'declined', 'merged') and c.outcome is distinct from 'unsolved'
          limit ${batch}) d
        where r.street_id = ${actor.streetId} and r.case_id = d.case_id
        returning r.case_id`,
    )
    for (const { case_id } of erased)
      audit({ subjectType: 'case', subjectId: case_id, detail: { erased: 'reporter-contact' } })
    if (erased.length < batch) return
  }
}
