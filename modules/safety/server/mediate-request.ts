/** From a request to a mediation: asked for by its person, taken up by the desk, and told of both ways. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import {
  answerBeside,
  caseStandings,
  contactForDispute,
  findCase,
  isPlainRequest,
} from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { type Acting, acting, postOver } from './acting.ts'
import { campaignOfHazard } from './campaign-store.ts'
import { deskPost } from './give-out.ts'
import { sealParty } from './mediation-seal.ts'
import { findMediation, type PartyRow } from './mediation-store.ts'
import { viewOf } from './mediation-view.ts'
import { openDispute, partiesFrom } from './register-mediation.ts'
import {
  findRequest,
  insertAsked,
  type RequestRow,
  requestOfMediation,
  turnRequest,
  waitingRequests,
} from './request-store.ts'
import { findViolation } from './violation-store.ts'

const numbered = async (call: Acting, id: string | null | undefined) => {
  if (!id) return null
  const of = (await caseStandings(call, [id])).get(id)
  return of ? { id, number: of.summary.number } : null
}

/** The mediation of a request: that there is one for whoever sees the place, how it stands for who may see it. */
async function mediationOf(call: Acting, asked: RequestRow | undefined) {
  const { tx, actor } = call
  if (!asked?.mediation_id) return null
  const seen = await findMediation(tx, actor.streetId, asked.mediation_id)
  if (seen) return { id: seen.case_id, number: seen.number, stage: seen.stage }
  const there = await numbered(call, asked.mediation_id)
  return there && { ...there, stage: null }
}

/** @throws Refusal safety/not-found */
async function linksOf(call: Acting, id: string): Promise<contract.CaseLinks> {
  const { tx, actor } = call
  const { streetId } = actor
  const row = await findCase(tx, streetId, id)
  if (!row) throw new Refusal('safety/not-found')
  const asked = await findRequest(tx, streetId, id)
  const hazard = row.special === 'hazard' ? await campaignOfHazard(tx, streetId, id) : undefined
  const origin = row.special === 'mediation' ? await requestOfMediation(tx, streetId, id) : undefined
  const isPlain = isPlainRequest(row)
  const isMine = row.reporter_id === actor.accountId && actor.kind === 'resident'
  const waits = isPlain && !asked?.mediation_id
  const atDesk = postOver(actor, row.area, contract.desk) !== undefined
  return {
    special: row.special,
    campaign: hazard ?? null,
    violation: row.special === 'violation' && (await findViolation(tx, streetId, id)) !== undefined,
    mediation: await mediationOf(call, asked),
    request: await numbered(call, origin?.case_id),
    askedAt: asked?.asked_at?.toISOString() ?? null,
    can: {
      ask: isMine && waits && !asked,
      mediate: atDesk && waits && row.reporter_id !== actor.accountId,
      list: atDesk && waits,
    },
  }
}

export const getCaseLinks = operation(contract.getCaseLinks, (of) => linksOf(acting(of), of.params.id))

/** Rule: 人民调解法 art. 17, 18: whoever is at odds may apply. */
export const askMediation = operation(contract.askMediation, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const row = await findCase(tx, actor.streetId, of.params.id)
  if (!row) throw new Refusal('safety/not-found')
  if (row.reporter_id !== actor.accountId || actor.kind !== 'resident') throw new Refusal('safety/not-yours')
  if (!isPlainRequest(row)) throw new Refusal('safety/not-a-request')
  await insertAsked(tx, actor.streetId, { caseId: row.id, area: row.area, by: actor.accountId, at })
  call.audit({ subjectType: 'case', subjectId: row.id, detail: { asked: true } })
  call.event({ type: 'case.mediation-asked', subjectId: row.id, audience: { area: row.area } })
  return linksOf(call, row.id)
})

export const listMediationRequests = operation(contract.listMediationRequests, async (of) => {
  const call = acting(of)
  const rows = await waitingRequests(call.tx, call.actor.streetId)
  const standings = await caseStandings(
    call,
    rows.map(({ case_id }) => case_id),
  )
  return {
    items: rows.flatMap(({ case_id, asked_at }) => {
      const one = standings.get(case_id)?.summary
      const waits = one && (one.state === 'pending' || one.state === 'accepted') && one.special === null
      return waits && asked_at
        ? [
            {
              id: case_id,
              number: one.number,
              title: one.title,
              area: one.area,
              askedAt: asked_at.toISOString(),
            },
          ]
        : []
    }),
  }
})

const answer =
  '您反映的纠纷已经转为人民调解，正在调解。调解免费、自愿，内容保密，可以在“我的调解”里看进展；没有调解成，可以再次反映。'

/**
 * 转人民调解: the person of the request becomes its first party and has agreed; everybody else is asked like in every
 * mediation. The request is answered that it is being mediated, and hears nothing more of it.
 */
export const mediateRequest = operation(contract.mediateRequest, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const { streetId } = actor
  const { kind, level, consentWay, facts, others } = of.body
  const row = await findCase(tx, streetId, of.params.id)
  if (!row) throw new Refusal('safety/not-found')
  const postId = deskPost(call, row)
  const asked = await findRequest(tx, streetId, row.id)
  if (asked?.mediation_id) throw new Refusal('safety/mediated-already')
  if (!isPlainRequest(row) || row.reporter_id === actor.accountId) throw new Refusal('safety/not-a-request')
  const way = asked?.asked_at ? 'online' : consentWay
  if (way === undefined) throw new Refusal('safety/resident-not-asked')
  const person = await contactForDispute(call, row)
  if (!person) throw new Refusal('safety/reporter-hidden')
  const name = person.name ?? of.body.name?.trim()
  if (!name) throw new Refusal('safety/name-missing')
  const dispute = await openDispute(call, {
    areaId: row.area_id,
    kind,
    level,
    facts: facts ?? row.text,
    parties: async (id) => {
      const partyId = call.newId()
      const first: PartyRow = {
        id: partyId,
        case_id: id,
        place: 1,
        ...sealParty(call.services.keys, partyId, { ...person, name }),
        account_id: row.reporter_id,
        consent: 'yes',
        consent_way: way,
        consent_at: asked?.asked_at ?? at,
        wishes: null,
      }
      return [first, ...(await partiesFrom(call, id, others, 1))]
    },
  })
  const turned = {
    caseId: row.id,
    area: row.area,
    reporterId: row.reporter_id,
    mediationId: dispute.case_id,
    by: actor.accountId,
    at,
  }
  if (!(await turnRequest(tx, streetId, turned))) throw new Refusal('safety/mediated-already')
  await answerBeside(call, row.id, { as: 'mediation', answer, postId })
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    postId,
    detail: { act: 'mediated', fields: 'name,phone,address' },
  })
  return viewOf(call, dispute, contract.desk)
})
