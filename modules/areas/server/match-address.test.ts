import { expect, test } from 'vitest'
import { addressKey, buildAddressBook } from './match-address.ts'

const building = (code: string, name: string, road: string, compound: string | null, areaId: string) => ({
  id: `id-${code}`,
  code,
  name,
  address: [road, compound, name].filter(Boolean).join(' '),
  compound,
  areaId,
})
const book = buildAddressBook([
  building('WT01', '1栋', '桐荫路18号', '梧桐苑', 'm1'),
  building('WT03', '3栋', '桐荫路18号', '梧桐苑', 'm1'),
  building('WT13', '13栋', '桐荫路18号', '梧桐苑', 'm2'),
  building('WB03', '3栋', '桐荫路118号', '梧桐苑北区', 'm3'),
  building('GH0A', 'A座', '桂湖街5号', '桂湖金茂', 'm4'),
  building('GH0B', 'B座', '桂湖街5号', '桂湖金茂', 'm4'),
  building('PO', '邮政大楼', '桂湖街9号', null, 'm5'),
  building('LX01', '1栋', '老西巷2号', '老西巷宿舍', 'm6'),
])
const code = (text: string) => book.match(text)?.building?.code

test.each([
  ['梧桐苑3栋2单元501', 'WT03'],
  ['梧桐苑三幢二单元漏水', 'WT03'],
  ['梧桐苑3号楼', 'WT03'],
  ['桐荫路１８号 3-2-501', 'WT03'],
  ['桐荫路十八号梧桐苑13栋', 'WT13'],
  ['梧桐苑十三栋', 'WT13'],
  ['桐荫路118号3栋', 'WB03'],
  ['梧桐苑北区3栋', 'WB03'],
  ['桂湖金茂a座1203室', 'GH0A'],
  ['桂湖街邮政大楼门口', 'PO'],
  ['桂湖街9号', 'PO'],
  ['老西巷宿舍', 'LX01'],
  ['wt03', 'WT03'],
])('%s is building %s', (text, expected) => {
  expect(code(text)).toBe(expected)
})

test('without a door the area is told when all buildings of the place lie in it, and the building is not guessed', () => {
  expect(book.match('桂湖金茂门口')).toEqual({ areaId: 'm4' })
  expect(book.match('梧桐苑大门')).toBeUndefined()
})

test.each(['', '3栋2单元', '梧桐苑88栋', '天上人间', '桐荫路8号', '桐荫路18号楼'])(
  '%s names no building, and none is guessed',
  (text) => {
    expect(book.match(text)).toBeUndefined()
  },
)

test('the one spelling of an address', () => {
  expect(addressKey('桐荫路十八号 梧桐苑3号楼')).toBe('桐荫路18号梧桐苑3栋')
  expect(addressKey('A座')).toBe(addressKey('a 幢'))
})

test('search finds buildings that hold every word, whatever its spelling', () => {
  expect(book.search('梧桐 三幢').map((found) => found.code)).toEqual(['WT03', 'WT13', 'WB03'])
  expect(book.search('gh0').map((found) => found.code)).toEqual(['GH0A', 'GH0B'])
  expect(book.search('没有')).toEqual([])
})
