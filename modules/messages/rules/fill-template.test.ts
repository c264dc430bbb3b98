import { expect, test } from 'vitest'
import { noticeTemplates } from '../templates/index.ts'
import { fillTemplate, templatePattern, unknownFields } from './fill-template.ts'

test('fields become their facts: a deadline in words of the street’s day, a code in words, a missing fact nothing', () => {
  const facts = { number: '20260914-00041', due: '2026-09-14T15:59:59.999Z', request: 'extend' }
  const zh = '诉求 {number} 的{request}，{due} 前。{deskPhone}'
  expect(fillTemplate(zh, facts, 'zh')).toBe('诉求 20260914-00041 的延期，2026年9月14日 24:00 前。')
  expect(fillTemplate('{request} of {number} by {due}', facts, 'en')).toBe(
    'extension of 20260914-00041 by 14 Sep 2026, 24:00',
  )
})

test.each([
  ['诉求 {number} 请在 {due} 前办结。', []],
  ['没有栏目', []],
  ['诉求 {nummer}', ['{nummer}']],
  ['{name} {name} {phone}', ['{name}', '{phone}']],
  ['半个 {number', ['{']],
  ['半个 number}', ['}']],
  ['{}', ['{}']],
  ['{{number}}', ['{', '}']],
])('unknown fields of %s', (text, unknown) => {
  const allowed = ['number', 'due']
  expect(unknownFields(text, allowed)).toEqual(unknown)
  expect(new RegExp(templatePattern(allowed)).test(text)).toBe(unknown.length === 0)
})

test('every template that ships holds its own fields only, in both languages, and fits one text message', () => {
  for (const template of noticeTemplates)
    for (const text of Object.values(template.text)) {
      expect(unknownFields(text, template.fields), `${template.event} ${template.reader}`).toEqual([])
      expect([...text].length, text).toBeLessThanOrEqual(200)
    }
  const names = noticeTemplates.map(({ event, reader }) => `${event} ${reader}`)
  expect(new Set(names).size).toBe(names.length)
})
