/** Mediators, disputes, a campaign and violations of the demo street; everything made up. */
import { addDays, startOfDay } from '../lib/time.ts'
import {
  insertCampaign,
  insertMediation,
  putHazardRow,
  putMediatorRow,
  sealFacts,
  sealParty,
} from '../modules/safety/server/index.ts'
import { systemAccountId } from '../platform/actor.ts'
import { wanted } from './load-place.ts'
import { loadViolations, violationCases } from './load-violations.ts'
import { caseOf, idOf, number, type SafetyLoad } from './safety-cases.ts'

const disputes = [
  {
    key: 'noise',
    kind: 'neighbours',
    level: 'yellow',
    facts: '楼上夜里拖动家具，楼下老人睡不好，争过几次。',
    other: '示范邻居甲',
    days: -6,
  },
  {
    key: 'leak',
    kind: 'neighbours',
    level: 'orange',
    facts: '楼上水管漏水，泡坏楼下吊顶，双方对赔多少谈不拢。',
    other: '示范邻居乙',
    days: -2,
  },
] as const

const hazards = [
  {
    key: 'boxes',
    kind: 'fire',
    level: 'greater',
    title: '楼道堆放纸箱，堵住消防通道',
    owner: '示范百货店',
    due: 2,
  },
  { key: 'tiles', kind: 'falling', level: 'general', title: '外墙瓷砖松动', owner: '示范物业', due: 5 },
  {
    key: 'cable',
    kind: 'electricity',
    level: 'major',
    title: '从窗户拉线给电动车充电',
    owner: '示范车棚',
    due: -1,
  },
] as const

/** Gives how many cases it added. */
export async function loadSafety(load: SafetyLoad): Promise<number> {
  const { tx, world, street } = load
  const { streetId } = world
  const [, community] = wanted(
    [...world.areas].find(([, { path }]) => path.split('.').length === 2),
    'a community',
  )
  const [, grid] = wanted(
    [...world.areas].find(
      ([, { path }]) => path.startsWith(`${community.path}.`) && path.split('.').length === 3,
    ),
    'a grid',
  )
  const organisationId = [...world.organisations.values()][0] ?? null
  const made = [
    ...disputes.map(({ key, days }) =>
      caseOf(load, `safety:${key}`, grid, days, {
        special: 'mediation',
        title: '人民调解',
        state: 'accepted',
        due: days + 30,
      }),
    ),
    ...hazards.map(({ key, title, due }) =>
      caseOf(load, `safety:${key}`, grid, -3, {
        special: 'hazard',
        title,
        state: 'assigned',
        due,
        organisationId,
      }),
    ),
    ...violationCases(load, grid, organisationId),
  ]
  await number(load, made)
  const numberOf = (key: string) =>
    wanted(
      made.find(({ row }) => row.id === idOf(load, key)),
      key,
    ).row
  const at = startOfDay(addDays(street.today, -30))
  for (const [tier, area, name, about] of [
    ['courtyard', grid, '示范调解员老郑', '退休教师'],
    ['community', community, '示范调解员秦大姐', '社区干部'],
    ['street', world.root, '示范调解员老何', '司法所'],
  ] as const)
    await putMediatorRow(tx, streetId, {
      id: idOf(load, `safety:${tier}`),
      area_id: area.id,
      area: area.path,
      tier,
      name,
      about,
      account_id: null,
      active: true,
      by: systemAccountId,
      at,
    })
  const resident = [...world.residents.values()][0]
  for (const { key, kind, level, facts, other, days } of disputes) {
    const row = numberOf(`safety:${key}`)
    const party = (place: number, plain: { name: string; phone?: string }, account: string | null) => {
      const id = idOf(load, `safety:${key}:${place}`)
      const seen = place === 1 && key === 'noise'
      return {
        id,
        case_id: row.id,
        place,
        ...sealParty(load.keys, id, plain),
        account_id: account,
        consent: seen ? ('yes' as const) : null,
        consent_way: seen ? ('phone' as const) : null,
        consent_at: seen ? row.created_at : null,
        wishes: null,
      }
    }
    const parties = [
      party(
        1,
        resident ? { name: resident.name, phone: resident.phone } : { name: '示范居民' },
        resident?.accountId ?? null,
      ),
      party(2, { name: other }, null),
    ]
    await insertMediation(
      tx,
      streetId,
      {
        case_id: row.id,
        number: row.number,
        area_id: grid.id,
        area: grid.path,
        kind,
        level,
        tier: 'courtyard',
        stage: 'open',
        ended_for: null,
        is_public: false,
        facts_encrypted: sealFacts(load.keys, row.id, facts),
        mediator_ids: [],
        chosen_by: null,
        readers: parties.flatMap(({ account_id }) => account_id ?? []),
        next_at: null,
        next_place_encrypted: null,
        due_on: addDays(street.today, days + 30),
        agreement: null,
        agreement_encrypted: null,
        effective_at: null,
        confirm_by: null,
        performance: [],
        registered_by: systemAccountId,
        registered_at: row.created_at,
        ended_at: null,
        version: 1,
      },
      parties,
    )
  }
  const campaign = idOf(load, 'safety:campaign')
  await insertCampaign(tx, streetId, {
    id: campaign,
    area_id: world.root.id,
    area: world.root.path,
    name: '除险清患百日行动',
    kinds: ['fire', 'gas', 'electricity', 'falling'],
    from_on: addDays(street.today, -20),
    until_on: addDays(street.today, 80),
    created_by: systemAccountId,
    created_at: at,
    ended_by: null,
    ended_at: null,
  })
  for (const { key, kind, level, owner, due } of hazards)
    await putHazardRow(tx, streetId, {
      case_id: numberOf(`safety:${key}`).id,
      campaign_id: campaign,
      area: grid.path,
      kind,
      level,
      owner,
      organisation_id: organisationId,
      rectify_on: addDays(street.today, due),
      listed_by: systemAccountId,
      listed_at: at,
    })
  await loadViolations(load, grid, organisationId)
  return made.length
}
