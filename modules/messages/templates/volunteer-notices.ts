/** What volunteers and those they serve are told. Who hears of which event: modules/volunteering/server/tell-volunteers.ts. */
import type { NoticeTemplate } from './template.ts'

export const volunteerNotices = [
  {
    event: 'volunteering.place-offered',
    reader: 'resident',
    words: { zh: '候补到名额', en: 'A place became free' },
    fields: ['starts', 'due', 'street', 'deskPhone'],
    text: {
      zh: '您候补的志愿服务（{starts} 开始）空出一个名额，给您留到 {due}。请打开“志愿”答复，不来也请说一声。',
      en: 'A place became free in the service that begins {starts}. It is kept for you until {due}. Please open “Volunteer” and answer, yes or no.',
    },
    goesOut: true,
  },
  {
    event: 'volunteering.called-off',
    reader: 'resident',
    words: { zh: '志愿服务取消', en: 'Service called off' },
    fields: ['starts', 'street', 'deskPhone'],
    text: {
      zh: '您报名的志愿服务（原定 {starts} 开始）取消了，原因请看“志愿”。',
      en: 'The service that was to begin {starts} is called off. “Volunteer” says why.',
    },
    goesOut: true,
  },
  {
    event: 'volunteering.need-taken',
    reader: 'resident',
    words: { zh: '求助有人接了', en: 'Somebody comes to help' },
    fields: ['street', 'deskPhone'],
    text: {
      zh: '您的求助有志愿者接了，会和您联系。在“求助与帮忙”里可以看到。',
      en: 'A volunteer has taken what you asked for and will contact you. See “Ask and help”.',
    },
    goesOut: true,
  },
  {
    event: 'volunteering.need-done',
    reader: 'resident',
    words: { zh: '求助办好了', en: 'What you asked for is done' },
    fields: ['street', 'deskPhone'],
    text: {
      zh: '志愿者说您求助的事办好了。请在“求助与帮忙”里说说办了没有、满意不满意。',
      en: 'The volunteer says that it is done. Please say in “Ask and help” whether it was, and how.',
    },
    goesOut: true,
  },
  {
    event: 'volunteering.sheet-to-confirm',
    reader: 'resident',
    words: { zh: '纸质名单待证实', en: 'A paper sheet to confirm' },
    fields: ['number', 'street'],
    text: {
      zh: '有一份纸质名单（{number} 人）请您证实，在“志愿”的“请您确认”里。',
      en: 'A paper sheet with {number} people waits for your word, under “Please confirm” in “Volunteer”.',
    },
    goesOut: false,
  },
  {
    event: 'volunteering.wish-claimed',
    reader: 'resident',
    words: { zh: '心愿有人认领', en: 'Your wish is claimed' },
    fields: ['street', 'deskPhone'],
    text: {
      zh: '您的心愿有人认领了，打开“心愿廊”看看。',
      en: 'Somebody has claimed your wish. Open the wish board and see.',
    },
    goesOut: false,
  },
  {
    event: 'volunteering.wish-fulfilled',
    reader: 'resident',
    words: { zh: '心愿待确认', en: 'Did your wish come true' },
    fields: ['street', 'deskPhone'],
    text: {
      zh: '认领的人说您的心愿实现了，请在“心愿廊”里说说是不是。',
      en: 'Whoever claimed your wish says that it is fulfilled. Please say on the wish board whether it is.',
    },
    goesOut: false,
  },
  {
    event: 'volunteering.wish-withdrawn',
    reader: 'resident',
    words: { zh: '心愿撤回', en: 'A wish was taken back' },
    fields: ['street', 'deskPhone'],
    text: {
      zh: '心愿廊里与您有关的一个心愿已经撤回，不用再办了。谢谢您。',
      en: 'A wish of yours, or one that you claimed, was taken back. Nothing more needs to be done. Thank you.',
    },
    goesOut: false,
  },
  {
    event: 'volunteering.hours-struck',
    reader: 'resident',
    words: { zh: '时长作废', en: 'Hours struck' },
    fields: ['starts', 'deskPhone'],
    text: {
      zh: '您 {starts} 的一次志愿服务时长核实后作废，原因请看“我的时长”。有不同意见请找社区。',
      en: 'Your hours of {starts} were struck after a check. “My hours” says why. If you see it otherwise, please speak to the community.',
    },
    goesOut: false,
  },
] as const satisfies readonly NoticeTemplate[]
