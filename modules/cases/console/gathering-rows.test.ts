import { expect, test } from 'vitest'
import { blankRow, leftOver, linesOf, needsOf } from './gathering-rows.ts'

test('pasted lines become rows without their numbering; empty lines become none', () => {
  expect(linesOf('1、路灯不亮\r\n\n（2）电梯老停\n· 想要休闲椅\n3栋门禁坏了\n 一、楼道堆物')).toEqual([
    '路灯不亮',
    '电梯老停',
    '想要休闲椅',
    '3栋门禁坏了',
    '楼道堆物',
  ])
})

test('only rows in which something stands are sent, and of them only what was filled in', () => {
  const row = { ...blankRow(), text: '路灯不亮', matterCode: 'LX01005' }
  expect(needsOf([blankRow(), row, blankRow()])).toEqual([
    { id: row.id, text: '路灯不亮', matterCode: 'LX01005' },
  ])
})

test('refused rows stay with their reason, under an id of their own where the old one was taken', () => {
  const [kept, wrong, taken] = [blankRow(), blankRow(), blankRow()]
  const outcome = (id: string, why: 'cases/phone-wrong' | 'cases/id-taken' | null) => ({
    id,
    outcome: why ? ('refused' as const) : ('kept' as const),
    number: null,
    parentNumber: null,
    why,
  })
  const left = leftOver(
    [kept, wrong, taken],
    [outcome(kept.id, null), outcome(wrong.id, 'cases/phone-wrong'), outcome(taken.id, 'cases/id-taken')],
  )
  expect(left.map((row) => row.wrong)).toEqual(['cases/phone-wrong', 'cases/id-taken'])
  expect(left[0]?.id).toBe(wrong.id)
  expect(left[1]?.id).not.toBe(taken.id)
})
