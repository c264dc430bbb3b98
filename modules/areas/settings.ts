/** What a street says of its grids itself: how large one should be, and who must stand in it. */
import { Type } from 'typebox'
import { defineSetting, type StreetSetting } from '../../lib/setting.ts'

const strict = { additionalProperties: false } as const

// Rule: 300 to 500 households a grid in towns (GB/T 34300-2017 in practice).
export const gridSize = defineSetting({
  key: 'areas.gridSize',
  group: 'areas',
  words: { zh: '网格规模', en: 'Size of a grid' },
  help: {
    zh: '网格检查时，户数少于或多于这个范围的网格会列出来。“层级”填区域层级的代码，例如 grid 或 micro-grid。',
    en: 'The check of areas lists those with fewer or more households. The level is the code of a level of the tree, such as grid or micro-grid.',
  },
  schema: Type.Object(
    {
      level: Type.String({ minLength: 1, maxLength: 40 }),
      least: Type.Integer({ minimum: 0, maximum: 100_000 }),
      most: Type.Integer({ minimum: 1, maximum: 100_000 }),
    },
    strict,
  ),
  fallback: { level: 'grid', least: 300, most: 500 },
  labels: {
    level: { zh: '层级', en: 'Level' },
    least: { zh: '最少户数', en: 'Fewest households' },
    most: { zh: '最多户数', en: 'Most households' },
  },
})

export const gridStaff = defineSetting({
  key: 'areas.gridStaff',
  group: 'areas',
  words: { zh: '网格应有的岗位', en: 'Who must stand in a grid' },
  help: {
    zh: '网格检查时，缺这些岗位、缺支部的网格和任岗过多的人会列出来。',
    en: 'The check of areas lists grids that lack these, and people who stand in too many areas.',
  },
  schema: Type.Object(
    {
      gridHead: Type.Boolean(),
      gridWorker: Type.Boolean(),
      microGridLead: Type.Boolean(),
      branch: Type.Boolean(),
      mostAreasOfPerson: Type.Integer({ minimum: 1, maximum: 100 }),
    },
    strict,
  ),
  fallback: { gridHead: true, gridWorker: false, microGridLead: true, branch: true, mostAreasOfPerson: 3 },
  labels: {
    gridHead: { zh: '网格要有网格长', en: 'A grid has its head' },
    gridWorker: { zh: '网格要有专职网格员', en: 'A grid has a grid worker' },
    microGridLead: { zh: '微网格要有微网格长', en: 'A micro-grid has its lead' },
    branch: { zh: '一网格一支部', en: 'A party branch on every grid' },
    mostAreasOfPerson: { zh: '一人最多任岗的区域数', en: 'Most areas of one person' },
  },
})

export const settings: readonly StreetSetting[] = [gridSize, gridStaff]
