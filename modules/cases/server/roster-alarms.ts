/** Shifts that nobody stands in the next three days: told once to whoever runs the desk, and shown there until filled. */
import type { JobCall } from '../../../platform/jobs.ts'
import { headsOfDesk, noteGaps, rosterGaps } from '../../accounts/server/index.ts'
import { type NoticeAsk, tell } from '../../messages/server/index.ts'

/** Rule: issue 3 item 2: a gap in the roster is an alarm three days before. */
const alarmDays = 3

export async function tellRosterGaps(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const { streetId } = actor
  const fresh = await noteGaps(tx, streetId, await rosterGaps(tx, streetId, at, alarmDays), at)
  const asks: NoticeAsk[] = []
  for (const deskId of new Set(fresh.map((gap) => gap.deskId))) {
    const heads = await headsOfDesk(tx, streetId, deskId, at)
    for (const gap of fresh.filter((one) => one.deskId === deskId))
      asks.push({
        event: 'duty.gap',
        reader: 'desk',
        to: heads.map((account) => ({ account })),
        about: { type: 'desk', id: deskId, area: gap.deskPath },
        facts: { starts: gap.startsAt.toISOString() },
        urgency: 'P2',
        dedupe: `${gap.day}-${gap.kind}-${at.toISOString()}`,
      })
    const path = fresh.find((one) => one.deskId === deskId)?.deskPath
    if (path !== undefined) call.event({ type: 'roster.gap', subjectId: deskId, audience: { area: path } })
  }
  await tell(call, asks)
}
