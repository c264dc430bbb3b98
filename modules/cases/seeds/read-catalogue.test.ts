import { expect, test } from 'vitest'
import { suggestMatter } from '../rules/suggest-matter.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { findDuty, readDutyList, readLocalMatters } from './read-catalogue.ts'

const { matters, components, duties } = loadCatalogue()

test('the national standard gives 250 matters and 153 components, and keys are unique', () => {
  expect(matters.filter((matter) => !matter.extension)).toHaveLength(250)
  expect(components).toHaveLength(153)
  expect(new Set(matters.map((matter) => matter.key)).size).toBe(matters.length)
})

test('every local matter has plain words, both names and keywords that lead back to it', () => {
  const local = matters.filter((matter) => matter.extension)
  expect(local.length).toBeGreaterThanOrEqual(60)
  for (const matter of local) {
    expect(matter.nameEn).toMatch(/^[A-Z]/)
    const ranked = suggestMatter(matter.keywords.join('，'), matters, 1)
    expect(ranked[0]?.key, matter.key).toBe(matter.key)
  }
})

test('a missing manhole cover is P0 and an illegal building is P3', () => {
  expect(matters.find((matter) => matter.key === 'GB01003')?.urgency).toBe('P0')
  expect(matters.find((matter) => matter.key === 'GB06001')?.urgency).toBe('P3')
})

test('somebody beside the street centre must take every matter', () => {
  const kinds = [...new Set(duties.map((rule) => rule.organisationKind))]
  for (const matter of matters) {
    const takers = kinds.filter((kind) => findDuty(duties, kind, matter.key)?.duty === 'must')
    expect(takers.length, matter.key).toBeGreaterThan(0)
  }
})

test('a community may refuse what only departments can settle, and the list says where it belongs', () => {
  const kinds = new Set(duties.map((rule) => rule.organisationKind))
  for (const matter of matters.filter((each) => each.level === 'department')) {
    expect(findDuty(duties, 'community', matter.key)?.duty, matter.key).toBe('refuse')
  }
  for (const rule of duties) {
    expect(rule.duty === 'refuse').toBe(rule.turnTo !== null)
    if (rule.turnTo !== null) {
      expect(kinds.has(rule.turnTo)).toBe(true)
      expect(findDuty(duties, rule.turnTo, rule.matterPrefix)?.duty, rule.matterPrefix).not.toBe('refuse')
    }
  }
})

test('what grids and communities should settle themselves is never refused by them', () => {
  for (const matter of matters.filter(
    (each) => each.level === 'grid' || (each.level === 'community' && each.extension),
  )) {
    expect(findDuty(duties, 'community', matter.key)?.duty, matter.key).not.toBe('refuse')
  }
})

test('the longest prefix wins', () => {
  expect(findDuty(duties, 'community', 'GB06010')?.duty).toBe('may')
  expect(findDuty(duties, 'community', 'GB06011')?.duty).toBe('refuse')
  expect(findDuty(duties, 'gas', 'LX01001')).toBeNull()
})

test('words of residents find their matter, with the reason', () => {
  const first = (text: string) => suggestMatter(text, matters)[0]
  expect(first('三单元电梯又坏了，天天爬楼')?.key).toBe('LX01001')
  expect(first('老楼想加装电梯，怎么申请补贴')?.key).toBe('LX11004')
  expect(first('楼上漏水，天花板都泡烂了')).toMatchObject({
    key: 'LX02001',
    matchedWords: ['楼上漏水', '天花板'],
  })
  expect(suggestMatter('嗯', matters)).toEqual([])
})

test('a bad cell is refused with its line and column', () => {
  const header = 'level,organisation_kind,matter_prefix,duty,turn_to,basis_zh,basis_en\n'
  expect(() => readDutyList(`${header}grid,grid,LX,perhaps,,甲,a`)).toThrow('line 2: duty')
  expect(() => readLocalMatters('code,class_code\nLX01001,')).toThrow('line 2: class_code')
})
