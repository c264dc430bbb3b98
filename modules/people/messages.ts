/** Words of the people module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './contract.ts'

export const words: RefusalWords<typeof refusals> = {
  'people/not-found': {
    zh: '登记册里没有找到这个人，或者不在您的范围内。',
    en: 'This person is not in the register, or not in your area.',
  },
  'people/not-your-area': {
    zh: '这个社区不在您的岗位范围内，请选本社区。',
    en: 'This community is outside your post. Please choose your own.',
  },
  'people/too-young': {
    zh: '未满14岁不能登记。可以请家长登记，带孩子一起参加。',
    en: 'Nobody under fourteen is registered. A parent may register and bring the child.',
  },
  'people/birth-wrong': {
    zh: '出生日期不对，请核对年月日。',
    en: 'The birth day cannot be right. Please check it.',
  },
  'people/id-number-wrong': {
    zh: '身份证号不对，或者与出生日期不一致，请核对。',
    en: 'The identity number is wrong or does not agree with the birth day. Please check it.',
  },
  'people/phone-wrong': { zh: '手机号不对，应为11位。', en: 'The mobile number should have 11 digits.' },
  'people/known-already': {
    zh: '登记册里已经有这个人，请直接查找。',
    en: 'This person is in the register already. Please search for them.',
  },
  'people/consent-not-needed': {
    zh: '已满18岁，不需要监护人同意。',
    en: 'Of full age: no guardian has to agree.',
  },
  'people/stale-version': {
    zh: '别人刚改过这条登记，请刷新后再改。',
    en: 'Somebody has just changed this record. Please load it again.',
  },
}
