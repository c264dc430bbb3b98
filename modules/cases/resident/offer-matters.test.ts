import { expect, test } from 'vitest'
import type { MatterView } from '../contract.ts'
import { mostOffered, offerMatters } from './offer-matters.ts'

const matter = (code: string, residentWords: string | null): MatterView => ({
  id: code,
  code,
  standard: 'local',
  classCode: code.slice(0, 2),
  className: '',
  name: residentWords ?? code,
  nameEn: code,
  residentWords,
  level: 'community',
  kind: 'complaint',
  urgency: 'P2',
  isPublic: true,
  sensitive: false,
  onSiteCheck: true,
  localExtension: true,
})
const catalogue = [
  ...Array.from({ length: 12 }, (_, n) => matter(`${String.fromCharCode(65 + n)}01`, `第${n}类的事`)),
  matter('A02', '楼道灯不亮'),
  matter('B02', '垃圾没人清'),
  matter('C02', null),
]

test('with nothing said, the first matter of each class is offered, eight at most', () => {
  const codes = offerMatters(catalogue, '').map(({ code }) => code)
  expect(codes).toEqual(['A01', 'B01', 'C01', 'D01', 'E01', 'F01', 'G01', 'H01'])
  expect(codes).toHaveLength(mostOffered)
})

test('what sounds like the text comes first', () => {
  expect(offerMatters(catalogue, '3栋楼道的灯不亮了')[0]?.code).toBe('A02')
})

test('the chosen one stays in sight while the text changes', () => {
  expect(offerMatters(catalogue, '', 'B02').map(({ code }) => code)).toContain('B02')
  expect(offerMatters(catalogue, '', 'B02')).toHaveLength(mostOffered)
})

test('a matter without plain words is never offered', () => {
  expect(offerMatters(catalogue, 'C02').some(({ code }) => code === 'C02')).toBe(false)
})
