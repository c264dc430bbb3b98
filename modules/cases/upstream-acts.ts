/** Acts on an order from above: giving it back, what became of that, the reply pasted there, the rating given there. */
import { Type } from 'typebox'
import type { Who } from '../../lib/contract.ts'
import { act, desk, OptionalText, strict } from './case-act.ts'
import { Text } from './case-views.ts'
import type { CaseRefusal } from './refusals.ts'

const aboveRefusals: CaseRefusal[] = ['cases/not-from-above']
const aboveStaff: Who = [...desk, 'verifier', 'supervisor']

export const returnUpstream = act(
  'return-upstream',
  'returnUpstream',
  'Asks those who sent the order to take it back; the clock goes on',
  desk,
  Type.Object({ reason: Text }, strict),
  [...aboveRefusals, 'cases/return-asked-above'],
)
export const settleUpstream = act(
  'settle-upstream',
  'settleUpstream',
  'What those above said to it, and who said so; taken back, the case is declined',
  desk,
  Type.Object(
    {
      approved: Type.Boolean(),
      confirmedBy: Type.String({ minLength: 1, maxLength: 80 }),
      words: OptionalText,
    },
    strict,
  ),
  [...aboveRefusals, 'cases/nothing-asked-above'],
)
export const replyUpstream = act(
  'reply-upstream',
  'replyUpstream',
  'Records that the answer was pasted back above, with its words; each time is kept',
  aboveStaff,
  Type.Object({ text: Text }, strict),
  aboveRefusals,
)
export const rateUpstream = act(
  'rate-upstream',
  'rateUpstream',
  'How the resident rated it there, on its own scale; nobody asks again here',
  aboveStaff,
  Type.Object(
    {
      value: Type.String({ minLength: 1, maxLength: 40 }),
      solved: Type.Optional(Type.Boolean()),
      words: OptionalText,
    },
    strict,
  ),
  aboveRefusals,
)
