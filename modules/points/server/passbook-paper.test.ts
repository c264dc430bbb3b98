import { expect, test } from 'vitest'
import type { PassbookView } from '../contract.ts'
import { passbookCsv } from './passbook-paper.ts'

test('no name in the table of a passbook is run by a spreadsheet, and amounts stay numbers', () => {
  const view = {
    holder: '=HYPERLINK("http://127.0.0.1/","x")',
    number: '0001',
    points: 12,
    heldPoints: 0,
    minutes: null,
    kin: [{ relation: 'spouse', name: '\t=1+1' }],
    honours: [],
    vouchers: [],
    entries: [
      { unit: 'points', at: '2026-09-14T02:00:00.000Z', cause: 'redeem', amount: -5, transferId: 'id-1' },
    ],
  } as unknown as PassbookView
  const [, holder, ...rows] = passbookCsv(view, 'zh').toString('utf8').trimEnd().split('\r\n')
  expect(holder).toContain(`"'=HYPERLINK(""http://127.0.0.1/"",""x"")"`)
  expect(rows.find((row) => row.includes('1+1'))).toContain("'\t=1+1")
  expect(rows.at(-1)).toMatch(/,-5,id-1$/)
})
