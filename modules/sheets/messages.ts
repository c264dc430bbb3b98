/** Words of the sheets module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './contract.ts'

export const words: RefusalWords<typeof refusals> = {
  'sheets/not-found': {
    zh: '没有找到这份表格，或者不归您管。',
    en: 'This sheet was not found, or it is not yours.',
  },
  'sheets/file-missing': { zh: '没有收到文件，请重新选择。', en: 'No file arrived; please choose again.' },
  'sheets/unreadable': {
    zh: '这个文件读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv 后再传。',
    en: 'This file cannot be read. Open it in Excel or WPS, save it as .xlsx or .csv and send that.',
  },
  'sheets/old-format': {
    zh: '这是旧格式（.xls）或者加了密码的表格。请另存为不带密码的 .xlsx 后再传。',
    en: 'An old .xls or a workbook under a password. Save it as .xlsx without a password and send that.',
  },
  'sheets/too-large': {
    zh: '这份表格太大了：最多 20 MB、6 万行、120 列。请分成几份再传。',
    en: 'This sheet is too large: at most 20 MB, 60,000 rows, 120 columns. Please send it in parts.',
  },
  'sheets/empty': { zh: '这份表格是空的。', en: 'This sheet is empty.' },
  'sheets/unknown-kind': {
    zh: '没有这种表格，或者不由您导入。',
    en: 'No such kind of list, or not yours to bring in.',
  },
  'sheets/source-missing': { zh: '请先选择这份表格从哪里来。', en: 'Please say where this list comes from.' },
  'sheets/columns-missing': {
    zh: '还有必填的列没有对上，请先为它们选一列，或填一个固定的内容。',
    en: 'Required columns are not matched yet: choose a column for each, or one text for all rows.',
  },
  'sheets/wrong-state': {
    zh: '这份表格已经走到下一步了，请刷新后再看。',
    en: 'This batch has moved on; please refresh.',
  },
  'sheets/nothing-to-do': { zh: '没有可以导入的行。', en: 'There is no row to put in.' },
  'sheets/has-faults': {
    zh: '有些行有错误。请改好再传，或者选择跳过这些行。',
    en: 'Some rows have faults. Correct them and send again, or choose to leave them out.',
  },
  'sheets/another-confirms': {
    zh: '这种表格要由另一位管理员确认：请安全管理员登录后确认导入。',
    en: 'Another administrator confirms this kind of list: ask the security administrator.',
  },
  'sheets/too-late': {
    zh: '已经过了可以撤销的时间。',
    en: 'The time in which it could be undone has passed.',
  },
  'sheets/gone': {
    zh: '这份表格的内容已经按规定删除，请重新上传。',
    en: 'The content of this sheet has been deleted as the rules ask; please send it again.',
  },
  'sheets/template-unfit': {
    zh: '这个模板里没有找到可用的 {{字段}}。请下载示例，把要的字段放进一行里，再上传。',
    en: 'No usable {{field}} was found. Download the sample, put the fields you want in one row, and send it.',
  },
  'sheets/unknown-list': {
    zh: '没有这种清单，或者不归您导出。',
    en: 'No such list, or not yours to export.',
  },
}
