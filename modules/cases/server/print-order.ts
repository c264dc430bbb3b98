import { maskAddress, maskName, maskPhone } from '../../../lib/mask.ts'
import { formatDeadline, formatTime } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { drawPaper, type Paper } from '../../../platform/pdf.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { organisationContact } from '../../accounts/server/index.ts'
import { chainOf } from '../../areas/server/index.ts'
import { deskPhone } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { kindNames, urgencyNames } from '../messages.ts'
import { postAs } from '../rules/decide-act.ts'
import type { CaseRow } from './case-row.ts'
import { findHistory, type WholeHistory } from './case-store.ts'
import { factsOf, mayReadTexts } from './case-view.ts'
import { type Names, namesOf, organisationRef } from './names.ts'
import { streetName } from './slip-store.ts'

type OrderCall = Call<typeof contract.printOrder>

const openedForMs = 30 * 60_000
const withHolder: readonly CaseRow['state'][] = ['assigned', 'in-progress', 'result-submitted']

/** 打印承办单: what is to be done, where, by when, and room to write what was done; audited. */
export const printOrder = operation(contract.printOrder, async (call) => {
  const { tx, actor, at, params } = call
  const found = await findHistory(tx, actor.streetId, params.id)
  if (!found || !mayReadTexts(found.row, actor)) throw new Refusal('cases/not-found')
  const { row } = found
  // Rule: rights.md, submit-result: whose the order is, or the desk that records for them.
  const facts = factsOf(row)
  const theirs = postAs('holder', facts, actor) ?? postAs('desk', facts, actor)
  if (!theirs) throw new Refusal('cases/not-your-act')
  if (!withHolder.includes(row.state)) throw new Refusal('cases/no-order')
  const names = await namesOf(tx, actor.streetId)
  const order = await orderOf(call, found, names)
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    postId: theirs.id,
    detail: { order: 'printed', contact: order.opened.join(',') },
  })
  call.sendAs({ name: `承办单-${row.number}.pdf`, mediaType: 'application/pdf' })
  return drawPaper({ size: 'A4', title: `承办单 ${row.number}`, at }, (paper) => draw(paper, order))
})

interface Order {
  street: string
  number: string
  target: string
  to: string
  facts: readonly (readonly [string, string])[]
  text: string
  contact: readonly (readonly [string, string])[]
  /** Fields of the reporter that stand in clear. */
  opened: readonly string[]
  desk: string
}

async function orderOf(call: OrderCall, found: WholeHistory, names: Names): Promise<Order> {
  const { tx, actor, at, services } = call
  const { row } = found
  const organisation = organisationRef(names, row.organisation_id)
  const firm = organisation && (await organisationContact(tx, services.keys, actor.streetId, organisation.id))
  const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
  const place = chainOf(names.areas, row.area)
    .slice(1)
    .map((area) => area.name)
    .join(' · ')
  const note = found.entries.findLast((entry) => entry.act === 'assign')?.words
  const told: [string, string][] = [
    ['承办单位', organisation?.name ?? '见系统'],
    ['单位电话', firm?.phone ?? ''],
    ['单位地址', firm?.address ?? ''],
    [
      '事项',
      [matter?.name, row.kind && kindNames[row.kind].zh, urgencyNames[row.urgency].zh]
        .filter(Boolean)
        .join(' · '),
    ],
    ['地点', [row.place_text, place].filter(Boolean).join('，')],
    ['派单时间', row.assigned_at ? formatTime(row.assigned_at, 'zh') : ''],
    ['联系居民', row.response_due_at ? `最晚 ${formatDeadline(row.response_due_at, 'zh')}` : ''],
    ['办结期限', row.due_at ? `最晚 ${formatDeadline(row.due_at, 'zh')}` : ''],
    ['时限依据', row.clock_rule?.words.zh ?? ''],
    ['受理台要求', note ?? ''],
  ]
  const { facts, opened } = contactOf(call, found)
  const phone = await readSetting(tx, actor.streetId, deskPhone, at)
  return {
    street: await streetName(tx, actor.streetId),
    number: row.number,
    target: `${services.publicUrl ?? ''}/console/cases/${row.id}`,
    to: organisation?.name ?? '',
    facts: told.filter(([, value]) => value !== ''),
    text: row.text,
    contact: facts,
    opened,
    desk: phone === '' ? '' : `受理台电话 ${phone}`,
  }
}

const fields = [
  ['name', '反映人', maskName],
  ['phone', '电话', maskPhone],
  ['address', '住址', maskAddress],
] as const

/**
 * Masked, unless this person opened the field with a reason a moment ago: then the paper says what they were shown.
 * A confidential reporter stands on no paper.
 */
function contactOf({ actor, at, services }: OrderCall, { row, parts, entries }: WholeHistory) {
  const { reporter } = parts
  const facts: (readonly [string, string])[] = []
  const opened: string[] = []
  if (!reporter || row.confidential)
    return { facts: [['反映人', '要求保密，请与受理台联系'] as const], opened }
  for (const [field, label, mask] of fields) {
    const sealed = reporter[`${field}_encrypted`]
    if (sealed === null) continue
    const clear = services.keys.open(`case_reporters.${field}.${row.id}`, sealed)
    const isOpen = entries.some(
      (entry) =>
        entry.act === 'unmask' &&
        entry.actor_id === actor.accountId &&
        entry.detail.field === field &&
        at.getTime() - entry.at.getTime() < openedForMs,
    )
    if (isOpen) opened.push(field)
    facts.push([label, isOpen ? clear : mask(clear)])
  }
  return { facts, opened }
}

function draw(paper: Paper, order: Order): void {
  paper.qr(order.target, 26, '办完后请交回，受理台扫码登记')
  paper.text(order.street, { size: 10, grey: true, after: 0.1 })
  paper.title(`承办单 ${order.number}`)
  paper.facts(order.facts)
  paper.text('居民反映', { grey: true, after: 0.1 })
  paper.text(order.text, { size: 12, after: 0.6 })
  paper.facts(order.contact)
  paper.lines('办理情况（怎么办的、结果如何）', 5)
  paper.lines('何时、用什么方式联系过居民', 2)
  paper.lines('承办人签字、日期、盖章', 1)
  paper.text(`没有解决的请写明原因。${order.desk}`, { size: 9, grey: true })
}
