import { expect, test } from 'vitest'
import { contentDisposition } from '../download.ts'
import { savedName } from './saved-name.ts'

const headers = (value?: string) => new Headers(value === undefined ? {} : { 'content-disposition': value })

test.each(['诉求-2026-09-14.xlsx', `a"b'c(1)*.pdf`, '值班表 2026-10.csv'])(
  'the browser reads the name %s as the server meant it',
  (name) => {
    expect(savedName(headers(contentDisposition('attachment', name)))).toBe(name)
  },
)

test('a plain name is read too, and no name is none', () => {
  expect(savedName(headers('attachment; filename="a.pdf"'))).toBe('a.pdf')
  expect(savedName(headers(`attachment; filename="a.pdf"; filename*=UTF-8''%E4%B`))).toBe('a.pdf')
  expect(savedName(headers())).toBeUndefined()
})
