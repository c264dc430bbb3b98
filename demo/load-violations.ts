/** Violations of the demo street, each at another point of its way; places alone, and everything made up. */
import { addDays, startOfDay } from '../lib/time.ts'
import type { WholeCase } from '../modules/cases/server/index.ts'
import { putViolationRow } from '../modules/safety/server/index.ts'
import { systemAccountId } from '../platform/actor.ts'
import { caseOf, idOf, type SafetyLoad } from './safety-cases.ts'

interface Place {
  readonly id: string
  readonly path: string
}

const done = '已整改，经复查属实。'
const paper = { to: '综合行政执法大队', number: '示执移〔2026〕3号' }

const violations = [
  { key: 'barbecue', kind: 'burning', title: '河边步道露天烧烤', state: 'assigned', days: -4, due: 3 },
  {
    key: 'posters',
    kind: 'posting',
    title: '电梯口墙面贴满小广告',
    state: 'answered',
    days: -12,
    due: -5,
    outcome: 'solved',
  },
  { key: 'sofas', kind: 'piling', title: '旧沙发堆在人行道', state: 'assigned', days: -9, due: -2 },
  {
    key: 'shed',
    kind: 'structure',
    title: '楼顶搭建彩钢棚',
    state: 'answered',
    days: -20,
    due: -6,
    outcome: 'solved',
    area: 364_500,
    removed: 364_500,
  },
  {
    key: 'balcony',
    kind: 'structure',
    title: '一楼外扩阳台',
    state: 'result-submitted',
    days: -7,
    due: 8,
    outcome: 'solved',
    area: 62_000,
    removed: 58_500,
  },
  {
    key: 'wall',
    kind: 'structure',
    title: '院坝砌墙圈地',
    state: 'answered',
    days: -25,
    due: -10,
    outcome: 'unsolved',
    area: 128_000,
    handed: true,
  },
] as const

const keyOf = (key: string) => `safety:violation:${key}`

export const violationCases = (
  load: SafetyLoad,
  grid: Place,
  organisationId: string | null,
): Omit<WholeCase, 'terms'>[] =>
  violations.map((one) =>
    caseOf(load, keyOf(one.key), grid, one.days, {
      special: 'violation',
      title: one.title,
      state: one.state,
      due: one.due,
      organisationId,
      answer: 'handed' in one ? `已移交${paper.to}依法处理（文号：${paper.number}）。` : done,
      ...('outcome' in one ? { outcome: one.outcome } : {}),
    }),
  )

export async function loadViolations(
  load: SafetyLoad,
  grid: Place,
  organisationId: string | null,
): Promise<void> {
  const { tx, world, street } = load
  for (const one of violations) {
    const handed = 'handed' in one
    await putViolationRow(tx, world.streetId, {
      case_id: idOf(load, keyOf(one.key)),
      area: grid.path,
      kind: one.kind,
      organisation_id: organisationId,
      rectify_on: addDays(street.today, one.due),
      area_cm2: 'area' in one ? one.area : null,
      removed_cm2: 'removed' in one ? one.removed : null,
      handed_to: handed ? paper.to : null,
      document_number: handed ? paper.number : null,
      handed_on: handed ? addDays(street.today, one.due) : null,
      handed_by: handed ? systemAccountId : null,
      listed_by: systemAccountId,
      listed_at: new Date(startOfDay(addDays(street.today, one.days)).getTime() + 10 * 3_600_000),
    })
  }
}
