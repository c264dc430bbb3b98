import { expect, test } from 'vitest'
import { replyFields, replyText, unknownFields } from './reply-text.ts'

const none = Object.fromEntries(replyFields.map((field) => [field, null])) as Record<
  (typeof replyFields)[number],
  string | null
>

test('the template is filled with the facts of the case, and what is not known yet is a blank', () => {
  const text = replyText('{outsideNumber}：{answer}（{organisation}，{answeredOn}）', {
    ...none,
    outsideNumber: 'H-1',
    answer: '灯已修好。',
    organisation: '和美物业',
  })
  expect(text).toBe('H-1：灯已修好。（和美物业，____）')
})

test('words of the resident that look like a field stay as they are', () => {
  expect(replyText('{answer}', { ...none, answer: '门牌{number}' })).toBe('门牌{number}')
})

test('a field that there is not is named', () => {
  expect(unknownFields('{answer} {phone} {phone}')).toEqual(['phone'])
})
