/** The order on paper 承办单, for firms that never sign in: printed or sent by the desk, brought back filled in. */
import { Type } from 'typebox'
import { defineOperation, IdParams } from '../../lib/contract.ts'

export const printOrder = defineOperation({
  name: 'cases.printOrder',
  method: 'GET',
  path: '/api/cases/{id}/order',
  summary:
    'The order as a PDF with a QR code that opens the case; the reporter’s phone in clear only for whoever opened it with a reason within the last half hour',
  who: 'staff',
  audit: 'read',
  params: IdParams,
  output: Type.Unsafe<Uint8Array>(Type.Any()),
  refusals: ['cases/not-found', 'cases/not-your-act', 'cases/no-order'],
})
