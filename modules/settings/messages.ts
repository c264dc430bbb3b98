/** Words of the settings module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './contract.ts'

export const words: RefusalWords<typeof refusals> = {
  'settings/not-found': {
    zh: '没有找到这一项设置或这一次更改，请刷新后再试。',
    en: 'This setting or this change was not found. Please refresh and try again.',
  },
  'settings/value-wrong': {
    zh: '填写的内容不合要求，请按提示修改。',
    en: 'What was entered does not fit. Please correct it as shown.',
  },
  'settings/day-past': {
    zh: '生效日期要在今天或以后：已经过去的日子不能再改。',
    en: 'The day has to be today or later: what is past can no longer be changed.',
  },
  'settings/nothing-changes': {
    zh: '和那时已经生效的内容一样，没有需要更改的。',
    en: 'This is what counts at that time already; there is nothing to change.',
  },
  'settings/undone-already': {
    zh: '这次更改已经撤销过了。',
    en: 'This change was undone already.',
  },
}
