/** A template with the facts of one case, as the reader may see them. */
import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { systemAccountId } from '../../../platform/actor.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { roleNames } from '../../accounts/messages.ts'
import { addressOf, fillTemplate, type TemplateFacts } from '../rules/fill-template.ts'
import type { CaseRow } from './case-row.ts'
import { partsOf } from './case-store.ts'
import { mayReadTexts, reporterView } from './case-view.ts'
import { hasMergedCases } from './merged-cases.ts'
import { byPost, type Names, organisationRef } from './names.ts'
import { newestTemplate } from './template-store.ts'

/** What a call of an operation brings, or a case of a batch. */
export type Filling = Pick<Call<OperationContract>, 'tx' | 'actor' | 'at' | 'services' | 'asSystem'>

/** 2026-09-14 as residents read it. */
const dayWords = (at: Date | null): string | null => {
  if (at === null) return null
  const [year, month, day] = dayOf(at).split('-')
  return `${year}年${Number(month)}月${Number(day)}日`
}

/** @throws Refusal cases/not-found for whoever may not read its texts */
export async function templateFacts(filling: Filling, row: CaseRow, names: Names): Promise<TemplateFacts> {
  if (!mayReadTexts(row, filling.actor)) throw new Refusal('cases/not-found')
  const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
  return {
    称呼: await addressFor(filling, row, names),
    事项: matter ? (matter.resident_words ?? matter.name) : null,
    编号: row.number,
    地点: row.place_text ?? names.areas.byId.get(row.area_id)?.name ?? null,
    承办单位: holderOf(row, names),
    期限: dayWords(row.due_at),
    受理日期: dayWords(row.accepted_at),
    今天: dayWords(filling.at),
    街道: names.areas.root.name,
  }
}

/** Who asked for confidence, and everybody where several are answered with one text, is not named. */
async function addressFor(filling: Filling, row: CaseRow, names: Names): Promise<string> {
  const { tx, actor, services } = filling
  if (row.confidential || (await hasMergedCases(filling, row, names.areas.root.path))) return addressOf(null)
  const { reporter } = await partsOf(tx, row.id)
  return addressOf(reporterView(row, reporter, actor, services.keys)?.name ?? null)
}

function holderOf(row: CaseRow, names: Names): string | null {
  const organisation = organisationRef(names, row.organisation_id)
  if (organisation) return organisation.name
  if (row.holder_post_id === null) return null
  const { role, place } = byPost(names, row.holder_post_id, row.holder_account_id, systemAccountId)
  return role === 'resident' || role === 'system' ? null : `${place ?? ''}${roleNames[role].zh}`
}

/** @throws Refusal cases/template-unknown for one that is not there or no longer in use */
export async function filledFor(filling: Filling, templateId: string, row: CaseRow, names: Names) {
  const template = await newestTemplate(filling.tx, filling.actor.streetId, templateId)
  if (!template || template.retired) throw new Refusal('cases/template-unknown')
  return fillTemplate(template.words, await templateFacts(filling, row, names))
}
