/** The paper of a meeting: figures, sections and what the last meeting decided, as of now. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { organisationNameAt, postIndex } from '../../accounts/server/index.ts'
import {
  type AreaIndex,
  areaIdsUnder,
  areaIndex,
  areaRefs,
  chainOf,
  type IndexedArea,
} from '../../areas/server/index.ts'
import { chainText } from '../../cases/case-cells.ts'
import type { CaseSummary } from '../../cases/contract.ts'
import { type CaseStanding, caseStandings, countFigures, figureCases } from '../../cases/server/index.ts'
import type { DecisionView, PaperRow, PaperView, SectionView } from '../contract.ts'
import { paperSections } from '../contract.ts'
import { decisionFate } from '../rules/decision-fate.ts'
import { daysAhead } from '../rules/meeting-period.ts'
import {
  figuresToCount,
  figureViews,
  linesBelow,
  linesByOrganisation,
  paperFigures,
} from './meeting-figures.ts'
import { type DecisionRow, decisionsOf, type MeetingRow, meetingBefore } from './meeting-store.ts'

type AnyCall = Call<OperationContract>
/** Calls of any contract: the paper uses their actor, instant and transaction only. */
export const anyCall = <C extends OperationContract>(call: Call<C>): AnyCall => call as unknown as AnyCall

const rowsInSection = 100

/** As things stand at the instant of the call, within what the actor may see. */
export async function makePaper(call: AnyCall, meeting: MeetingRow): Promise<PaperView> {
  const { tx, actor, at } = call
  const { streetId } = actor
  const areas = await areaIndex(tx, streetId)
  const scope = scopeOf(areas.byId.get(meeting.area_id))
  const days = { from: meeting.from_on, to: meeting.to_on, ...daysAhead(meeting.meets_on) }
  const areaIds = await areaIdsUnder(tx, streetId, scope.id)
  const counts = await countFigures(tx, actor, figuresToCount(paperFigures, days), { areaIds, at })
  const figures = figureViews(paperFigures, counts, days)
  const sections: SectionView[] = []
  for (const section of paperSections) {
    const own = figures.find(({ figure }) => figure === section)
    if (!own) continue
    const asked = { figure: section, from: own.from, to: own.to }
    const rows = own.numerator === 0 ? [] : await figureCases(call, asked, scope.id, rowsInSection)
    sections.push({
      section,
      count: own.numerator,
      from: own.from,
      to: own.to,
      rows: rows.map((row) => paperRow(row, areas)),
    })
  }
  const { organisations } = await postIndex(tx, streetId)
  const before = await meetingBefore(tx, streetId, meeting)
  return {
    at: at.toISOString(),
    scope: refOf(await areaRefs(tx, streetId, [scope.id]), scope.id),
    ...days,
    figures,
    sections,
    byOrganisation: linesByOrganisation(counts, organisations, days),
    byCommunity: linesBelow(counts, areas, scope, days),
    before: before ? await decisionViews(call, await decisionsOf(tx, streetId, before.id)) : [],
  }
}

function scopeOf(area: IndexedArea | undefined): IndexedArea {
  if (!area) throw new Error('the area of a meeting is gone')
  return area
}

export function refOf<T>(refs: ReadonlyMap<string, T>, id: string): T {
  const found = refs.get(id)
  if (!found) throw new Error(`area ${id} is unknown`)
  return found
}

const titleOf = (summary: CaseSummary): string | null => (summary.text === null ? null : summary.title)

function paperRow(summary: CaseSummary, areas: AreaIndex): PaperRow {
  const { matter, holder } = summary
  const path = areas.byId.get(summary.area?.id ?? '')?.path
  return {
    caseId: summary.id,
    number: summary.number,
    title: titleOf(summary),
    matter: matter && { zh: matter.name, en: matter.nameEn },
    // The street's own name says nothing in its own paper.
    area: path === undefined ? null : chainText(chainOf(areas, path).slice(1)),
    organisation: holder.organisation?.name ?? holder.post?.place ?? null,
    state: summary.state,
    dueAt: summary.dueAt,
    reviewOn: summary.reviewOn,
  }
}

/** Without what only the reader's own rights may show: titles and words are put back when it is read. */
export function paperToKeep(paper: PaperView): PaperView {
  return {
    ...paper,
    sections: paper.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({ ...row, title: null })),
    })),
    before: paper.before.map((one) => ({ ...one, title: null, words: null })),
  }
}

/** A kept paper as this reader may see it. */
export async function readPaper(call: AnyCall, meeting: MeetingRow, kept: PaperView): Promise<PaperView> {
  const { tx, actor } = call
  const ids = kept.sections.flatMap(({ rows }) => rows.map(({ caseId }) => caseId))
  const standings = await caseStandings(call, [...new Set(ids)])
  const before = await meetingBefore(tx, actor.streetId, meeting)
  const views = before ? await decisionViews(call, await decisionsOf(tx, actor.streetId, before.id)) : []
  return {
    ...kept,
    sections: kept.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({ ...row, title: seenTitle(standings.get(row.caseId)) })),
    })),
    before: kept.before.map((one) => {
      const now = views.find(({ id }) => id === one.id)
      return { ...one, title: now?.title ?? null, words: now?.words ?? null }
    }),
  }
}

const seenTitle = (standing: CaseStanding | undefined): string | null =>
  standing ? titleOf(standing.summary) : null

/** Decisions with what has become of them by now. One who reads no texts reads no words of theirs either. */
export async function decisionViews(call: AnyCall, rows: readonly DecisionRow[]): Promise<DecisionView[]> {
  const { tx, actor, at } = call
  const standings = await caseStandings(call, [...new Set(rows.map(({ case_id }) => case_id))])
  const { organisations } = await postIndex(tx, actor.streetId)
  return rows.map((row) => {
    const standing = standings.get(row.case_id)
    const organisation = row.organisation_id === null ? undefined : organisations.get(row.organisation_id)
    const readable = standing !== undefined && standing.summary.text !== null
    return {
      id: row.id,
      caseId: row.case_id,
      number: standing?.summary.number ?? null,
      title: seenTitle(standing),
      organisation: organisation
        ? {
            id: organisation.id,
            code: organisation.code,
            name: organisationNameAt(organisation, row.made_at),
          }
        : null,
      dueOn: row.due_on,
      words: readable ? row.words : null,
      madeAt: row.made_at.toISOString(),
      fate: standing ? decisionFate(row.due_on, standing.answeredAt, at) : null,
      answeredAt: standing?.answeredAt?.toISOString() ?? null,
    }
  })
}
