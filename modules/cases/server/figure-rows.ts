/** The cases behind a figure, and cases by their ids, as another module shows them: within the caller's sight. */
import type { OperationContract, QueryOf } from '../../../lib/contract.ts'
import { dayOf, endOfDay } from '../../../lib/time.ts'
import type { Call } from '../../../platform/operation.ts'
import type { CaseSummary, listCases as listContract } from '../contract.ts'
import { listCaseRows } from './case-list.ts'
import { summaryOf } from './case-view.ts'
import type { FigureAsked } from './figures.ts'
import { listCases } from './list-cases.ts'
import { namesOf } from './names.ts'
import { seenOf } from './seen-of.ts'

/** At most `limit` cases (100 or fewer) of a figure, in the order of its list: the list's own operation is asked. */
export async function figureCases<C extends OperationContract>(
  call: Call<C>,
  asked: FigureAsked,
  areaId: string | undefined,
  limit: number,
): Promise<readonly CaseSummary[]> {
  const query: QueryOf<typeof listContract> = { ...asked, limit, ...(areaId === undefined ? {} : { areaId }) }
  const page = (await listCases.handle({ ...call, query } as never)) as { items: CaseSummary[] }
  return page.items
}

export interface CaseStanding {
  readonly summary: CaseSummary
  readonly answeredAt: Date | null
}

/** Cases by id; those out of sight or gone are absent. */
export async function caseStandings<C extends OperationContract>(
  call: Call<C>,
  ids: readonly string[],
): Promise<Map<string, CaseStanding>> {
  const { tx, actor, at } = call
  if (ids.length === 0) return new Map()
  const filter = { ids, at, endOfToday: endOfDay(dayOf(at)) }
  const rows = await listCaseRows(tx, actor, filter, { order: 'newest', after: undefined, limit: ids.length })
  const seen = await seenOf(call, await namesOf(tx, actor.streetId))
  return new Map(rows.map((row) => [row.id, { summary: summaryOf(row, seen), answeredAt: row.answered_at }]))
}
