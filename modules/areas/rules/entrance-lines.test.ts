import { expect, test } from 'vitest'
import { readEntranceLines, writeEntranceLines } from './entrance-lines.ts'

test.each([
  ['1单元 6层 101,102,201', { code: '1', floors: 6, dwellings: ['101', '102', '201'] }],
  ['２单元　７层 ７０１、７０２', { code: '2', floors: 7, dwellings: ['701', '702'] }],
  ['A 12 101', { code: 'A', floors: 12, dwellings: ['101'] }],
  ['3单元', { code: '3', floors: null, dwellings: [] }],
  ['第1单元 6层', { code: '1', floors: 6, dwellings: [] }],
])('%s is read as people write it', (line, entrance) => {
  expect(readEntranceLines(line)).toEqual({ ok: true, entrances: [entrance] })
})

test('what is written is read as the same; empty lines say nothing and an unreadable one is named', () => {
  const entrances = [
    { code: '1', floors: 6, dwellings: ['101', '602'] },
    { code: 'B', floors: null, dwellings: [] },
    { code: '3', floors: 3, dwellings: [] },
  ]
  expect(readEntranceLines(writeEntranceLines(entrances))).toEqual({ ok: true, entrances })
  expect(readEntranceLines('\n1单元\n\n')).toMatchObject({ ok: true, entrances: [{ code: '1' }] })
  expect(readEntranceLines('1单元\n张三家')).toEqual({ ok: false, line: 2, text: '张三家' })
})
