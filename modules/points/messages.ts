/** Words of the points module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './refusals.ts'

export const words: RefusalWords<typeof refusals> = {
  'points/account-not-found': {
    zh: '没有找到这个账户，请回到列表再看看。',
    en: 'This account was not found. Please go back to the list.',
  },
  'points/too-little': {
    zh: '余额不够，这一笔没有记。',
    en: 'There is not enough on the account, so nothing was booked.',
  },
  'points/transfer-reused': {
    zh: '这一笔的编号已经用过，内容却不一样，没有重复记账。',
    en: 'This entry was made before with other content; nothing was booked again.',
  },
  'points/settled-otherwise': {
    zh: '这一笔已经另行处理，请刷新后再看。',
    en: 'This was settled otherwise already. Please look again.',
  },
  'points/stopped': {
    zh: '账目核对发现差额，积分和爱心券暂停使用，查清后恢复。',
    en: 'The ledger differs from itself, so points and vouchers are not spent until it is cleared up.',
  },
  'points/not-your-area': {
    zh: '这个区域不在您的岗位范围内。',
    en: 'This area is outside your post.',
  },
}
