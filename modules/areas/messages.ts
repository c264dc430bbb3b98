/** Words of the areas module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './contract.ts'

export const words: RefusalWords<typeof refusals> = {
  'areas/not-found': {
    zh: '没有找到这个区域,它可能已经调整。请刷新后再选。',
    en: 'This area was not found; it may have been re-cut. Refresh and choose again.',
  },
  'areas/place-outside': {
    zh: '这个位置不在本街道范围内。可以先提交,由街道派单员判断。',
    en: 'This place lies outside the street. You may still send it; the street desk will decide.',
  },
}
