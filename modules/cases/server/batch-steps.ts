/** What a batch does to one case: which acts, each with its body. */
import type { Operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import type { BatchOrder } from '../batch-operations.ts'
import { adoptAbovePercent } from '../bulk-settings.ts'
import { adoptMatter } from '../rules/adopt-matter.ts'
import { acceptCase } from './accept-case.ts'
import { answerNow } from './answer-now.ts'
import { assignCase } from './assign-case.ts'
import { asSystemIn, type Person, type Step } from './batch-call.ts'
import type { CaseRow } from './case-row.ts'
import { declineCase } from './decline-case.ts'
import { escalateCase } from './escalate-case.ts'
import type { MatterRow } from './matter-store.ts'
import { mergeCase } from './merge-case.ts'
import type { Names } from './names.ts'
import { sendDownCase } from './send-down-case.ts'
import { guessMatters } from './suggest-matters.ts'
import { organisationsOnDuty } from './suggest-organisations.ts'
import { filledFor } from './template-fill.ts'
import { remindHolder } from './urge-case.ts'

type Holder = Extract<BatchOrder, { act: 'assign' }>['holder']

const step = (operation: Operation, { act: _, ...body }: Record<string, unknown>): Step => ({
  operation,
  body,
})

/** @throws Refusal where the order names nothing for this very case */
export async function stepsFor(
  person: Person,
  order: BatchOrder,
  row: CaseRow,
  names: Names,
): Promise<Step[]> {
  switch (order.act) {
    case 'accept':
      return acceptSteps(person, order, row, names)
    case 'assign':
      return [assignStep(order, row, names, matterOf(row, names))]
    case 'merge':
      return [step(mergeCase, order)]
    case 'escalate':
      return [step(escalateCase, order)]
    case 'send-down':
      return [step(sendDownCase, order)]
    case 'remind':
      return [step(remindHolder, order)]
    case 'answer-now':
      return [step(answerNow, { answer: await answerFor(person, order, row, names) })]
    case 'decline': {
      const { reason, whereToTurn } = order
      return [step(declineCase, { reason, whereToTurn, answer: await answerFor(person, order, row, names) })]
    }
  }
}

const matterOf = (row: CaseRow, names: Names): MatterRow | undefined =>
  row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)

async function acceptSteps(
  { job, actor }: Person,
  order: Extract<BatchOrder, { act: 'accept' }>,
  row: CaseRow,
  names: Names,
): Promise<Step[]> {
  const { holder, note } = order
  // What is accepted already is only given out; without a holder the act itself says what is wrong.
  if (row.state === 'accepted' && holder !== undefined)
    return [assignStep({ holder, note }, row, names, matterOf(row, names))]
  const own = matterOf(row, names)
  const asks = order.matterCode === undefined && own === undefined
  const [best] = asks ? (await guessMatters({ ...job, actor }, row, names, 1)).guesses : []
  const code = adoptMatter({
    named: order.matterCode,
    own: own?.code ?? null,
    suggested: best && { code: best.matter.code, share: best.share },
    atLeastPercent: await readSetting(job.tx, actor.streetId, adoptAbovePercent, job.at),
  })
  if (code === undefined) throw new Refusal('cases/batch-unsure')
  const matter = names.matters.byCode.get(code)
  const kind = order.kind ?? row.kind ?? matter?.kind ?? 'help'
  const accept = step(acceptCase, { kind, matterCode: code })
  return holder === undefined ? [accept] : [accept, assignStep({ holder, note }, row, names, matter)]
}

function assignStep(
  { holder, note }: { holder: Holder; note?: string | undefined },
  row: CaseRow,
  names: Names,
  matter: MatterRow | undefined,
): Step {
  const to = 'byDuty' in holder ? { organisationId: onlyOnDuty(row, names, matter) } : holder
  return step(assignCase, { ...to, ...(note === undefined ? {} : { note }) })
}

/** The one organisation that must take it; two would be a person's choice. */
function onlyOnDuty(row: CaseRow, names: Names, matter: MatterRow | undefined): string {
  const must = matter ? organisationsOnDuty(row, matter, names).filter(({ duty }) => duty === 'must') : []
  const [first, second] = must
  if (first === undefined || second !== undefined) throw new Refusal('cases/batch-no-holder')
  return first.organisation.id
}

/** One's own words, or the template filled from this case. @throws Refusal where the case leaves a gap in it */
async function answerFor(
  { job, actor }: Person,
  { answer, templateId }: { answer?: string | undefined; templateId?: string | undefined },
  row: CaseRow,
  names: Names,
): Promise<string> {
  if (templateId === undefined) return answer ?? ''
  const { tx, at, services } = job
  const filling = { tx, at, services, actor, asSystem: asSystemIn(job, actor) }
  const filled = await filledFor(filling, templateId, row, names)
  const [gap] = filled.gaps
  if (gap !== undefined) throw new Refusal('cases/template-gap', { fill: { field: gap } })
  return filled.text
}
