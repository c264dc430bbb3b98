/** Words of the areas module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './contract.ts'

export const words: RefusalWords<typeof refusals> = {
  'areas/not-found': {
    zh: '没有找到这个区域,它可能已经调整。请刷新后再选。',
    en: 'This area was not found; it may have been re-cut. Refresh and choose again.',
  },
  'areas/place-outside': {
    zh: '这个位置不在本街道范围内。可以先提交,由街道派单员判断。',
    en: 'This place lies outside the street. You may still send it; the street desk will decide.',
  },
  'areas/draft-not-found': {
    zh: '没有找到这份调整草案。',
    en: 'This draft was not found.',
  },
  'areas/draft-settled': {
    zh: '这份草案已经生效或已放弃，不能再改。可以新建一份草案。',
    en: 'This draft is in force or was given up and cannot be changed. Begin another one.',
  },
  'areas/draft-changed': {
    zh: '别人刚刚改过这份草案。请重新打开，再画一次您的改动。',
    en: 'Somebody else has just changed this draft. Open it again and draw your change once more.',
  },
  'areas/draft-unfit': {
    zh: '草案还有不能生效的地方。请在“对比”里逐条处理。',
    en: 'Something still stands in the way of this draft. Go through the list under “Compare”.',
  },
  'areas/day-past': {
    zh: '生效日期不能早于今天：以前的划分要保持原样。',
    en: 'It cannot hold from a day before today: what was in force stays as it was.',
  },
  'areas/draft-holds': {
    zh: '这次调整已经生效，不能撤回。要改回去，请新建一份草案。',
    en: 'This re-cut holds already and cannot be recalled. Begin another draft to change it back.',
  },
  'areas/recall-staffed': {
    zh: '这次调整新设的区域里已经安排了人。请先结束他们在那里的岗位，再撤回。',
    en: 'People were put in post in areas that this re-cut brings. End those posts first, then recall it.',
  },
  'areas/recall-built-upon': {
    zh: '另一次更晚的调整建立在这次之上。请先撤回那一次。',
    en: 'A later re-cut builds upon this one. Recall that one first.',
  },
  'areas/grouping-not-found': {
    zh: '没有找到这个片区，或它已经结束。',
    en: 'This grouping was not found, or it has ended.',
  },
  'areas/grouping-area-unknown': {
    zh: '有一个区域今天不存在，请重新选择。',
    en: 'One of the areas is not in force today; choose again.',
  },
  'areas/file-unreadable': {
    zh: '这个文件读不出边界。请用 GeoJSON，或把 .shp、.dbf、.shx 打成一个 zip 包。',
    en: 'No boundaries could be read from this file. Use GeoJSON, or a zip of .shp, .dbf and .shx.',
  },
  'areas/nothing-to-divide': {
    zh: '这里没有可以划分的楼栋：要先有上一级区域，楼栋要有坐标。',
    en: 'There are no buildings to divide here: the level above must exist, and buildings need coordinates.',
  },
  'areas/proposal-not-found': {
    zh: '没有找到这份划分方案。',
    en: 'This proposal was not found.',
  },
  'areas/proposal-not-ready': {
    zh: '这份方案还没有算完，或已经停止、采用。请刷新后再看。',
    en: 'This proposal is not ready, was stopped or is adopted already. Refresh and look again.',
  },
  'areas/proposal-outdated': {
    zh: '方案算出后，这里的区域又调整过。请重新算一份方案。',
    en: 'The areas here were changed after the proposal was worked out. Work out another one.',
  },
  'areas/building-not-found': {
    zh: '没有找到这栋楼。',
    en: 'This building was not found.',
  },
  'areas/no-such-door': {
    zh: '这个二维码不是本街道的楼栋码。可以直接写地址。',
    en: 'This code belongs to no building of this street. Write the address instead.',
  },
  'areas/too-many-doors': {
    zh: '一次最多打印 600 栋楼的二维码。请选一个社区或网格再打印。',
    en: 'At most 600 buildings are printed at once. Choose a community or a grid.',
  },
}
