/** The jobs of messages. */
import type { JobCall, JobModule } from '../../../platform/jobs.ts'
import { keptSince } from '../../../platform/jobs-clean-up.ts'
import { forgetNotices } from './delivery-store.ts'
import { noticeWriter } from './notice-words.ts'
import { planDeliveries } from './plan-deliveries.ts'
import { type SubjectFinders, sendDue } from './send-due.ts'
import { deliverTask } from './tell.ts'

/** `finders` say whom a subject names as its contact and where a text leads: `{ case: { phone: phoneOfReporter } }`. */
export function messagesJobs(finders: SubjectFinders): JobModule {
  return {
    name: 'messages',
    jobs: [
      // Asked for by every act that tells somebody; each minute it also looks for what waits or has to be tried again.
      { task: deliverTask, scope: 'street', everyMinutes: 1, run: (call) => deliver(call, finders) },
      {
        task: 'messages.cleanUp',
        scope: 'street',
        everyMinutes: 60,
        run: async ({ tx, at, actor }) =>
          forgetNotices(tx, actor.streetId, await keptSince(tx, 'notice', at)),
      },
    ],
  }
}

/**
 * One batch a transaction, and planning apart from sending: the id under which something leaves is kept before it
 * leaves, or a worker that dies would send it again under another.
 */
async function deliver(call: JobCall, finders: SubjectFinders): Promise<void> {
  const writer = await noticeWriter(call.tx, call.actor.streetId, call.at)
  const again = (await planDeliveries(call, writer.street.code)) || (await sendDue(call, writer, finders))
  if (again) call.job({ task: deliverTask, payload: {}, runAt: call.at })
}
