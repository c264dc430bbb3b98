/** What each kind of finding is called and how it is mended; on the page and in the workbook. */
import type { Bilingual } from '../../lib/language.ts'
import type { FindingKind } from './ground-views.ts'

interface FindingWords {
  readonly name: Bilingual
  readonly mend: Bilingual
  /** What its figure counts. */
  readonly unit?: Bilingual
}

const m2 = { zh: '平方米', en: 'm²' }
const households = { zh: '户', en: 'households' }

export const findingWords: Readonly<Record<FindingKind, FindingWords>> = {
  gap: {
    name: { zh: '没有覆盖', en: 'Gap' },
    mend: {
      zh: '这块地不属于任何下级区域。在地图上把旁边的边界移过来。',
      en: 'No area below covers this. Move a border over it.',
    },
    unit: m2,
  },
  overlap: {
    name: { zh: '重叠', en: 'Overlap' },
    mend: {
      zh: '两个区域都占了这块地。在地图上移动其中一条边界。',
      en: 'Two areas cover this. Move the border of one.',
    },
    unit: m2,
  },
  sliver: {
    name: { zh: '细缝', en: 'Sliver' },
    mend: {
      zh: '边界没有对齐，留下一条细缝。在地图上吸附对齐。',
      en: 'The borders do not quite meet. Snap one to the other.',
    },
    unit: m2,
  },
  'outside-parent': {
    name: { zh: '超出上级', en: 'Outside the one above' },
    mend: {
      zh: '这部分超出了所属的上级区域。改边界，或改它的上级。',
      en: 'This part reaches out of the area above. Change the border, or what it belongs to.',
    },
    unit: m2,
  },
  'inside-another': {
    name: { zh: '画在别的网格里面', en: 'Drawn inside another' },
    mend: {
      zh: '专属网格要从外面的网格里挖出来，否则算了两次。',
      en: 'An exclusive grid is cut out of the one around it, or it counts twice.',
    },
    unit: m2,
  },
  'not-drawn': {
    name: { zh: '没有画边界', en: 'Not drawn' },
    mend: { zh: '同级的都画了，只缺它。', en: 'Its neighbours are drawn and it is not.' },
  },
  'building-nowhere': {
    name: { zh: '楼栋不在任何网格里', en: 'Building in no area' },
    mend: { zh: '看看坐标对不对，或把边界移过去。', en: 'Is its place right? Else move a border over it.' },
  },
  'building-twice': {
    name: { zh: '楼栋在两个网格里', en: 'Building in two areas' },
    mend: { zh: '先消除重叠。', en: 'Mend the overlap first.' },
  },
  'building-elsewhere': {
    name: { zh: '楼栋登记的网格和位置不符', en: 'Building lies elsewhere' },
    mend: {
      zh: '改楼栋登记的网格，或改坐标。',
      en: 'Correct the grid that the building names, or its place.',
    },
  },
  'too-few-households': {
    name: { zh: '户数太少', en: 'Too few households' },
    mend: { zh: '和旁边的合并，或重新划分。', en: 'Merge it with a neighbour, or divide anew.' },
    unit: households,
  },
  'too-many-households': {
    name: { zh: '户数太多', en: 'Too many households' },
    mend: { zh: '拆成两个，或重新划分。', en: 'Split it, or divide anew.' },
    unit: households,
  },
  'no-branch': {
    name: { zh: '没有支部', en: 'No branch' },
    mend: { zh: '一网格一支部：在党组织里补上。', en: 'A branch on every grid: add it to the party tree.' },
  },
  'vacant-post': {
    name: { zh: '岗位空缺', en: 'Vacant post' },
    mend: { zh: '请安全管理员任命。', en: 'The security administrator appoints somebody.' },
  },
  'no-lead': {
    name: { zh: '有人没有负责人', en: 'Members without a lead' },
    mend: { zh: '在成员里定一位微网格长。', en: 'One of the members becomes the lead.' },
  },
  'too-many-posts': {
    name: { zh: '一人任岗过多', en: 'Too many posts' },
    mend: { zh: '把一部分区域交给别人。', en: 'Hand some of the areas to others.' },
    unit: { zh: '个区域', en: 'areas' },
  },
}

export const roleWords: Readonly<Record<string, Bilingual>> = {
  'grid-head': { zh: '网格长', en: 'grid head' },
  'grid-worker': { zh: '专职网格员', en: 'grid worker' },
}
