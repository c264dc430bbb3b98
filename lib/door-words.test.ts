import { expect, test } from 'vitest'
import { readDoorWords } from './door-words.ts'

test.each([
  ['桂花园3栋2单元501', { building: '3', entrance: '2', room: '501' }],
  ['桂花园三栋二单元501室', { building: '3', entrance: '2', room: '501' }],
  ['天桥路12号３幢', { building: '3' }],
  ['天桥路12号楼', { building: '12' }],
  ['二十三号楼一单元5-1', { building: '23', entrance: '1', room: '5-1' }],
  ['金茂A座1203室', { building: 'a', room: '1203' }],
  ['B3栋', { building: 'b3' }],
  ['孵化园A2座', { building: 'a2' }],
  ['一期 03 栋', { building: '3' }],
  ['桂花园3-2-501', { building: '3', entrance: '2', room: '501' }],
  ['桂花园2单元501', { entrance: '2', room: '501' }],
  ['天桥路12号', {}],
  ['小广场的座椅', {}],
  ['3栋5楼漏水', { building: '3' }],
  ['', {}],
])('the door words of %j', (address, expected) => {
  expect(readDoorWords(address)).toEqual(expected)
})
