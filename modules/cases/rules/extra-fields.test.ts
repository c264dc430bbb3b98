import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkExtra, extraFieldsText, readExtraFields } from './extra-fields.ts'

const lift = '梯号/Lift number*:文字；被困人数/People inside:整数；运行方向:上行|下行；报停:是否；发现日:日期'

test('Words that a clerk types become fields and come back as the same words', () => {
  const fields = readExtraFields(lift)
  expect(fields?.required).toEqual(['梯号'])
  expect(fields?.properties.运行方向).toEqual({ type: 'string', enum: ['上行', '下行'] })
  expect(fields?.properties.梯号?.titleEn).toBe('Lift number')
  expect(extraFieldsText(fields ?? null)).toBe(lift)
})

test.each([
  '梯号',
  '梯号:',
  '：文字',
  '梯号:文本框',
  '甲:文字；甲:整数',
  '方向:上行|',
  '方向:上|上',
  `${'长'.repeat(31)}:文字`,
])('%s is no list of fields', (text) => expect(readExtraFields(text)).toBeUndefined())

test('Nothing written is no field at all', () => {
  expect(readExtraFields(' \n ')).toBeNull()
  expect(extraFieldsText(null)).toBe('')
})

test.each([
  [{ 梯号: '3号' }, true, []],
  [{}, false, []],
  [{}, true, [{ field: '梯号', fault: 'missing' }]],
  [{ 梯号: '' }, true, [{ field: '梯号', fault: 'missing' }]],
  [{ 梯号: 3 }, false, [{ field: '梯号', fault: 'wrong-kind' }]],
  [{ 被困人数: 1.5 }, false, [{ field: '被困人数', fault: 'wrong-kind' }]],
  [{ 被困人数: -1 }, false, [{ field: '被困人数', fault: 'wrong-kind' }]],
  [{ 运行方向: '横行' }, false, [{ field: '运行方向', fault: 'wrong-kind' }]],
  [{ 发现日: '2026-02-30' }, false, [{ field: '发现日', fault: 'wrong-kind' }]],
  [{ 别的: 'x' }, false, [{ field: '别的', fault: 'not-asked' }]],
  [{ constructor: 'x' }, false, [{ field: 'constructor', fault: 'not-asked' }]],
])('%j, complete: %s', (values, complete, faults) => {
  expect(checkExtra(readExtraFields(lift) ?? null, values as Record<string, string>, complete)).toEqual(
    faults,
  )
})

test('Whatever list of fields is read is told and read again unchanged', () => {
  const name = fc.stringMatching(/^[一-龥]{1,8}$/)
  const kind = fc.constantFrom('文字', '整数', '数字', '是否', '日期', '甲|乙')
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(name, kind, fc.boolean()), { selector: ([n]) => n, maxLength: 12 }),
      (rows) => {
        const text = rows.map(([n, k, star]) => `${n}${star ? '*' : ''}:${k}`).join('；')
        expect(extraFieldsText(readExtraFields(text) ?? null)).toBe(text)
      },
    ),
  )
})
