/** What a street changes of sheets itself. */
import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

export const undoHours = defineSetting({
  key: 'sheets.undoHours',
  group: 'sheets',
  words: { zh: '导入后可以撤销多久', en: 'How long an import can be undone' },
  help: {
    zh: '过了这个时间，导入的内容不能整批撤销，表格里的原始内容也随之删除。',
    en: 'After it an import cannot be undone as a whole, and the rows of the sheet are deleted.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 168 }),
  fallback: 24,
  unit: { zh: '小时', en: 'hours' },
})
