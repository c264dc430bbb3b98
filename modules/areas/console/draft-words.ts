/** The words of the re-cut screens. */
import { defineWords } from '../../../ui/language.ts'
import type { AreaKind, DraftFaultKind, DraftState } from '../contract.ts'
import type { RefusedAct } from '../rules/draft-acts.ts'

export const words = defineWords({
  title: { zh: '网格调整', en: 'Re-cut areas' },
  lead: {
    zh: '先在草案里画，比较清楚再定哪天生效。以前的划分原样保留，随时可以按日期查看。',
    en: 'Draw in a draft, compare, then say from which day it holds. What was in force stays and can be seen by its days.',
  },
  drafts: { zh: '草案', en: 'Drafts' },
  groupings: { zh: '片区', en: 'Groupings' },
  newDraft: { zh: '新建草案', en: 'New draft' },
  draftName: { zh: '草案名称', en: 'Name of the draft' },
  draftNameExample: { zh: '例如：2027 年网格调整', en: 'Such as: Re-cut of 2027' },
  create: { zh: '新建并打开', en: 'Create and open' },
  noDrafts: { zh: '还没有草案', en: 'No drafts yet' },
  noDraftsHint: { zh: '新建一份，就能画边界、分网格。', en: 'Begin one to draw and divide areas.' },
  changes: {
    zh: '新增 {add} · 改边界 {redraw} · 改名称 {rename} · 结束 {end}',
    en: '{add} added · {redraw} redrawn · {rename} renamed · {end} ended',
  },
  changedAt: { zh: '最后修改 {time}', en: 'Last changed {time}' },
  inForceOn: { zh: '{day} 起生效 · 批准文号 {approval}', en: 'In force from {day} · approval {approval}' },
  retry: { zh: '再试一次', en: 'Try again' },
  reading: { zh: '正在读取…', en: 'Loading…' },
  back: { zh: '返回', en: 'Back' },
  saved: { zh: '已保存', en: 'Saved' },
  saving: { zh: '正在保存…', en: 'Saving…' },
  unsaved: { zh: '有改动未保存', en: 'Changes not saved' },
  notSaved: { zh: '没有保存成功：{why}', en: 'Not saved: {why}' },
  readOnly: { zh: '这份草案已经定了，只能看。', en: 'This draft is settled and can only be looked at.' },
  farLevel: { zh: '放大一些，就画出这一级的边界', en: 'Zoom in to see the borders of this level' },
  noMap: {
    zh: '这台电脑画不出地图。可以用表格导入网格和四至。',
    en: 'This computer cannot draw the map. Areas and bounds can come in as a list.',
  },
  // tools
  tools: { zh: '工具', en: 'Tools' },
  level: { zh: '正在画', en: 'Drawing' },
  select: { zh: '选择', en: 'Choose' },
  draw: { zh: '画一个新的', en: 'Draw a new one' },
  cut: { zh: '切开', en: 'Cut' },
  merge: { zh: '合并', en: 'Merge' },
  remove: { zh: '去掉', en: 'Take out' },
  undo: { zh: '撤销', en: 'Undo' },
  redo: { zh: '重做', en: 'Redo' },
  finish: { zh: '画好了', en: 'Finish' },
  cancel: { zh: '取消', en: 'Cancel' },
  stepBack: { zh: '退一点', en: 'One corner back' },
  hintSelect: {
    zh: '点一个区域来选中它；按住 Shift 再点可选多个。拖动圆点改边界，两边一起动；点小圆点加一个折点，右键去掉折点。',
    en: 'Press an area to choose it, with shift to choose several. Pull a dot to move the border for both sides; press a small dot to add a corner, right-click takes one out.',
  },
  hintDraw: {
    zh: '依次点出边界，双击或按“画好了”结束。盖到邻居的部分会自动去掉。',
    en: 'Press corner by corner; double-click or “Finish” ends it. What neighbours already cover is taken away.',
  },
  hintCut: {
    zh: '在选中的区域上画一条线，从边到边，可以画出界。',
    en: 'Draw a line through the chosen area from border to border; it may run beyond.',
  },
  chooseFirst: { zh: '先选中一个区域', en: 'Choose an area first' },
  // chosen
  chosen: { zh: '选中的区域', en: 'Chosen' },
  chosenMany: { zh: '选中 {n} 个', en: '{n} chosen' },
  chosenNone: { zh: '在地图或列表里点一个区域。', en: 'Press an area on the map or in the list.' },
  name: { zh: '名称', en: 'Name' },
  code: { zh: '编码', en: 'Code' },
  parent: { zh: '属于', en: 'Lies in' },
  parentHelp: {
    zh: '换到别的上级，会从生效那天起换一个新编码。',
    en: 'Under another parent it begins anew, with a new code, from the day the draft holds.',
  },
  codeHelp: {
    zh: '字母和数字。用过的编码不再给别的区域用。',
    en: 'Letters and digits. A code that was used is never given to another area.',
  },
  kind: { zh: '类别', en: 'Kind' },
  wasCalled: { zh: '现在叫“{name}”（{code}）', en: 'Now called “{name}” ({code})' },
  households: { zh: '{n} 户 · {b} 栋', en: '{n} households · {b} buildings' },
  newHere: { zh: '新画的', en: 'New' },
  outline: { zh: '按下级重画外边界', en: 'Outline from what lies in it' },
  notDrawn: { zh: '未画边界', en: 'Not drawn' },
  // layers
  layers: { zh: '图层', en: 'Layers' },
  buildings: { zh: '楼栋', en: 'Buildings' },
  compounds: { zh: '小区名', en: 'Compounds' },
  vacant: { zh: '空缺岗位', en: 'Vacant posts' },
  besideNames: { zh: '名称旁的数字', en: 'Figure beside names' },
  areasHere: { zh: '本级区域', en: 'Areas of this level' },
  findHere: { zh: '按名称或编码找', en: 'Find by name or code' },
  moreAreas: { zh: '还有 {n} 个，请输入名称查找', en: '{n} more; find them by name' },
  // checks
  checks: { zh: '边画边查', en: 'Checks' },
  noFindings: { zh: '改动处没有发现问题', en: 'Nothing found where you drew' },
  // compare
  compare: { zh: '对比', en: 'Compare' },
  compareTitle: { zh: '生效后会变什么', en: 'What it would change' },
  onDay: { zh: '生效日期', en: 'In force from' },
  onDayHelp: { zh: '可以是今天或以后的某一天。', en: 'Today or a later day.' },
  approval: { zh: '批准文号', en: 'Approval number' },
  approvalExample: { zh: '例如：街发〔2026〕18号', en: 'Such as: 2026-18' },
  putInForce: { zh: '从 {day} 起生效', en: 'Put in force from {day}' },
  nowInForce: { zh: '已定：从 {day} 起生效', en: 'In force from {day}' },
  faults: { zh: '还不能生效', en: 'Stands in the way' },
  added: { zh: '新增', en: 'Added' },
  redrawn: { zh: '改边界', en: 'Redrawn' },
  ended: { zh: '结束', en: 'Ended' },
  renamed: { zh: '改名称、编码或类别', en: 'Other name, code or kind' },
  recall: { zh: '撤回这次调整', en: 'Recall this re-cut' },
  recallTitle: { zh: '撤回还没到日子的调整？', en: 'Recall this re-cut before its day?' },
  recallChange: {
    zh: '{day} 起不再这样划分，回到现在的样子；草案还在，可以再改、另定日期。',
    en: 'From {day} the areas stay as they are now; the draft is kept and can be changed and ordered for another day.',
  },
  recallReason: { zh: '为什么撤回', en: 'Why it is recalled' },
  recallReasonExample: { zh: '例如：公示期要延长一周', en: 'Such as: the notice period is a week longer' },
  recalled: { zh: '已撤回，回到草案', en: 'Recalled; it is a draft again' },
  wasRecalled: {
    zh: '曾定 {day} 起生效（{approval}），已撤回：{reason}',
    en: 'Was to hold from {day} ({approval}); recalled: {reason}',
  },
  comesOn: { zh: '还没到这一天，可以撤回。', en: 'That day is still to come; it can be recalled.' },
  movedLine: {
    zh: '{b} 栋楼、{n} 户换网格，占有楼栋记录的 {of} 户的 {share}',
    en: '{b} buildings and {n} households change their area: {share} of the {of} households on record',
  },
  movedNone: { zh: '没有楼栋换网格', en: 'No building changes its area' },
  movedMore: { zh: '只列出前 {n} 栋', en: 'The first {n} are listed' },
  guessed: { zh: '没有坐标，随面积最大的一块', en: 'No place: goes with the largest part' },
  building: { zh: '楼栋', en: 'Building' },
  from: { zh: '原来', en: 'From' },
  to: { zh: '以后', en: 'To' },
  before: { zh: '原来 {n} 户', en: 'Before: {n} households' },
  after: { zh: '以后 {n} 户', en: 'After: {n} households' },
  lineage: { zh: '来历', en: 'Lineage' },
  giveUp: { zh: '放弃草案', en: 'Give up' },
  giveUpTitle: { zh: '放弃这份草案？', en: 'Give this draft up?' },
  giveUpChange: {
    zh: '它不再能改，也不会生效；以后还能打开看。',
    en: 'It can no longer be changed or put in force; it can still be looked at.',
  },
  // files
  importFile: { zh: '导入边界', en: 'Import boundaries' },
  exportFile: { zh: '导出边界', en: 'Export boundaries' },
  file: { zh: '文件', en: 'File' },
  fileHelp: {
    zh: 'GeoJSON，或把 .shp、.dbf、.shx 打成一个 zip。楼栋表请用“表格导入”。',
    en: 'GeoJSON, or a zip of .shp, .dbf and .shx. Lists of buildings come in as sheets.',
  },
  datum: { zh: '坐标来自', en: 'Datum' },
  datumHelp: {
    zh: '选错会整体偏约 500 米。看看地图上的红点落在对的地方没有。',
    en: 'A wrong one moves everything some 500 m. See whether the red pins stand in the right places.',
  },
  lookFirst: { zh: '先看看落在哪里', en: 'See where it lies' },
  readCount: { zh: '读出 {n} 个区域，{m} 个读不出', en: '{n} areas read, {m} could not be' },
  farOutside: {
    zh: '有 {n}/{of} 个落在本街道外 300 米以上，最远 {m} 米。坐标系可能选错了。',
    en: '{n} of {of} lie more than 300 m outside, the farthest {m} m. The datum may be wrong.',
  },
  better: { zh: '换成 {datum} 就对得上', en: 'With {datum} it would fit' },
  fileLevel: { zh: '没写层级的，当作', en: 'Where no level is given, take' },
  fileParent: { zh: '没写上级的，放在', en: 'Where no parent is given, put in' },
  takeOver: { zh: '放进草案', en: 'Take over' },
  format: { zh: '格式', en: 'Format' },
  download: { zh: '下载', en: 'Download' },
  // groupings
  newGrouping: { zh: '新建片区', en: 'New grouping' },
  groupingKind: { zh: '叫什么', en: 'What it is called' },
  groupingName: { zh: '名称', en: 'Name' },
  groupingAreas: { zh: '包含的区域', en: 'Areas in it' },
  groupingNone: { zh: '还没有片区', en: 'No groupings yet' },
  groupingHint: {
    zh: '片区可以跨社区，把几个网格或社区放在一起看。',
    en: 'A grouping may cross communities: several grids or communities seen together.',
  },
  groupingEnd: { zh: '结束', en: 'End' },
  save: { zh: '保存', en: 'Save' },
})

export const stateWords = defineWords({
  draft: { zh: '草案', en: 'Draft' },
  'in-force': { zh: '已定', en: 'Settled' },
  'given-up': { zh: '已放弃', en: 'Given up' },
} satisfies Record<DraftState, { zh: string; en: string }>)

export const kindWords = defineWords({
  ordinary: { zh: '一般', en: 'Ordinary' },
  exclusive: { zh: '专属网格（市场、学校、园区等）', en: 'Exclusive (market, school, park …)' },
} satisfies Record<AreaKind, { zh: string; en: string }>)

export const faultWords = defineWords({
  'area-gone': { zh: '到那一天已经不存在', en: 'Not in force on that day' },
  'area-changed-later': { zh: '那天以后已经另有安排', en: 'Changed on a later day already' },
  'code-taken': { zh: '编码已经用过', en: 'Code is taken' },
  'parent-missing': { zh: '找不到上级', en: 'Parent is missing' },
  'level-order': {
    zh: '层级不对：下级不能放在同级或更低一级之下',
    en: 'Hangs under an equal or lower level',
  },
  'has-children': { zh: '结束了，但下面还有区域', en: 'Ends while areas still lie in it' },
  'bad-geometry': { zh: '边界画得不对', en: 'Boundary cannot be used' },
  'nothing-changed': { zh: '还没有改动', en: 'Nothing is changed yet' },
} satisfies Record<DraftFaultKind, { zh: string; en: string }>)

export const refusedWords = defineWords({
  'does-not-cross': {
    zh: '这条线没有从边到边穿过选中的区域，请画长一点。',
    en: 'The line does not lead through the area from border to border; draw it longer.',
  },
  'crosses-often': {
    zh: '这条线穿过了好几次。请画得直一些，一次切一刀。',
    en: 'The line crosses several times; cut once at a time.',
  },
  'through-a-hole': {
    zh: '这条线穿过了中间挖空的部分。请绕开它。',
    en: 'The line runs through a hole; go around it.',
  },
  'no-shape': { zh: '这个区域还没有画边界。', en: 'This area is not drawn yet.' },
  'nothing-left': { zh: '画的地方已经都是别的区域了。', en: 'All of it is covered by others already.' },
  'not-neighbours': {
    zh: '只有挨着的区域才能合并，请选两个以上。',
    en: 'Only neighbours can be merged; choose two or more.',
  },
  'different-parents': {
    zh: '它们不属于同一个上级。请先把它们放到同一个上级。',
    en: 'They lie in different parents; put them under one first.',
  },
  'would-vanish': { zh: '这样有一个区域就没有面积了。', en: 'An area would lose its surface.' },
  'wrong-level': { zh: '层级不对，不能这样放。', en: 'The level does not fit.' },
  'no-name': { zh: '名称不能空着，最多 100 字。', en: 'It needs a name, of at most 100 letters.' },
  'bad-code': {
    zh: '编码只能用字母、数字和下划线，最多 40 位。',
    en: 'A code is letters, digits and underscores, at most 40.',
  },
  'code-taken': {
    zh: '这个编码已经用过。请换一个。',
    en: 'This code was used already; take another.',
  },
  'is-the-street': {
    zh: '街道本身不能切开、合并或去掉。',
    en: 'The street itself cannot be cut, merged or taken out.',
  },
} satisfies Record<RefusedAct, { zh: string; en: string }>)
