/** Words for every refusal of safety; complete by type. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { refusals } from './refusals.ts'

export const words: RefusalWords<typeof refusals> = {
  'safety/not-found': {
    zh: '没有找到，或者不在您的查看范围内。',
    en: 'This was not found, or is not within what you may see.',
  },
  'safety/area-unknown': {
    zh: '没有这个区域，请重新选择。',
    en: 'There is no such area; please choose again.',
  },
  'safety/not-your-area': {
    zh: '这个地方不归您的岗位办理。',
    en: 'This place is not covered by your post.',
  },
  'safety/not-yours': { zh: '这一步由别人来做。', en: 'This step belongs to somebody else.' },
  'safety/wrong-stage': {
    zh: '到了这一步，不能再做这个了。',
    en: 'It has gone too far for this step, or not far enough.',
  },
  'safety/kind-unknown': {
    zh: '没有这个类别，请重新选。',
    en: 'There is no such kind; please choose again.',
  },
  'safety/phone-wrong': { zh: '电话号码不对，请核对。', en: 'This phone number is not right.' },
  'safety/party-unknown': { zh: '没有这位当事人。', en: 'There is no such party.' },
  'safety/consent-missing': {
    zh: '要每一位当事人都同意调解，才能往下做。请先记下各方的意愿。',
    en: 'Every party has to agree to mediate first. Please record what each of them says.',
  },
  'safety/party-refuses': {
    zh: '有当事人不同意调解，不能勉强。可以到上一级，或者终止并告知法律途径。',
    en: 'A party does not want to mediate, and nobody is made to. It may move up a tier, or end with the legal ways told.',
  },
  'safety/nobody-refuses': {
    zh: '没有当事人表示不同意，请另选原因。',
    en: 'No party has refused; please choose another reason.',
  },
  'safety/mediator-missing': { zh: '请先确定调解员。', en: 'Please choose the mediators first.' },
  'safety/mediator-unfit': {
    zh: '这位调解员不在本级名单里、已停用，或者就是当事人。请另选。',
    en: 'This mediator is not on the list of this tier, no longer active, or a party. Please choose another.',
  },
  'safety/no-attempt': {
    zh: '本级还没有谈过的记录，不能因为没谈成往上交。请先调解，或者由当事人申请。',
    en: 'There is no record of an attempt at this tier. Mediate first, or let a party apply.',
  },
  'safety/top-tier': { zh: '已经是街道一级，上面没有了。', en: 'The street is the highest tier.' },
  'safety/date-wrong': { zh: '日期不对，请核对。', en: 'This date is not right.' },
  'safety/duty-missing': {
    zh: '协议要写明谁、做什么、怎么做、到哪一天。',
    en: 'The agreement has to say who does what, how, and until when.',
  },
  'safety/no-draft': { zh: '还没有拟写协议。', en: 'No agreement has been written yet.' },
  'safety/signed-already': { zh: '这一位已经签过了。', en: 'This one has signed already.' },
  'safety/file-unknown': {
    zh: '附件没有找到，请重新上传。',
    en: 'The attachment was not found. Please upload it again.',
  },
  'safety/duty-unknown': { zh: '协议里没有这一项。', en: 'The agreement has no such item.' },
  'safety/court-closed': {
    zh: '不能申请司法确认：已过三十天，或者涉及确认身份、收养、婚姻关系。',
    en: 'The court can not be asked: thirty days have passed, or it is about personal status, adoption or marriage.',
  },
  'safety/campaign-over': {
    zh: '这次行动已经结束或还没开始，不能再列入。',
    en: 'This campaign is over or has not begun.',
  },
  'safety/holder-unknown': {
    zh: '请选一个督促整改的单位，或者一个网格岗位。',
    en: 'Choose one organisation that sees to it, or one post of the grid.',
  },
  'safety/petition-is-no-hazard': {
    zh: '这是信访事项，按信访工作条例办理，不能当作隐患列入行动。',
    en: 'This is a petition and follows the regulations on petitions; it is not a hazard and joins no campaign.',
  },
  'safety/case-elsewhere': {
    zh: '这条已经在办、已经结案，或者列在别处，不能列入。待受理、待派单的才可以。',
    en: 'Somebody works on this case already, it is closed, or it stands elsewhere. Only cases that are not given out yet can be listed.',
  },
  'safety/petition-is-no-violation': {
    zh: '这是信访事项，按信访工作条例办理，不能当作违法行为列入台账。',
    en: 'This is a petition and follows the regulations on petitions; it is not listed as a violation.',
  },
  'safety/photo-before-missing': {
    zh: '还没有整改前的照片。请补一张现场照片再列入。',
    en: 'There is no photo of what was found. Please add one of the place first.',
  },
  'safety/photo-after-missing': {
    zh: '当场处置的，要有整改后的照片才能列入。',
    en: 'What was put right on the spot needs a photo of how it looks now.',
  },
  'safety/size-wrong': {
    zh: '面积不对：要大于零，拆除的不能比原来的多。',
    en: 'This size is not right: more than nothing, and no more removed than there was.',
  },
  'safety/not-a-request': {
    zh: '这条不能转调解：已经派出去、已经答复，或者按别的办法在办。',
    en: 'This can not be taken to mediation: it was given out or answered already, or runs another way.',
  },
  'safety/reporter-hidden': {
    zh: '反映人要求保密，或者没有留下联系方式，不能直接转。请联系本人后另行登记调解。',
    en: 'Whoever reported it asked for confidence or left nothing. Ask them, and register the mediation anew.',
  },
  'safety/name-missing': {
    zh: '反映人没有留下姓名，请问清楚后填上。',
    en: 'Whoever reported it left no name. Please ask and fill it in.',
  },
  'safety/resident-not-asked': {
    zh: '请先问反映人愿不愿意调解，记下是怎么答应的。调解不能勉强。',
    en: 'Ask whoever reported it first and note how they agreed. Nobody is made to mediate.',
  },
  'safety/mediated-already': {
    zh: '这条已经转了调解。',
    en: 'This was taken to mediation already.',
  },
  'safety/paper-missing': { zh: '还没有上传签好的协议。', en: 'The signed agreement was not uploaded yet.' },
}
