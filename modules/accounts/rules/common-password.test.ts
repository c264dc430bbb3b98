import { expect, test } from 'vitest'
import { isCommonPassword } from './common-password.ts'

test.each([
  'Password123!',
  'P@ssw0rd2026',
  'Admin@123456',
  'Administrator1!',
  'Qwer1234!@#$',
  '1qaz@WSX3edc',
  '1qaz2wsx#EDC',
  'Woaini5201314!',
  'WoAiNi1314520.',
  'Aa123456789!',
  'Abc@12345678',
  'Abcdefg-12',
  'Zhongguo@666888'.replace('666888', '888888'),
  'Chongqing@2026',
  'Linli-Test-2026',
  'Jiedao#20262026',
  'Wodemima_123123',
  'Welcome2026!!',
  'ＰＡＳＳＷＯＲＤａ１２３！',
  '12345678910!',
  'Zhang.Wei1990',
])('%s is tried first and refused', (password) => {
  expect(isCommonPassword(password)).toBe(true)
})

test.each([
  'Brunnen-12',
  'Admin@83910472',
  'Tianqiao-Qing3',
  'correct Horse 7',
  '天桥社区天桥社区Ab',
  'Woaini83910472',
  'mJ7kvtR2pQx9Ab',
  'Fernsehturm-77',
])('%s is not', (password) => {
  expect(isCommonPassword(password)).toBe(false)
})
