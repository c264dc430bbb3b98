import { dayOf, formatDay, formatTime } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { drawPaper } from '../../../platform/pdf.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { courtPapers, tierNames } from '../mediation-words.ts'
import { acting } from './acting.ts'
import { openAgreement, openParty } from './mediation-seal.ts'
import { findMediation, partiesOf } from './mediation-store.ts'
import { partyOf, seenOf } from './mediation-view.ts'

/** 调解协议书, to be signed. Rule: 人民调解法 art. 29: parties, facts and who answers for what, content, way and time of performance. */
export const printAgreement = operation(contract.printAgreement, async (of) => {
  const call = acting(of)
  const { tx, actor, services, at } = call
  const row = await findMediation(tx, actor.streetId, of.params.id)
  if (!row) throw new Refusal('safety/not-found')
  const text = openAgreement(services.keys, row)
  if (!text || !row.agreement) throw new Refusal('safety/no-draft')
  const parties = await partiesOf(tx, actor.streetId, [row.case_id])
  if (partyOf(actor, parties)) call.skipAudit()
  else call.audit({ subjectType: 'mediation', subjectId: row.case_id, detail: { agreement: 'printed' } })
  const { mediators } = await seenOf(call)
  const root = await streetRoot(tx, actor.streetId)
  const nameOf = (id: string) => {
    const party = parties.find((one) => one.id === id)
    return party ? (openParty(services.keys, party, 'name') ?? '') : ''
  }
  const isOral = row.agreement.form === 'oral'
  const title = isOral ? '口头协议登记表' : '人民调解协议书'
  call.sendAs({ name: `${title}-${row.number}.pdf`, mediaType: 'application/pdf' })
  return drawPaper({ size: 'A4', title: `${title} ${row.number}`, at }, (paper) => {
    paper.text(`${root.name} ${tierNames[row.tier].zh}调解`, { size: 10, grey: true, after: 0.1 })
    paper.title(title)
    paper.facts([
      ['编号', row.number],
      ...parties.map(
        (party, index) =>
          [
            `当事人${index + 1}`,
            (['name', 'phone', 'address'] as const)
              .flatMap((field) => openParty(services.keys, party, field) ?? [])
              .join('，'),
          ] as const,
      ),
      ['主要事实', text.facts],
      ['各方责任', text.responsibility],
      ['协议内容', text.content],
      ...row.performance.map(
        (duty, index) =>
          [
            `履行${index + 1}`,
            `${nameOf(duty.partyId)}：${text.duties[duty.id]?.what ?? ''}；方式：${text.duties[duty.id]?.way ?? ''}；期限：${formatDay(duty.dueOn, 'zh')}前`,
          ] as const,
      ),
      ['调解员', row.mediator_ids.flatMap((id) => mediators.get(id)?.name ?? []).join('、')],
      ['生效', row.effective_at ? formatTime(row.effective_at, 'zh') : '各方签名、调解员签名并盖章后生效'],
    ])
    if (isOral) paper.text('双方达成口头协议，自达成时生效，由调解员记录。', { size: 10 })
    else {
      for (const party of parties)
        paper.lines(
          `${openParty(services.keys, party, 'name') ?? ''}（签名、盖章或按指印）　　　　年　　月　　日`,
          1,
        )
      paper.lines('调解员签名　　　　年　　月　　日', 1)
      paper.lines('人民调解委员会（盖章）　　　　年　　月　　日', 1)
    }
    paper.text('协议有法律约束力，当事人应当按照约定履行。一式数份，当事人各执一份，调解委员会留存一份。', {
      size: 9,
      grey: true,
    })
    if (row.agreement?.aboutStatus !== true)
      paper.text(
        `自协议生效之日起三十日内可以共同申请司法确认${row.confirm_by ? `（最晚${formatDay(row.confirm_by, 'zh')}）` : ''}。${courtPapers.zh}`,
        { size: 9, grey: true },
      )
    paper.text(`打印日期 ${formatDay(dayOf(at), 'zh')}`, { size: 9, grey: true })
  })
})
