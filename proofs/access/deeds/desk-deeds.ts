/** Deeds of meetings, messages and settings. */

import { createHmac } from 'node:crypto'
import { newId } from '../../../lib/ids.ts'
import * as command from '../../../modules/command/contract.ts'
import * as messages from '../../../modules/messages/contract.ts'
import { tell } from '../../../modules/messages/server/index.ts'
import * as settings from '../../../modules/settings/contract.ts'
import { inProgress } from './case-deeds.ts'
import { type Deed, found, type Hands, inDays } from './hands.ts'

/** About a week of its own, since no two are about the same days. */
async function meeting(h: Hands): Promise<string> {
  const back = 10 + h.next()
  const day = inDays(-back)
  const { id } = await h.make('supervisor', command.planMeeting, { body: { from: day, to: day } })
  return id
}
async function held(h: Hands): Promise<string> {
  const id = await meeting(h)
  await h.make('supervisor', command.holdMeeting, { params: { id }, body: {} })
  return id
}

/** A message on its way to a resident, as the job that sends them leaves it. */
async function onItsWay(h: Hands, port: 'phone' | 'text', state: 'queued' | 'sent'): Promise<string> {
  const about = await inProgress(h)
  const at = new Date()
  const actor = h.street.system
  const account = found(h.street.residents[0], 'resident').accountId
  await h.asSystem(async (tx) =>
    tell({ tx, at, actor, newId: () => newId(at.getTime()), event: () => {}, job: () => {} }, [
      {
        event: 'case.answered',
        reader: 'resident',
        to: [{ account }],
        about: { type: 'case', id: about, area: h.street.areaPath('c1g1m1') },
        facts: { number: '20260914-00001' },
        urgency: 'P2',
        dedupe: about,
      },
    ]),
  )
  const [row] = await h.letPass(
    `insert into notice_deliveries (street_id, id, notice_id, port, once_key, area, state, next_at, reason, created_at)
      select street_id, gen_random_uuid(), id, $2, id::text || $2, area, $3, created_at, $4, created_at
      from notices where subject_id = $1 and event = 'case.answered' limit 1 returning id`,
    [about, port, state, port === 'phone' ? 'no-number' : null],
  )
  return String(found(row, 'message').id)
}

/** As a gateway signs. */
const signed = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')

const key = 'cases.closeAfterDays'

export const deskDeeds: Readonly<Record<string, Deed>> = {
  'command.decideOnCase': async (h) =>
    h.ask('supervisor', command.decideOnCase, {
      params: { id: await meeting(h) },
      body: { caseId: await inProgress(h), dueOn: inDays(7), words: '请抓紧' },
    }),
  'command.holdMeeting': async (h) =>
    h.ask('supervisor', command.holdMeeting, { params: { id: await meeting(h) }, body: {} }),
  'command.keepMinutes': async (h) =>
    h.ask('supervisor', command.keepMinutes, {
      params: { id: await held(h) },
      body: { words: '会议纪要' },
    }),
  'messages.settlePhoneTask': async (h) =>
    h.ask('clerk-c1', messages.settlePhoneTask, {
      params: { id: await onItsWay(h, 'phone', 'queued') },
      body: { result: 'told' },
    }),
  'messages.takeReceipt': async (h) => {
    const secret = 'made-up'
    Object.assign(h.services.sms, { receiptSecret: secret })
    const id = `${h.street.streetId}-${await onItsWay(h, 'text', 'sent')}`
    const time = Math.floor(Date.now() / 1000)
    return h.ask('clerk-c1', messages.takeReceipt, {
      body: { id, state: 'delivered', time, signature: signed(secret, `${id}\ndelivered\n${time}`) },
    })
  },
  'settings.undoChange': async (h) => {
    // Another value than the last one, which may or may not have been taken back.
    const made = await h.once('changes of a setting', async () => ({ count: 0 }))
    made.count += 1
    const { history } = await h.make('system-admin', settings.changeSetting, {
      params: { key },
      body: { value: 10 + (made.count % 15) },
    })
    return h.ask('system-admin', settings.undoChange, {
      params: { key },
      body: { changeId: found(history[0], 'change').id },
    })
  },
}
