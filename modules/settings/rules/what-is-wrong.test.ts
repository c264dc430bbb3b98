import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { type ValueSchema, whatIsWrong } from './what-is-wrong.ts'

const schema = Type.Object(
  {
    hours: Type.Integer({ minimum: 1, maximum: 48 }),
    quiet: Type.Union([Type.String({ pattern: '^\\d\\d:\\d\\d$', description: '22:00' }), Type.Null()]),
    ways: Type.Array(Type.Unsafe<string>(Type.String({ enum: ['sms', 'phone'] })), { minItems: 1 }),
    on: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
const good = { hours: 2, quiet: null, ways: ['sms'] }

test.each([
  ['what fits', good, []],
  ['a number beyond its limits', { ...good, hours: 49 }, ['/hours 要在1到48之间']],
  ['half an hour', { ...good, hours: 0.5 }, ['/hours 请填写整数']],
  ['a time that is written otherwise', { ...good, quiet: '10pm' }, ['/quiet 写法不对：22:00']],
  ['an empty list', { ...good, ways: [] }, ['/ways 至少1项']],
  ['a choice that is not listed', { ...good, ways: ['fax'] }, ['/ways/0 请从列出的内容中选']],
  ['a part that is missing', { quiet: null, ways: ['sms'] }, ['/hours 请填写']],
  ['a part that nobody knows', { ...good, more: 1 }, ['/more 没有这一项']],
  ['a yes that is no yes', { ...good, on: 'yes' }, ['/on 请选是或否']],
  ['nothing', null, [' 请填写完整']],
])('%s is told with its place and its limit', (_, value, told) => {
  const wrong = whatIsWrong(schema as unknown as ValueSchema, value)
  expect(wrong.map(({ path, words }) => `${path} ${words.zh}`)).toEqual(told)
})
