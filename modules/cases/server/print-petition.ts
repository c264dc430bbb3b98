import { type Day, formatDay, formatDeadline } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { drawPaper } from '../../../platform/pdf.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { deskPhone } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import {
  petitionFormNames,
  petitionNoticeNames,
  petitionOpinionNames,
  petitionRemedy,
} from '../petition-words.ts'
import type { CaseRow, PetitionOnCase } from './case-row.ts'
import { findCase } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'
import { streetName } from './slip-store.ts'

/** 信访回执: for the petitioner and whoever hands it out. No name and no contact stands on it. */
export const printPetition = operation(contract.printPetition, async (call) => {
  const { tx, actor, at, params } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row || !mayReadTexts(row, actor)) throw new Refusal('cases/not-found')
  const { petition } = row
  if (petition === null) throw new Refusal('cases/not-petition')
  if (row.reporter_id === actor.accountId) call.skipAudit()
  else call.audit({ subjectType: 'case', subjectId: row.id, detail: { petition: 'printed' } })
  const street = await streetName(tx, actor.streetId)
  const phone = await readSetting(tx, actor.streetId, deskPhone, at)
  call.sendAs({ name: `信访回执-${petition.number}.pdf`, mediaType: 'application/pdf' })
  return drawPaper({ size: 'A5', title: `信访回执 ${petition.number}`, at }, (paper) => {
    paper.text(street, { size: 10, grey: true, after: 0.1 })
    paper.title('信访事项回执')
    paper.facts(factsOf(row, petition))
    paper.text(row.clock_rule?.words.zh ?? '', { size: 9, grey: true })
    paper.text(petitionRemedy.zh, { size: 9, grey: true })
    if (phone !== '') paper.text(`查询电话 ${phone}`, { size: 10 })
  })
})

const dayText = (day: Day | null): string => (day === null ? '' : formatDay(day, 'zh'))

function factsOf(row: CaseRow, petition: PetitionOnCase): (readonly [string, string])[] {
  const told = petition.notice === null ? '' : petitionNoticeNames[petition.notice].zh
  const facts: (readonly [string, string])[] = [
    ['登记编号', petition.number],
    ['上级编号', petition.outsideNumber ?? ''],
    ['收到日期', `${dayText(petition.receivedOn)}（${petitionFormNames[petition.form].zh}）`],
    ['事项', row.title],
    ['转送机关', [petition.passedTo ?? '', dayText(petition.passedOn)].filter(Boolean).join('，')],
    ['书面告知', [told, dayText(petition.toldOn)].filter(Boolean).join('，')],
    [
      '最晚告知',
      petition.notice === null && row.response_due_at ? formatDeadline(row.response_due_at, 'zh') : '',
    ],
    ['最晚办结', petition.settledOn === null && row.due_at ? formatDeadline(row.due_at, 'zh') : ''],
    ['处理意见', petition.opinion === null ? '' : petitionOpinionNames[petition.opinion].zh],
    ['答复日期', dayText(petition.settledOn)],
  ]
  return facts.filter(([, value]) => value !== '')
}
