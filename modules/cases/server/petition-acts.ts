/** The acts of a petition 信访: registered, passed on, told in writing, put off once, answered in writing. */
import type { OperationContract } from '../../../lib/contract.ts'
import { addDays, type Day, dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { latestPetitionEnd, noticeSpan, petitionClocks, settleSpan } from '../rules/petition.ts'
import { askFor } from './ask-approval.ts'
import { workingCalendar } from './calendar.ts'
import type { CaseRow, PetitionOnCase } from './case-row.ts'
import type { CaseChange } from './case-store.ts'
import { performAct } from './perform-act.ts'

/** How far back the day of a letter may lie: what came before a long holiday is still written down as it was. */
const daysBack = 30

/** A day of the past few weeks, today unless told otherwise. */
function pastDay<C extends OperationContract>({ at }: Call<C>, day: Day | undefined): Day {
  const today = dayOf(at)
  if (day === undefined) return today
  if (day > today) throw new Refusal('cases/date-in-future')
  if (day < addDays(today, -daysBack)) throw new Refusal('cases/date-in-past')
  return day
}

async function clocksFrom<C extends OperationContract>(
  { tx, actor }: Call<C>,
  receivedOn: Day,
  takenOn: Day | null,
): Promise<Pick<CaseChange, 'response_due_at' | 'due_at' | 'clock_rule'>> {
  const clocks = petitionClocks(receivedOn, takenOn, await workingCalendar(tx, actor.streetId))
  return {
    response_due_at: clocks.noticeBy,
    due_at: clocks.settleBy,
    clock_rule: {
      response: noticeSpan,
      finish: settleSpan,
      words: clocks.words,
      provisional: clocks.provisional,
    },
  }
}

function petitionOf({ petition }: CaseRow): PetitionOnCase {
  if (petition === null) throw new Refusal('cases/not-petition')
  return petition
}

/** 登记: the number is the case's own under a mark, so that one matter never has two serial numbers here. */
export const registerPetition = operation(contract.registerPetition, (call) =>
  performAct(call, 'register-petition', async ({ row }) => {
    const { form, outsideNumber = null, words } = call.body
    const receivedOn = pastDay(call, call.body.receivedOn)
    const number = `信${row.number}`
    const petition: PetitionOnCase = {
      number,
      outsideNumber,
      form,
      receivedOn,
      registeredAt: call.at.toISOString(),
      passedTo: null,
      passedOn: null,
      notice: null,
      toldOn: null,
      opinion: null,
      settledOn: null,
    }
    return {
      to: 'accepted',
      set: {
        petition,
        desk: 'street',
        accepted_at: row.accepted_at ?? call.at,
        clock_start_at: call.at,
        responded_at: null,
        promised_at: null,
        ...(await clocksFrom(call, receivedOn, null)),
      },
      words,
      detail: { number, form, receivedOn },
    }
  }),
)

/** 转送: whoever decides is named as on the letter, or is an organisation that signs in here and then holds it. */
export const passPetition = operation(contract.passPetition, (call) =>
  performAct(call, 'pass-petition', ({ row, names }) => {
    const { to, organisationId, words } = call.body
    if ((to === undefined) === (organisationId === undefined)) throw new Refusal('cases/holder-needed')
    const organisation =
      organisationId === undefined ? undefined : names.people.organisations.get(organisationId)
    if (organisationId !== undefined && !organisation?.active) throw new Refusal('cases/organisation-unknown')
    const passedTo = organisation?.name ?? to ?? ''
    return {
      to: 'in-progress',
      set: {
        petition: { ...petitionOf(row), passedTo, passedOn: dayOf(call.at), notice: null, toldOn: null },
        organisation_id: organisationId ?? null,
        assigned_at: call.at,
        assigned_by: [...new Set([...row.assigned_by, call.actor.accountId])],
      },
      words,
      detail: { to: passedTo },
    }
  }),
)

/** 告知: taken on starts the sixty days; not theirs brings it back to be passed on anew, the fifteen days going on. */
export const noticePetition = operation(contract.noticePetition, (call) =>
  performAct(call, 'notice-petition', async ({ row }) => {
    const { notice, words, fileIds } = call.body
    const toldOn = pastDay(call, call.body.toldOn)
    const before = petitionOf(row)
    if (before.passedOn !== null && toldOn < before.passedOn) throw new Refusal('cases/date-in-past')
    const petition = { ...before, notice, toldOn }
    const shared = { words, detail: { notice, toldOn }, ...(fileIds ? { fileIds } : {}) }
    if (notice === 'not-theirs')
      return { ...shared, to: 'accepted', set: { petition, organisation_id: null, assigned_at: null } }
    if (notice === 'not-taken-on')
      return {
        ...shared,
        to: 'declined',
        set: { petition, responded_at: call.at, answer: words, answered_at: call.at, closed_at: call.at },
      }
    return {
      ...shared,
      set: { petition, responded_at: call.at, ...(await clocksFrom(call, before.receivedOn, toldOn)) },
    }
  }),
)

export const extendPetition = operation(contract.extendPetition, (call) =>
  performAct(call, 'extend-petition', async (acting) => {
    const { until, reason } = call.body
    const asked = new Date(until)
    const due = acting.row.due_at
    if (due === null || asked <= call.at || asked <= due) throw new Refusal('cases/date-in-past')
    const latest = latestPetitionEnd(due, await workingCalendar(call.tx, call.actor.streetId))
    if (asked > latest) throw new Refusal('cases/petition-too-long', { fill: { day: dayOf(latest) } })
    return askFor(acting, { act: 'extend', reason, until: asked.toISOString() })
  }),
)

/** 处理意见: the petitioner reads the answer and where a review may be asked for; nothing is asked to be rated. */
export const settlePetition = operation(contract.settlePetition, (call) =>
  performAct(call, 'settle-petition', ({ row }) => {
    const { opinion, answer, fileIds } = call.body
    return {
      to: 'closed',
      set: {
        petition: { ...petitionOf(row), opinion, settledOn: dayOf(call.at) },
        answer,
        answered_at: call.at,
        closed_at: call.at,
      },
      words: answer,
      detail: { opinion },
      ...(fileIds ? { fileIds } : {}),
    }
  }),
)
