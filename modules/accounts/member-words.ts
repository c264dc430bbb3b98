/** Words of the party tree and of recruiting; what the levels and titles are called is a setting of the street. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { Bilingual } from '../../lib/language.ts'
import { defineWordsSetting } from '../../lib/setting.ts'
import type { keptRefusals } from './kept-operations.ts'
import type {
  ApplicationState,
  memberRefusals,
  PartyLevel,
  PartyTitle,
  RecruitPool,
} from './member-operations.ts'

export const memberRefusalWords: RefusalWords<typeof memberRefusals & typeof keptRefusals> = {
  'accounts/not-your-area': {
    zh: '这个区域不归您的岗位管。',
    en: 'This area does not lie in your post.',
  },
  'accounts/party-body-not-found': {
    zh: '没有找到这个党组织或岗位。',
    en: 'This body or post was not found.',
  },
  'accounts/party-parent-unfit': {
    zh: '上级不对：请按五级从上到下放，下面还有组织时不能撤销。',
    en: 'It does not fit there: levels go from the top down, and a body with others below it cannot end.',
  },
  'accounts/branch-exists': {
    zh: '这个网格已经有党支部。一网格一支部；联合党支部请勾选“联合”。',
    en: 'This grid has its branch already; mark a joint branch as such.',
  },
  'accounts/kept-item-not-found': {
    zh: '没有找到这件东西，它可能已经交回。',
    en: 'This thing was not found; it may have gone back.',
  },
  'accounts/post-not-found': {
    zh: '没有找到这个在岗的岗位。',
    en: 'This post was not found, or nobody holds it now.',
  },
  'accounts/not-yours-to-hand': {
    zh: '只有保管人本人、网格长、社区或街道值班长能登记和转交。',
    en: 'Only whoever keeps it, the grid head, the community or the duty head of the street may write it down or hand it on.',
  },
  'accounts/phone-unfit': {
    zh: '请填办公电话，只用数字和横线。',
    en: 'An office phone is digits and dashes.',
  },
  'accounts/call-not-found': { zh: '没有找到这次招募。', en: 'This call was not found.' },
  'accounts/call-closed': { zh: '这次招募不在报名期内。', en: 'This call is not open now.' },
  'accounts/applied-already': { zh: '您已经报过名了。', en: 'You have applied already.' },
  'accounts/application-not-found': { zh: '没有找到这份报名。', en: 'This application was not found.' },
  'accounts/application-settled': {
    zh: '这份报名已经处理过了。',
    en: 'This application was settled already.',
  },
}

export const partyLevelWords: Readonly<Record<PartyLevel, Bilingual>> = {
  'working-committee': { zh: '街道党工委', en: 'Street working committee' },
  'community-committee': { zh: '社区党委', en: 'Community committee' },
  'grid-branch': { zh: '网格党支部', en: 'Grid branch' },
  'building-head': { zh: '党员楼栋长', en: 'Building head' },
  'member-household': { zh: '党员中心户', en: 'Member household' },
}
export const partyTitleWords: Readonly<Record<PartyTitle, Bilingual>> = {
  secretary: { zh: '书记', en: 'Secretary' },
  deputy: { zh: '副书记', en: 'Deputy' },
  member: { zh: '委员', en: 'Member' },
  head: { zh: '负责人', en: 'Head' },
}
export const poolWords: Readonly<Record<RecruitPool, Bilingual>> = {
  'party-member': { zh: '党员', en: 'Party member' },
  'building-head': { zh: '楼栋长', en: 'Building head' },
  veteran: { zh: '退役军人', en: 'Veteran' },
  'owners-committee': { zh: '业委会骨干', en: 'Owners’ committee' },
  resident: { zh: '热心居民', en: 'Resident' },
}
export const applicationStateWords: Readonly<Record<ApplicationState, Bilingual>> = {
  applied: { zh: '已报名', en: 'Applied' },
  chosen: { zh: '已选定，等待上岗', en: 'Chosen' },
  declined: { zh: '未选上', en: 'Declined' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  'in-post': { zh: '已上岗', en: 'In post' },
}

export const partyWords = defineWordsSetting({
  key: 'accounts.partyWords',
  words: { zh: '五级党组织的叫法', en: 'Words of the party tree' },
  help: { zh: '五级组织在本街道怎么叫。', en: 'What the five levels are called here.' },
  shipped: Object.fromEntries(
    Object.entries(partyLevelWords).map(([level, pair]) => [`accounts.party.${level}`, pair]),
  ),
})
