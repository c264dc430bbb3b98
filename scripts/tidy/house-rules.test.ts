import { expect, test } from 'vitest'
import { findHouseFaults, longFiles } from './house-rules.ts'

test('a file over 400 lines is a finding, one of 400 is not', () => {
  expect(
    longFiles([
      { file: 'a.ts', lines: 401 },
      { file: 'b.ts', lines: 400 },
      { file: 'c.md', lines: 900 },
    ]),
  ).toMatchObject([{ file: 'a.ts' }])
})

test.each([
  ['modules/x/server/a.ts', '// TODO later'],
  ['modules/x/a.test.ts', "test.skip('x', () => {})"],
  ['README.md', 'see /home/somebody/x'],
  ['ui/a.vue', '<p v-html="x" />'],
  ['ui/a.ts', 'element.innerHTML = words'],
  ['modules/x/console/map.ts', 'new Popup().setHTML(row.title)'],
  ['apps/console/a.vue', 'notify({ dangerouslyUseHTMLString: true })'],
  ['lib/utils.ts', ''],
])('%s with %s is a finding', (file, text) => {
  expect(findHouseFaults(file, text)).toHaveLength(1)
})

test('a drawing of our own may be set as markup', () => {
  expect(findHouseFaults('ui/a.ts', 'element.innerHTML = svg // our own drawing')).toEqual([])
})

test('a TODO with its issue is none', () => {
  expect(findHouseFaults('a.ts', '// TODO #5: pauses')).toEqual([])
})
