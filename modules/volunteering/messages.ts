/** Words of the volunteering module. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './refusals.ts'

export const words: RefusalWords<typeof refusals> = {
  'volunteering/not-found': {
    zh: '没有找到这一条，或者不在您的范围内。',
    en: 'This was not found, or is not in your area.',
  },
  'volunteering/not-your-area': { zh: '这个区域不在您的岗位范围内。', en: 'This area is outside your post.' },
  'volunteering/not-yours': { zh: '这件事由别人来办。', en: 'This is for somebody else to do.' },
  'volunteering/before-taken': {
    zh: '开始时间早于接下求助的时间，请改成接下以后的时间。',
    en: 'This begins before the request was taken. Please give a time after that.',
  },
  'volunteering/name-taken': {
    zh: '这个区域里已经有同名的了，请换个名称。',
    en: 'This name is taken in this area. Please choose another.',
  },
  'volunteering/not-registered': {
    zh: '请先填写实名信息，再参加志愿服务。',
    en: 'Please give your real name first, then you can volunteer.',
  },
  'volunteering/not-a-volunteer': {
    zh: '还不是志愿者，请先加入。',
    en: 'Not a volunteer yet. Please join first.',
  },
  'volunteering/volunteer-already': { zh: '已经是志愿者了。', en: 'A volunteer already.' },
  'volunteering/consent-missing': {
    zh: '未满18岁，要先有监护人同意。请监护人到社区登记。',
    en: 'Under eighteen a guardian has to agree first. Please come to the community desk together.',
  },
  'volunteering/too-young-here': {
    zh: '没到这个活动要求的年龄，请看看别的活动。',
    en: 'This activity asks for a higher age. Please look at others.',
  },
  'volunteering/minor-danger': {
    zh: '有危险的活动不收未成年人。',
    en: 'A dangerous activity takes nobody under eighteen.',
  },
  'volunteering/skill-missing': {
    zh: '这个活动要有相应的技能，请先到社区登记技能。',
    en: 'This activity asks for a skill. Please have it noted at the community desk.',
  },
  'volunteering/licence-missing': {
    zh: '这个活动要有在有效期内的资格证，请先到社区登记。',
    en: 'This activity asks for a licence in force. Please show it at the community desk.',
  },
  'volunteering/kind-unknown': {
    zh: '没有这个类别，请重新选择。',
    en: 'There is no such kind. Please choose again.',
  },
  'volunteering/group-unfit': {
    zh: '请选择本区域在用的志愿服务组织。',
    en: 'Please choose an active volunteer organisation of this area.',
  },
  'volunteering/own-organisation': {
    zh: '这是您自己的单位，请另一位同事来关联。',
    en: 'This is your own organisation. Somebody else has to link it.',
  },
  'volunteering/times-wrong': {
    zh: '时间不对：结束要晚于开始，一场不超过24小时，而且不能在将来。',
    en: 'The times are wrong: the end comes after the beginning, within 24 hours, and not in the future.',
  },
  'volunteering/insurance-missing': {
    zh: '有危险的活动，要先给全程买好人身意外保险，填写保单号和起止时间，才能发布。',
    en: 'A dangerous activity needs accident insurance for its whole length first: policy number, from and until.',
  },
  'volunteering/wrong-state': {
    zh: '现在不能这样办，请刷新看看最新情况。',
    en: 'This cannot be done now. Please load the page again.',
  },
  'volunteering/joined-already': { zh: '已经报过名了。', en: 'Signed up already.' },
  'volunteering/not-joined': { zh: '没有报这一场。', en: 'Not signed up for this shift.' },
  'volunteering/shift-over': { zh: '这一场已经结束，不能再报名。', en: 'This shift is over.' },
  'volunteering/offer-over': {
    zh: '答复的时间过了，名额已经顺延给下一位。还可以重新候补。',
    en: 'The time to answer is over and the place went to the next. You can wait for one again.',
  },
  'volunteering/code-wrong': {
    zh: '到场码不对，或者已经过期。请看现场屏幕上的最新数字。',
    en: 'The code is wrong or has run out. Please read the digits on the board again.',
  },
  'volunteering/code-too-often': {
    zh: '试得太多了，请十分钟后再试，或者请负责人帮忙。',
    en: 'Too many tries. Please wait ten minutes, or ask the lead.',
  },
  'volunteering/not-now': { zh: '现在不是这一场的时间。', en: 'It is not the time of this shift.' },
  'volunteering/elsewhere-now': {
    zh: '同一时间已经有另一次服务，一个人不能同时在两处。',
    en: 'There is another service at the same time: nobody is in two places at once.',
  },
  'volunteering/not-arrived': {
    zh: '还没有到场记录，请先输入到场码。',
    en: 'No arrival yet. Please enter the code when you arrive.',
  },
  'volunteering/sheet-photo-missing': {
    zh: '请先拍下纸质名单上传，再录入。',
    en: 'Please add a photo of the paper sheet first.',
  },
  'volunteering/own-hours': {
    zh: '自己的时长不能由自己确认，请另一个人来确认。',
    en: 'Nobody confirms their own hours. Somebody else has to.',
  },
  'volunteering/recorded-by-you': {
    zh: '这条是您录入的，要由另一个人确认。',
    en: 'You entered this. Somebody else has to confirm it.',
  },
  'volunteering/not-a-witness': {
    zh: '补录的时长由被服务人或居务监督委员会确认。',
    en: 'What was entered by hand is confirmed by whoever was served, or the supervision committee.',
  },
  'volunteering/confirmed-already': { zh: '您已经确认过了。', en: 'You confirmed this already.' },
  'volunteering/hours-over': {
    zh: '这条记录已经记入或作废，不能再改。',
    en: 'This record is entered or struck and no longer changes.',
  },
  'volunteering/still-running': { zh: '服务还没有结束，请先离场。', en: 'The service has not ended yet.' },
  'volunteering/objected-already': {
    zh: '您已经提过异议，正在等处理。',
    en: 'You objected already; it is being looked at.',
  },
  'volunteering/settled-already': { zh: '已经处理过了。', en: 'Settled already.' },
  'volunteering/calls-missing': {
    zh: '抽查的人还没有都回访，请先回访完。',
    en: 'Not everybody of the sample has been called yet.',
  },
  'volunteering/said-not-there': {
    zh: '有人说没有参加，不能放行，只能作废。',
    en: 'Somebody said they were not there: it cannot be cleared, only struck.',
  },
  'volunteering/no-hours': {
    zh: '这段时间里，没有这个组织记入并且有人证实的时长。',
    en: 'In that period this organisation entered no hours that somebody else confirmed.',
  },
  'volunteering/own-need': {
    zh: '自己的求助要由别人来帮。',
    en: 'Somebody else has to take one’s own request.',
  },
  'volunteering/reason-missing': {
    zh: '请写明是谁要撤回、为什么。',
    en: 'Please say who wants it taken back, and why.',
  },
  'volunteering/certificate-unknown': {
    zh: '没有找到这份证明。请核对编号和校验码。',
    en: 'There is no such certificate. Please check number and code.',
  },
  'volunteering/certificate-too-often': {
    zh: '查得太多了，请过一会儿再查。',
    en: 'Too many tries. Please wait a while.',
  },
  'volunteering/certificate-by-recorder': {
    zh: '谁记录、谁证明：请由记录时长的组织开具。',
    en: 'Only the organisation that recorded the hours certifies them.',
  },
}
