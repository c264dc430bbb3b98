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
  'points/rule-not-found': { zh: '没有找到这条规则。', en: 'This rule was not found.' },
  'points/partner-not-found': {
    zh: '没有找到这家单位，或者它没有有效的协议。',
    en: 'This organisation was not found, or has no agreement in force.',
  },
  'points/person-not-found': { zh: '没有找到这位居民。', en: 'This person was not found.' },
  'points/award-not-found': { zh: '没有找到这一笔积分。', en: 'This award was not found.' },
  'points/nothing-owed': { zh: '这家商家目前没有待结算的券。', en: 'Nothing is owed to this shop now.' },
  'points/year-not-over': {
    zh: '这一年还没有结束，或者还在宽限期内，不能做年终处理。',
    en: 'This year is not over yet, or its days of grace are not.',
  },
  'points/year-carried': {
    zh: '按街道的规则，这一年的积分全部结转，没有到期。',
    en: 'By the street’s rule all points of that year are carried over; none expire.',
  },
  'points/time-bank-off': { zh: '本街道没有开通时间银行。', en: 'This street keeps no time bank.' },
  'points/hours-need-evidence': {
    zh: '按小时计的积分只能来自有凭据的服务记录，不能手工申请。',
    en: 'Points by the hour come from records with evidence only, not by hand.',
  },
  'points/kin-not-found': { zh: '没有找到这条亲属关系。', en: 'This link of kin was not found.' },
  'points/honoured-already': {
    zh: '名单里有人这一年已经获得荣誉，或者这一年没有得分。',
    en: 'Somebody on the list is honoured for that year already, or earned nothing in it.',
  },
  'points/honour-not-found': {
    zh: '没有找到这份荣誉证书，请核对编号和校验码。',
    en: 'This certificate of honour was not found. Please compare number and code.',
  },
  'points/honour-too-often': {
    zh: '查验次数太多，请过一会儿再试。',
    en: 'Too many tries. Please try again later.',
  },
  'points/request-not-found': {
    zh: '没有找到这份申请，请回到列表再看看。',
    en: 'This request was not found. Please go back to the list.',
  },
  'points/request-settled': { zh: '这份申请已经处理过了。', en: 'This request was settled already.' },
  'points/asked-yourself': {
    zh: '自己经手的，要由另一位同事批准。',
    en: 'What one asked for or prepared oneself is approved by somebody else.',
  },
  'points/not-yours-to-approve': {
    zh: '这份申请不在您的批准范围内。',
    en: 'This request is not yours to approve.',
  },
  'points/quarter-not-over': {
    zh: '这个季度还没有结束，结束后才能冻结名单。',
    en: 'This quarter is not over yet; its list can be frozen afterwards.',
  },
  'points/run-exists': {
    zh: '这个社区的这个季度已经有一次兑换，请直接打开它。',
    en: 'There is a run of this quarter already. Please open that one.',
  },
  'points/run-not-found': {
    zh: '没有找到这次兑换，请回到列表再看看。',
    en: 'This run was not found. Please go back to the list.',
  },
  'points/run-over': {
    zh: '这次兑换已经走过这一步，请刷新后再看。',
    en: 'This run is past that step. Please look again.',
  },
  'points/nothing-to-redeem': {
    zh: '没有人达到最低兑换分，这个季度不用兑换。',
    en: 'Nobody has the least points, so there is nothing to redeem.',
  },
  'points/notice-not-over': {
    zh: '公示还没有期满，期满后才能批准。',
    en: 'The notice is not over yet; approve it afterwards.',
  },
  'points/notice-over': {
    zh: '这份名单已经不在公示期内，有问题请找社区。',
    en: 'This list is no longer shown for objections. Please ask the community.',
  },
  'points/objection-open': {
    zh: '还有异议没有答复，答复完才能批准。',
    en: 'An objection is not answered yet; answer it before approving.',
  },
  'points/objection-not-found': {
    zh: '没有找到这条异议，可能已经答复。',
    en: 'This objection was not found, or was answered already.',
  },
  'points/reserve-short': {
    zh: '爱心企业的储备不够付这次的券，请先登记捐赠，或调整规则。',
    en: 'The reserves do not cover these vouchers. Record a donation first, or change the rules.',
  },
  'points/no-vouchers': { zh: '没有可以打印的券。', en: 'There are no vouchers to print.' },
  'points/code-wrong': {
    zh: '券码不对，请对照券面再输一遍。',
    en: 'This is no voucher code. Please compare it with the voucher.',
  },
  'points/voucher-not-found': {
    zh: '没有这张券，请对照券面再输一遍。',
    en: 'There is no such voucher. Please compare the code.',
  },
  'points/voucher-spent': {
    zh: '这张券已经用过了，不能再收。',
    en: 'This voucher was spent already and cannot be taken again.',
  },
  'points/voucher-expired': { zh: '这张券已经过期。', en: 'This voucher has expired.' },
  'points/not-a-shop': {
    zh: '您的单位没有有效的收券协议，请联系街道。',
    en: 'Your organisation has no agreement to take vouchers now. Please ask the street.',
  },
  'points/too-many-tries': {
    zh: '输错次数太多，请过一会儿再试。',
    en: 'Too many wrong codes. Please try again later.',
  },
  'points/not-spent-here': {
    zh: '这张券不是在本店用的，不能在这里退。',
    en: 'This voucher was not spent here, so it cannot be returned here.',
  },
  'points/returned-already': { zh: '这张券已经退过了。', en: 'This voucher was returned already.' },
  'points/offline-off': {
    zh: '街道没有开放断网收券。',
    en: 'The street allows no vouchers without a network.',
  },
  'points/list-not-found': { zh: '没有找到这份离线名单。', en: 'This offline list was not found.' },
  'points/not-registered': {
    zh: '您还没有登记，请先到“志愿服务”里登记，或到社区窗口办理。',
    en: 'You are not in the register yet. Register under volunteering or at the community desk.',
  },
  'points/not-kin': {
    zh: '积分只能转给家庭账户里的直系亲属，或转入社区公益池。',
    en: 'Points go to direct kin of the family account or to the common pool only.',
  },
  'points/book-full': {
    zh: '对方的时间银行快存满了，存不下这么多，请少转一些，或转入社区公益池。',
    en: 'Their time bank is nearly full and cannot hold so much. Give fewer hours, or give them to the common pool.',
  },
}
