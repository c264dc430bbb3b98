/** The words of the calendar screens. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '日历', en: 'Calendar' },
  intro: {
    zh: '放假和调休上班的日子，工作日时限按它计算。每年国务院通知公布后，由系统管理员导入。',
    en: 'Days off and make-up working days, by which working-day deadlines are counted. The system administrator imports the notice each year.',
  },
  year: { zh: '{year}年', en: '{year}' },
  unknown: { zh: '未导入', en: 'not imported' },
  missing: {
    zh: '{year}年的放假安排还没有导入，跨到这一年的时限暂按周一至周五计算。还有 {days} 天。',
    en: 'The days off of {year} are not imported; deadlines that reach into it are counted Monday to Friday for now. {days} days to go.',
  },
  missingNow: {
    zh: '{year}年的放假安排没有导入，工作日时限正按周一至周五暂算，请尽快导入。',
    en: 'The days off of {year} are not imported; working-day deadlines are counted Monday to Friday. Import them soon.',
  },
  toCalendar: { zh: '去日历', en: 'To the calendar' },
  import: { zh: '导入放假安排', en: 'Import days off' },
  notice: { zh: '把通知粘贴到这里', en: 'Paste the notice here' },
  noticeHelp: {
    zh: '可以粘贴国务院通知全文；也可以是表格（每行：日期，上班或放假，名称）或 JSON。',
    en: 'The whole notice of the State Council; or a table (day, work or off, name on each line), or JSON.',
  },
  source: { zh: '依据', en: 'Source' },
  sourceOf: {
    zh: '国务院办公厅关于{year}年部分节假日安排的通知',
    en: '国务院办公厅关于{year}年部分节假日安排的通知',
  },
  whichYear: { zh: '哪一年', en: 'Which year' },
  check: { zh: '先核对', en: 'Check first' },
  putInForce: { zh: '导入并重算时限', en: 'Import and count deadlines again' },
  read: {
    zh: '读到放假 {off} 天、调休上班 {made} 天，和现有的相差 {changed} 天。',
    en: '{off} days off and {made} make-up days were read; {changed} differ from what is known.',
  },
  willMove: {
    zh: '正在计时的诉求会重算时限，每条都写明原因。',
    en: 'Running deadlines are counted again, and each case says why.',
  },
  isOff: { zh: '放假', en: 'off' },
  isMadeUp: { zh: '调休上班', en: 'make-up work' },
  imported: {
    zh: '{year}年放假安排已导入，时限正在重算。',
    en: 'The days off of {year} are imported; deadlines are being counted again.',
  },
  notKnown: { zh: '{year}年还没有导入', en: '{year} is not imported yet' },
  notKnownHint: {
    zh: '通知一般在前一年十一月前后公布。公布前，跨到这一年的时限会注明“暂按周一至周五计算”。',
    en: 'The notice usually comes about November of the year before. Until then, deadlines that reach into the year say that weekdays were counted.',
  },
  sourceIs: { zh: '依据：{source}', en: 'Source: {source}' },
  history: { zh: '导入记录', en: 'Imports' },
  shipped: { zh: '随程序自带，没有另外导入过。', en: 'Shipped with the program; nothing was imported.' },
  importedBy: { zh: '{time} · {name} 导入', en: '{time} · imported by {name}' },
  undoneBy: { zh: '{time} · {name} 撤销', en: '{time} · undone by {name}' },
  moved: { zh: '{n} 条诉求的时限随之更新', en: 'deadlines of {n} cases followed' },
  counting: { zh: '时限正在重算', en: 'deadlines are being counted again' },
  undo: { zh: '撤销', en: 'Undo' },
  undoTitle: { zh: '撤销这次导入？', en: 'Undo this import?' },
  undoChange: {
    zh: '这一年回到导入之前的样子，正在计时的诉求会再重算一次。',
    en: 'The year is again what it was before, and running deadlines are counted once more.',
  },
  undone: { zh: '已撤销', en: 'Undone' },
  somebody: { zh: '其他街道的管理员', en: 'another street’s administrator' },
  weekdays: { zh: '一二三四五六日', en: 'MTWTFSS' },
})
