import { expect, test } from 'vitest'
import { maskName } from '../../../lib/mask.ts'
import { addressOf, fillTemplate, type TemplateFacts, unknownTemplateFields } from './fill-template.ts'

const facts: TemplateFacts = {
  称呼: '王先生/女士',
  事项: '路灯不亮',
  编号: 'SB20260914-0001',
  地点: '3栋',
  承办单位: null,
  期限: null,
  受理日期: '2026年9月14日',
  今天: '2026年9月14日',
  街道: '示范街道',
}

test.each([
  ['{称呼}您好，{编号}已受理。', '王先生/女士您好，SB20260914-0001已受理。', []],
  ['｛ 称呼 ｝：{事项}', '王先生/女士：路灯不亮', []],
  [
    '{承办单位}将在{期限}前办好，{承办单位}会联系您。',
    '【承办单位】将在【期限】前办好，【承办单位】会联系您。',
    ['承办单位', '期限'],
  ],
  ['没有字段', '没有字段', []],
])('%s', (words, text, gaps) => {
  expect(fillTemplate(words, facts)).toEqual({ text, gaps })
})

test('what stands in braces and means nothing is named, once', () => {
  expect(unknownTemplateFields('{称呼}，{电话}，{电话}，{}，｛姓名｝')).toEqual(['电话', '', '姓名'])
  expect(unknownTemplateFields('{称呼} {期限}')).toEqual([])
})

test('a fact that holds braces or dollar signs is put in as it is and not read again', () => {
  expect(fillTemplate('{地点}', { ...facts, 地点: '{编号} $1 $&' }).text).toBe('{编号} $1 $&')
})

test('nobody is named beyond the surname that the mask leaves; where that is not sure, nobody is', () => {
  expect(
    ['王明', '王小明', '欧阳明月', '欧阳明', 'John', ''].map((name) => addressOf(maskName(name))),
  ).toEqual(['王先生/女士', '王先生/女士', '居民朋友', '居民朋友', '居民朋友', '居民朋友'])
  expect(addressOf(null)).toBe('居民朋友')
})
