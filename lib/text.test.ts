import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigrams, chineseNumber, likeEscape, normaliseText, queryTerms } from './text.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'桂花园𬱖栋5A ａ１２　,。ﬁ①㍿한글カ') }),
)

test.each([
  ['ＡＢＣ１２３', 'abc123'],
  ['  桂花园　 5 栋\n', '桂花园 5 栋'],
  ['①号楼', '1号楼'],
  ['金⾦', '金金'],
  ['a\u200bb\ufeff', 'ab'],
  ['a\u0000b', 'a b'],
  ['赵𬱖', '赵𬱖'],
  ['', ''],
])('%j is brought to %j', (text, expected) => {
  expect(normaliseText(text)).toBe(expected)
})

test('normalising twice changes nothing and leaves no lone surrogate', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyText, fc.string({ unit: fc.nat(0xffff).map((c) => String.fromCharCode(c)) })),
      (text) => {
        const once = normaliseText(text)
        expect(normaliseText(once)).toBe(once)
        expect(/\p{Cs}/u.test(once)).toBe(false)
      },
    ),
    { numRuns: 1000 },
  )
})

test.each([
  ['垃圾返味', ['垃圾', '圾返', '返味']],
  ['桂花园5栋', ['桂花', '花园', '园5', '5栋', '5']],
  ['赵𬱖来电', ['赵𬱖', '𬱖来', '来电']],
  ['停电,停水', ['停电', '停水']],
  ['电梯 WiFi', ['电梯', 'wi', 'if', 'fi', 'wifi']],
  ['哈哈哈哈', ['哈哈']],
  ['水', []],
])('the index terms of %j', (text, expected) => {
  expect(bigrams(text).sort()).toEqual([...expected].sort())
})

test('a text that contains the query holds all of its terms', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.nat(12), (text, start, length) => {
      const characters = [...normaliseText(text)]
      const from = characters.length ? start % characters.length : 0
      const query = characters.slice(from, from + length).join('')
      // A combining mark cut from its letter may be spelt anew; people do not type those.
      fc.pre(normaliseText(text).includes(normaliseText(query)))
      const terms = new Set(bigrams(text))
      expect(queryTerms(query).filter((term) => !terms.has(term))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('terms are distinct and hold whole characters only', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const terms = bigrams(text)
      expect(new Set(terms).size).toBe(terms.length)
      expect(terms.some((term) => /\p{Cs}/u.test(term))).toBe(false)
    }),
  )
})

test('a word too long for a term index is still found by its pairs', () => {
  const terms = bigrams('ab'.repeat(2000))
  expect(terms.sort()).toEqual(['ab', 'ba'])
})

test("LIKE's own characters are escaped", () => {
  expect(likeEscape('100%_a\\b')).toBe('100\\%\\_a\\\\b')
})

const chinese = (n: number): string => {
  const digits = '零一二三四五六七八九'
  const places: [number, string][] = [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
  ]
  let rest = n
  let words = ''
  for (const [place, name] of places) {
    const digit = Math.floor(rest / place)
    rest %= place
    if (digit > 0)
      words += `${words.endsWith('零') || words !== '' || place !== 10 || digit > 1 ? digits[digit] : ''}${name}`
    else if (words !== '' && rest > 0 && !words.endsWith('零')) words += '零'
  }
  return rest > 0 ? words + digits[rest] : words
}

test('every number from 1 to 9,999 is read back from its Chinese words', () => {
  for (let n = 1; n <= 9999; n++) expect([chinese(n), chineseNumber(chinese(n))]).toEqual([chinese(n), n])
})

test.each([
  ['十', 10],
  ['二十三', 23],
  ['廿三', 23],
  ['两', 2],
  ['一〇二', 102],
  ['二三', 23],
  ['〇', 0],
  ['２３', 23],
  ['023', 23],
  ['', undefined],
  ['十十', undefined],
  ['百', undefined],
  ['一百零', undefined],
  ['栋', undefined],
  ['12345', undefined],
  ['1.5', undefined],
])('chineseNumber(%j) is %s', (text, expected) => {
  expect(chineseNumber(text)).toBe(expected)
})
