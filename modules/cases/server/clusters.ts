import { type RawBuilder, sql } from 'kysely'
import { likenessAmong } from '../../../lib/text-likeness.ts'
import { addDays } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaIdsUnder, type IndexedArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { alikeOfOne, clusterCases } from '../rules/cluster-cases.ts'
import { decideAct } from '../rules/decide-act.ts'
import { mergeRefusal } from '../rules/merge-target.ts'
import type { CaseRow } from './case-row.ts'
import { factsOf, mayReadTexts } from './case-view.ts'
import { areaRef, type Names, namesOf } from './names.ts'
import { seenOf } from './seen-of.ts'

const openStates = ['pending', 'accepted', 'assigned', 'in-progress']
const withinDays = 60
const compared = 600
const mostShown = 40
/** Below what any rule lets pass. */
const leastAlike = alikeOfOne

/** 疑似同一件事: among the newest open cases within what the actor may see. */
export const listClusters = operation(contract.listClusters, async (call) => {
  const { tx, actor, at, query } = call
  const names = await namesOf(tx, actor.streetId)
  const seen = await seenOf(call, names)
  const conditions: RawBuilder<unknown>[] = [
    sql`street_id = ${actor.streetId}`,
    sql`state = any(${openStates}::text[])`,
    sql`created_at >= ${new Date(at.getTime() - withinDays * 86_400_000)}`,
    sql`not confidential and petition is null`,
    ...(query.areaId
      ? [sql`area_id = any(${[...(await areaIdsUnder(tx, actor.streetId, query.areaId))]}::uuid[])`]
      : []),
  ]
  const found = await tx.many(
    sql<CaseRow>`select * from cases where ${sql.join(conditions, sql` and `)}
      order by created_at desc, id desc limit ${compared}`,
  )
  // A personal matter is nobody else's: it is never joined (rights.md, merge).
  const rows = found.filter((row) => mayReadTexts(row, actor) && matterOf(row, names)?.is_public !== false)
  const pairs = likenessAmong(rows).pairs(leastAlike)
  const groups = clusterCases(
    rows.map((row) => ({
      area: row.area,
      buildingId: row.building_id,
      createdAt: row.created_at,
      matterKey: matterKeyOf(row, names),
      reporter: row.reporter_id,
    })),
    pairs,
  )
  const mayMerge = (row: CaseRow, parent: CaseRow) => {
    const matter = matterOf(parent, names)
    const own = matterOf(row, names)
    return (
      decideAct('merge', factsOf(row), actor, at, seen.settings).ok &&
      mergeRefusal(
        { id: row.id, matter: own ?? null },
        {
          id: parent.id,
          state: parent.state,
          matter: matter ? { ...matter, isPublic: matter.is_public } : null,
        },
      ) === undefined
    )
  }
  const items = groups.slice(0, mostShown).map(({ members, alike }) => {
    const inOrder = members.flatMap((at) => rows[at] ?? []).sort(parentFirst)
    const [parent] = inOrder as [CaseRow]
    const times = inOrder.map((row) => row.created_at.getTime())
    const matter = inOrder.map((row) => matterOf(row, names)).find((one) => one !== undefined)
    const area = commonArea(inOrder, names)
    return {
      matter: matter
        ? {
            code: matter.code,
            name: matter.name,
            nameEn: matter.name_en,
            residentWords: matter.resident_words,
          }
        : null,
      area: area ? areaRef(area) : null,
      from: new Date(Math.min(...times)).toISOString(),
      to: new Date(Math.max(...times)).toISOString(),
      alike: Math.round(alike * 100) / 100,
      cases: inOrder.map((row) => {
        const lies = names.areas.byId.get(row.area_id)
        return {
          id: row.id,
          number: row.number,
          title: row.title,
          state: row.state,
          area: lies ? areaRef(lies) : null,
          createdAt: row.created_at.toISOString(),
          version: row.version,
          mayMerge: row !== parent && mayMerge(row, parent),
        }
      }),
    }
  })
  // What can be joined now comes first; the rest is for the eye.
  const joinable = (one: contract.CaseCluster) => Number(one.cases.some((member) => member.mayMerge))
  return { compared: rows.length, items: items.sort((a, b) => joinable(b) - joinable(a)) }
})

const matterOf = (row: CaseRow, names: Names) =>
  row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
const matterKeyOf = (row: CaseRow, names: Names): string | null => {
  const matter = matterOf(row, names)
  return matter ? `${matter.standard} ${matter.code}` : null
}

/** What has been sorted already takes the others in; of those the oldest. */
const parentFirst = (a: CaseRow, b: CaseRow): number =>
  Number(b.matter_id !== null) - Number(a.matter_id !== null) ||
  a.created_at.getTime() - b.created_at.getTime() ||
  (a.id < b.id ? -1 : 1)

function commonArea(rows: readonly CaseRow[], names: Names): IndexedArea | undefined {
  const paths = rows.map((row) => row.area.split('.'))
  const [first = []] = paths
  let shared = 0
  while (shared < first.length && paths.every((path) => path[shared] === first[shared])) shared++
  const path = first.slice(0, shared).join('.')
  return [...names.areas.byId.values()].find((area) => area.path === path)
}

const hotAtLeast = 3
const hotTimes = 2
const usualDays = 28
const longestPeriod = 62
const mostHot = 200

/** 热点: a day's count of a matter in a community against the mean of the 28 days before. */
export const listHotMatters = operation(contract.listHotMatters, async ({ tx, actor, query }) => {
  const { from, to } = query
  if (to < from || addDays(from, longestPeriod) < to) throw new Refusal('cases/period-wrong')
  const names = await namesOf(tx, actor.streetId)
  const since = addDays(from, -usualDays)
  const rows = await tx.many(
    sql<{ day: string; community: string; code: string; count: number }>`
      select to_char(c.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
        subpath(c.area, 0, least(nlevel(c.area), 2))::text as community, m.code, count(*)::int as count
      from cases c join matters m on m.street_id = c.street_id and m.id = c.matter_id
      where c.street_id = ${actor.streetId} and c.created_at >= ${`${since}T00:00:00+08:00`}::timestamptz
        and c.created_at < ${`${addDays(to, 1)}T00:00:00+08:00`}::timestamptz
      group by 1, 2, 3`,
  )
  const counts = new Map<string, Map<string, number>>()
  for (const { day, community, code, count } of rows) {
    const key = `${community}\n${code}`
    const days = counts.get(key) ?? new Map<string, number>()
    days.set(day, count)
    counts.set(key, days)
  }
  const byPath = new Map([...names.areas.byId.values()].map((area) => [area.path, area]))
  const items = [...counts].flatMap(([key, days]) => {
    const [community = '', code = ''] = key.split('\n')
    const matter = names.matters.byCode.get(code)
    if (!matter) return []
    const area = byPath.get(community)
    return [...days].flatMap(([day, count]) => {
      if (day < from || day > to || count < hotAtLeast) return []
      let before = 0
      for (let back = 1; back <= usualDays; back++) before += days.get(addDays(day, -back)) ?? 0
      const usual = before / usualDays
      return count < usual * hotTimes
        ? []
        : [
            {
              day,
              area: area ? areaRef(area) : null,
              matter: {
                code,
                name: matter.name,
                nameEn: matter.name_en,
                residentWords: matter.resident_words,
              },
              count,
              usual: Math.round(usual * 100) / 100,
            },
          ]
    })
  })
  items.sort((a, b) =>
    a.day === b.day ? b.count - a.count || (a.matter.code < b.matter.code ? -1 : 1) : a.day < b.day ? 1 : -1,
  )
  return { from, to, atLeast: hotAtLeast, timesUsual: hotTimes, items: items.slice(0, mostHot) }
})
