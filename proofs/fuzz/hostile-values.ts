/** Values that programs stumble over. Rule: quality.md R18. */
import type { SeededRandom } from '../../lib/seeded-random.ts'

const deep = (levels: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** Text that looks like a program to somebody: databases, paths, pages, formulas, formats. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u202e反过来\u202c',
  '𬱖𠮷𰻞',
  '\ufeff首',
  'é'.normalize('NFD').repeat(50),
  '👨‍👩‍👧‍👦'.repeat(40),
  '\r\nSet-Cookie: a=b',
  "' or '1'='1",
  "'; drop table cases; --",
  '$1) union select 1',
  '\\',
  '%',
  '_%_',
  '{"$ne": null}',
  "' or count(//user) > 0 or '",
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'file:///etc/passwd',
  'http://127.0.0.1:1/',
  '=cmd|"/c calc"!A1',
  '<script>alert(1)</script>',
  '#{7*7}{{7*7}}',
  '(a+)+$',
  'a'.repeat(40_000),
  '汉'.repeat(30_000),
  'null',
  'undefined',
  'NaN',
  'true',
  '0000-00-00',
  '9999-12-31',
  '-0001-01-01',
  '2026-02-30',
  '2026-13-01T25:61:61Z',
  '+275760-09-13T00:00:00Z',
  '0x10',
  '1e400',
  '٣',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'constructor',
  '__proto__',
]

const hostileOthers: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  Number.MIN_VALUE,
  [],
  {},
  [[]],
  [null],
  { toString: 'x' },
  Array.from({ length: 5000 }, (_, index) => index),
  Array.from({ length: 300 }, () => ({})),
  Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, index])),
]

/** Any of them, texts as often as everything else together. */
export const hostileValue = (random: SeededRandom): unknown => {
  if (random.chance(0.02)) return deep(1000)
  return random.chance(0.5) ? random.pick(hostileTexts) : random.pick(hostileOthers)
}
