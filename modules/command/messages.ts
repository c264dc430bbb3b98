/** Words of the command module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './contract.ts'

export const words: RefusalWords<typeof refusals> = {
  'command/meeting-not-found': {
    zh: '没有找到这次调度会，请回到列表再看看。',
    en: 'This meeting was not found. Please go back to the list.',
  },
  'command/not-your-area': {
    zh: '这个区域不在您的岗位范围内。',
    en: 'This area is outside your post.',
  },
  'command/period-wrong': {
    zh: '起止日期不对：开始不能晚于结束，最长一年。',
    en: 'The period is wrong: it cannot begin after its end and lasts a year at most.',
  },
  'command/meeting-exists': {
    zh: '这个区域、这段时间已经有一次调度会，请直接打开它。',
    en: 'There is a meeting for this area and period already. Please open that one.',
  },
  'command/meeting-over': {
    zh: '这次调度会已经开过，内容不再更改。',
    en: 'This meeting is over and no longer changes.',
  },
  'command/not-held-yet': {
    zh: '会还没有开，先确认开会，再写纪要。',
    en: 'It has not been held yet. Hold it first, then keep the minutes.',
  },
  'command/day-past': {
    zh: '新期限要在今天以后。',
    en: 'The new date has to lie ahead.',
  },
  'command/organisation-unknown': {
    zh: '没有找到这个责任单位，请重新选择。',
    en: 'This organisation was not found. Please choose again.',
  },
  'command/template-unfit': {
    zh: '这个模板打不开，或者没有 {{字段}}。请先下载现在的模板，在它上面改。',
    en: 'This template cannot be read or holds no {{field}}. Download the present one and change that.',
  },
}
