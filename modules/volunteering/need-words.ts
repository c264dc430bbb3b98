/** States of needs and wishes in words, for all faces. */
import type { Bilingual } from '../../lib/language.ts'
import type { NeedState, WishState } from './need-operations.ts'

export const needStateNames: Readonly<Record<NeedState, Bilingual>> = {
  open: { zh: '待接', en: 'Open' },
  taken: { zh: '已接', en: 'Taken' },
  done: { zh: '待评价', en: 'To be evaluated' },
  evaluated: { zh: '已评价', en: 'Evaluated' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}
export const wishStateNames: Readonly<Record<WishState, Bilingual>> = {
  waiting: { zh: '待上墙', en: 'To be put up' },
  open: { zh: '待认领', en: 'To be claimed' },
  claimed: { zh: '已认领', en: 'Claimed' },
  fulfilled: { zh: '待确认', en: 'To be confirmed' },
  confirmed: { zh: '已实现', en: 'Came true' },
  declined: { zh: '未上墙', en: 'Not put up' },
  withdrawn: { zh: '已撤回', en: 'Taken back' },
}
