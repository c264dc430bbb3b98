/** From asking to become a member of a micro-grid to the post, each step by another hand. */
import { addDays, dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { termEnd } from '../rules/member-term.ts'
import { mayHoldTogether } from '../rules/role-exclusions.ts'
import { lockStaffOfStreet } from './account-store.ts'
import { applicationViews } from './application-view.ts'
import { keepsTreeOf } from './party-rights.ts'
import { insertPosts, rolesOfAccount } from './post-store.ts'
import {
  type ApplicationRow,
  applicationsOf,
  findRecruitCall,
  giveUpLead,
  insertApplication,
  lockApplication,
  setApplication,
} from './recruit-store.ts'
import { refreshStandIns } from './stand-ins.ts'

export const applyToCall = operation(contract.applyToCall, async (call) => {
  const { tx, actor, at, params, body } = call
  const { streetId } = actor
  const row = await findRecruitCall(tx, streetId, params.id)
  if (!row) throw new Refusal('accounts/call-not-found')
  const today = dayOf(at)
  if (today < row.opensOn || today > row.closesOn) throw new Refusal('accounts/call-closed')
  const area = await findArea(tx, streetId, body.areaId)
  if (!area || !(area.path === row.areaPath || area.path.startsWith(`${row.areaPath}.`)))
    throw new Refusal('accounts/area-not-found')
  const one = {
    id: call.newId(),
    callId: row.id,
    accountId: actor.accountId,
    areaId: area.id,
    areaPath: area.path,
    pool: body.pool,
    words: body.words,
  }
  if (!(await insertApplication(tx, streetId, one, at))) throw new Refusal('accounts/applied-already')
  call.audit({ subjectType: 'recruit-application', subjectId: one.id })
  return viewOf(call, { ...one, state: 'applied', reason: null })
})

export const withdrawApplication = operation(contract.withdrawApplication, async (call) => {
  const { tx, actor, at, params } = call
  const row = await lockApplication(tx, actor.streetId, params.id)
  if (!row || row.accountId !== actor.accountId) throw new Refusal('accounts/application-not-found')
  if (row.state !== 'applied') throw new Refusal('accounts/application-settled')
  await setApplication(tx, actor.streetId, row.id, { state: 'withdrawn' }, { by: actor.accountId, at })
  call.audit({ subjectType: 'recruit-application', subjectId: row.id })
  return {}
})

export const listApplications = operation(contract.listApplications, async (call) => {
  const { tx, actor, params } = call
  const row = await findRecruitCall(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('accounts/call-not-found')
  const chooses = keepsTreeOf(actor, row.areaPath)
  const puts = actor.roles.includes('security-admin')
  if (!chooses && !puts) throw new Refusal('accounts/not-your-area')
  const rows = (await applicationsOf(tx, actor.streetId, row.id)).filter(
    ({ state }) => chooses || state === 'chosen' || state === 'in-post',
  )
  call.audit({ subjectType: 'recruit-call', subjectId: row.id, detail: { rows: rows.length } })
  return { items: await applicationViews(call, rows) }
})

export const settleApplication = operation(contract.settleApplication, async (call) => {
  const { tx, actor, at, params, body } = call
  const row = await lockApplication(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('accounts/application-not-found')
  if (!keepsTreeOf(actor, row.areaPath)) throw new Refusal('accounts/not-your-area')
  if (row.state !== 'applied') throw new Refusal('accounts/application-settled')
  if (!body.chosen && body.reason === undefined)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/reason', message: 'is needed to decline' }],
    })
  const state = body.chosen ? 'chosen' : 'declined'
  const reason = body.chosen ? null : (body.reason ?? null)
  await setApplication(tx, actor.streetId, row.id, { state, reason }, { by: actor.accountId, at })
  call.audit({ subjectType: 'recruit-application', subjectId: row.id, outcome: state })
  return viewOf(call, { ...row, state, reason })
})

// Rule: rights.md: posts are the security administrator's; whom the community chose they put in post and nobody else.
export const takeUpApplication = operation(contract.takeUpApplication, async (call) => {
  const { tx, actor, at, params, body } = call
  const { streetId } = actor
  const row = await lockApplication(tx, streetId, params.id)
  if (!row) throw new Refusal('accounts/application-not-found')
  if (row.state !== 'chosen') throw new Refusal('accounts/application-settled')
  const recruit = await findRecruitCall(tx, streetId, row.callId)
  const account = await lockStaffOfStreet(tx, streetId, body.accountId)
  if (!recruit || !account) throw new Refusal('accounts/not-found')
  const fromDay = body.fromDay ?? dayOf(at)
  const toDay = addDays(termEnd(fromDay, recruit.termMonths), -1)
  const held = await rolesOfAccount(tx, account.id, fromDay, toDay)
  if (!mayHoldTogether([...held, 'micro-grid-member'])) throw new Refusal('accounts/roles-exclude-each-other')
  const postId = call.newId()
  // Rule: systems.md §0, 1: many members to a micro-grid, one of them leads.
  if (body.lead) await giveUpLead(tx, streetId, row.areaId)
  await insertPosts(tx, streetId, [
    {
      id: postId,
      accountId: account.id,
      role: 'micro-grid-member',
      area: { id: row.areaId, path: row.areaPath },
      fromDay,
      toDay,
      lead: body.lead ?? false,
    },
  ])
  await setApplication(tx, streetId, row.id, { state: 'in-post', postId }, { by: actor.accountId, at })
  await refreshStandIns(tx, streetId, at)
  call.audit({
    subjectType: 'account',
    subjectId: account.id,
    detail: { post: postId, role: 'micro-grid-member' },
  })
  return viewOf(call, { ...row, state: 'in-post' })
})

async function viewOf(
  call: Pick<Call<typeof contract.applyToCall>, 'tx' | 'actor' | 'services'>,
  row: ApplicationRow,
): Promise<contract.ApplicationView> {
  const [view] = await applicationViews(call, [row])
  if (!view) throw new Error('the application is gone')
  return view
}
