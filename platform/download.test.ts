import { expect, test } from 'vitest'
import { contentDisposition } from './download.ts'

test.each([
  ['cases.xlsx', `attachment; filename="cases.xlsx"; filename*=UTF-8''cases.xlsx`],
  ['诉求-2026.xlsx', `attachment; filename="-2026.xlsx"; filename*=UTF-8''%E8%AF%89%E6%B1%82-2026.xlsx`],
  ['回执', `attachment; filename="file"; filename*=UTF-8''%E5%9B%9E%E6%89%A7`],
  [`a"b;c'd(1)*.pdf`, `attachment; filename="a_b_c_d_1_.pdf"; filename*=UTF-8''a%22b%3Bc%27d%281%29%2A.pdf`],
  [
    'a\r\nSet-Cookie: x.pdf',
    `attachment; filename="aSet-Cookie_ x.pdf"; filename*=UTF-8''aSet-Cookie%3A%20x.pdf`,
  ],
  ['../../etc/passwd', `attachment; filename="etcpasswd"; filename*=UTF-8''....etcpasswd`],
  ['\u202Egpj.exe', `attachment; filename="gpj.exe"; filename*=UTF-8''gpj.exe`],
  ['..', `attachment; filename="file"; filename*=UTF-8''file`],
  ['\u200b/', `attachment; filename="file"; filename*=UTF-8''file`],
  ['𬱖.pdf', `attachment; filename="pdf"; filename*=UTF-8''%F0%AC%B1%96.pdf`],
])('the name %s is sent so that it arrives whole and nothing else with it', (name, header) => {
  expect(contentDisposition('attachment', name)).toBe(header)
})
