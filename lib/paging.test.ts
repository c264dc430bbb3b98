import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './paging.ts'

test('a cursor gives back the key that it was made from', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
      (text, number) => {
        const cursor = encodeCursor([text, number])
        expect(cursor).toMatch(/^[\w-]+$/)
        fc.pre(cursor.length <= 512)
        expect(decodeCursor(cursor, ['string', 'number'])).toEqual([text, number])
      },
    ),
  )
})

test('any other text decodes to undefined or to a key of the asked shape, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
      const key = decodeCursor(text, ['string'])
      if (key !== undefined) expect(typeof key[0]).toBe('string')
    }),
  )
})

const raw = (json: string) => Buffer.from(json).toString('base64url')

test.each([
  ['nothing', undefined],
  ['empty text', ''],
  ['not base64url', 'ab+/'],
  ['no JSON', raw('{')],
  ['no list', raw('{"0":"a","1":1,"length":2}')],
  ['too few values', raw('["a"]')],
  ['too many values', raw('["a",1,2]')],
  ['a value of another kind', raw('[1,"a"]')],
  ['null', raw('["a",null]')],
  ['an infinite number', raw('["a",1e999]')],
  ['broken UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x2c, 0x31, 0x5d]).toString('base64url')],
  ['over-long text', encodeCursor(['x'.repeat(600), 1])],
])('%s is no cursor', (_what, cursor) => {
  expect(decodeCursor(cursor, ['string', 'number'])).toBeUndefined()
})
