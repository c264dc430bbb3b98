/** Where each finding is mended, and with which tool in the hand. */
import type { RouteLocationRaw } from 'vue-router'
import type { FindingKind, FindingView } from '../contract.ts'
import type { Tool } from './use-tools.ts'

/** What is mended by drawing, with the tool that is taken up. */
const tools: Partial<Record<FindingKind, Tool>> = {
  gap: 'select',
  overlap: 'select',
  sliver: 'select',
  'outside-parent': 'select',
  'inside-another': 'select',
  'not-drawn': 'draw',
  'building-nowhere': 'select',
  'building-twice': 'select',
  'building-elsewhere': 'select',
  'too-few-households': 'select',
  'too-many-households': 'cut',
}

export interface Mend {
  /** A page where it is mended, and what its button says. */
  readonly to?: RouteLocationRaw
  readonly words: 'goBuilding' | 'goPosts' | 'goPerson' | 'goParty' | 'goDivide'
  readonly draws: boolean
}

export function mendOf(finding: FindingView): Mend {
  const { kind, areas, building, accountId, role } = finding
  const draws = tools[kind] !== undefined
  const areaId = areas[0]?.id ?? ''
  if (building) return { to: { name: 'buildings', params: { id: building.id } }, words: 'goBuilding', draws }
  if (kind === 'vacant-post' || kind === 'no-lead')
    return {
      to: {
        path: '/organisations',
        query: { tab: 'posts', areaId, ...(role ? { role } : {}) },
      },
      words: 'goPosts',
      draws,
    }
  if (kind === 'too-many-posts')
    return {
      to: { path: '/organisations', query: { tab: 'posts', accountId: accountId ?? '' } },
      words: 'goPerson',
      draws,
    }
  if (kind === 'no-branch') return { to: { path: '/members' }, words: 'goParty', draws }
  if (kind === 'too-many-households')
    return { to: { name: 'area-proposals', query: { area: areaId } }, words: 'goDivide', draws }
  return { words: 'goDivide', draws }
}

/** The editor's address for it: the place, the area that is to be mended first, and the tool. */
export function mendQuery({ kind, areas, at }: FindingView): Record<string, string> {
  const [area] = areas
  return {
    ...(area ? { area: area.id, level: area.level } : {}),
    ...(at ? { at: `${at.lng.toFixed(6)},${at.lat.toFixed(6)}` } : {}),
    tool: tools[kind] ?? 'select',
  }
}
