/** Words of this module: every refusal, the names of roles and kinds of organisations. */
import type { RefusalWords, Role } from '../../lib/contract.ts'
import type { Bilingual } from '../../lib/language.ts'
import type { OrganisationView } from './account-views.ts'
import type { refusals } from './contract.ts'
import { memberRefusalWords } from './member-words.ts'
import { rosterRefusalWords } from './roster-words.ts'

export const words: RefusalWords<typeof refusals> = {
  'accounts/password-needed': {
    zh: '更换动态口令前，请再输入一次密码。',
    en: 'Before the one-time password is replaced, please enter your password once more.',
  },
  'accounts/wrong-credentials': {
    zh: '用户名或密码不对,请核对后再试。',
    en: 'The user name or password is not right. Please check and try again.',
  },
  'accounts/totp-needed': {
    zh: '请输入动态口令上的 6 位数字。',
    en: 'Please enter the six digits shown by your authenticator.',
  },
  'accounts/totp-wrong': {
    zh: '动态口令不对或已用过,请等下一组数字再试。',
    en: 'The one-time password is wrong or was used already. Please wait for the next one and try again.',
  },
  'accounts/locked': {
    zh: '试错次数太多,登录已暂停。请 15 分钟后再试;如果还不行,请联系工作人员。',
    en: 'Too many failed tries, so sign-in is paused. Try again in 15 minutes; if it stays, ask the staff.',
  },
  'accounts/no-post': {
    zh: '您目前没有在岗的岗位,不能登录。如有疑问,请联系安全管理员。',
    en: 'You hold no post at present and can not sign in. If this is wrong, ask your security administrator.',
  },
  'accounts/one-time-password-ended': {
    zh: '这个一次性密码超过 14 天没有使用，已失效。请联系安全管理员重新发放。',
    en: 'This one-time password was not used for 14 days and has ended. Ask your security administrator for a new one.',
  },
  'accounts/choose-street': {
    zh: '请选择要进入的街道。',
    en: 'Please choose the street to enter.',
  },
  'accounts/wrong-code': {
    zh: '验证码不对或已过期。请核对最新一条短信,或重新获取。',
    en: 'The code is wrong or has expired. Check the newest message, or ask for a new code.',
  },
  'accounts/code-too-often': {
    zh: '验证码获取得太频繁,请稍等片刻再试。',
    en: 'Codes were asked for too often. Please wait a moment and try again.',
  },
  'accounts/not-found': {
    zh: '没有找到,或者不在您的管理范围内。',
    en: 'Not found, or not within what you manage.',
  },
  'accounts/username-taken': {
    zh: '这个用户名已有人使用,请换一个。',
    en: 'This user name is taken. Please choose another.',
  },
  'accounts/weak-password': {
    zh: '密码太弱:至少 10 个字符,包含大写字母、小写字母、数字、符号中的三种,不含用户名,不是常见密码,也不能与原密码相同。',
    en: 'This password is too weak: at least 10 characters with three of capitals, small letters, digits and signs, without the user name, not one that is often used, and not the old one.',
  },
  'accounts/roles-exclude-each-other': {
    zh: '系统管理员、安全管理员、审计管理员须各由不同的人担任,且不兼任其他岗位。',
    en: 'System, security and audit administrator must be different people, and none of them may hold another post.',
  },
  'accounts/role-needs-area': {
    zh: '这个岗位要设在合适的区域:派单员、值班长和三类管理员设在街道,其他设在其负责的社区或网格。',
    en: 'This post needs a fitting area: the street for dispatchers, duty heads and administrators, else the community or grid it answers for.',
  },
  'accounts/role-needs-organisation': {
    zh: '承办人和单位负责人要设在一个单位里。',
    en: 'Handlers and organisation leads need an organisation, and only that.',
  },
  'accounts/own-account': {
    zh: '不能改动自己的账号和岗位,请由另一位安全管理员办理。',
    en: 'You can not change your own account or posts. Another security administrator must do it.',
  },
  'accounts/area-not-found': {
    zh: '没有找到所选的区域,请重新选择。',
    en: 'The chosen area was not found. Please choose again.',
  },
  'accounts/organisation-not-found': {
    zh: '没有找到所选的单位,请重新选择。',
    en: 'The chosen organisation was not found. Please choose again.',
  },
  'accounts/code-taken': {
    zh: '这个单位代码已有人使用,请换一个。',
    en: 'This organisation code is taken. Please choose another.',
  },
  'accounts/stale-version': {
    zh: '别人刚改过这个单位。请看一下现在的内容，再改一次。',
    en: 'Somebody has just changed this organisation. Look at it as it is now and change it again.',
  },
  'accounts/organisation-has-open-work': {
    zh: '这个单位手上还有没办完的诉求，暂时不能停用。请先办完，或者退回后改派给别的单位。',
    en: 'Cases still wait for this organisation, so it cannot be closed yet. Finish them, or have them returned and give them to others.',
  },
  'accounts/organisation-has-posts': {
    zh: '这个单位还有人在岗。请安全管理员先结束这些岗位，再改为“不登录系统”。',
    en: 'People still hold posts there. A security administrator ends those first; then it can be one that never signs in.',
  },
  'accounts/organisation-never-signs-in': {
    zh: '这个单位不登录系统，不能设岗位。如要设岗位，请系统管理员先改单位的登录方式。',
    en: 'This organisation never signs in, so it has no posts. A system administrator changes that first.',
  },
  'accounts/not-your-leave': {
    zh: '请假由本人、所在单位或片区的负责人，或者安全管理员登记。',
    en: 'A leave is set by the person, by their head, or by a security administrator.',
  },
  'accounts/leave-in-the-past': {
    zh: '请假的最后一天已经过去，请改日期。',
    en: 'The last day of this leave is over. Please choose other days.',
  },
  'accounts/leave-overlaps': {
    zh: '这个岗位在这几天里已经登记过请假，请先结束原来的，或者改日期。',
    en: 'A leave of this post is set for some of these days already. End it first, or choose other days.',
  },
  'accounts/stand-in-unfit': {
    zh: '这位不能代班：可能已经不在岗、这几天也请假，或者不在同一个单位或片区。请另选一位。',
    en: 'This person cannot stand in: no longer in post, away too, or of another organisation or place. Please choose another.',
  },
  'accounts/nobody-stands-in': {
    zh: '没有人能代这个岗位，工作会没人管。请先任命一位代班的人，再登记请假。',
    en: 'Nobody could take over this post and its work would lie. Have a stand-in appointed first.',
  },
  ...rosterRefusalWords,
  ...memberRefusalWords,
}

export const roleNames: Readonly<Record<Role, Bilingual>> = {
  resident: { zh: '居民', en: 'Resident' },
  'micro-grid-member': { zh: '微网格员', en: 'Micro-grid member' },
  'grid-worker': { zh: '专职网格员', en: 'Grid worker' },
  'grid-head': { zh: '网格长', en: 'Grid head' },
  clerk: { zh: '全科社工', en: 'Community clerk' },
  secretary: { zh: '社区书记', en: 'Community secretary' },
  dispatcher: { zh: '派单员', en: 'Dispatcher' },
  'duty-head': { zh: '值班长', en: 'Duty head' },
  verifier: { zh: '核查员', en: 'Verifier' },
  supervisor: { zh: '督办员', en: 'Supervisor' },
  handler: { zh: '承办人', en: 'Handler' },
  'organisation-lead': { zh: '单位负责人', en: 'Organisation lead' },
  viewer: { zh: '查看员', en: 'Viewer' },
  'system-admin': { zh: '系统管理员', en: 'System administrator' },
  'security-admin': { zh: '安全管理员', en: 'Security administrator' },
  'audit-admin': { zh: '审计管理员', en: 'Audit administrator' },
}

export const organisationKindNames: Readonly<Record<OrganisationView['kind'], Bilingual>> = {
  'urban-enforcement': { zh: '综合行政执法', en: 'Urban enforcement' },
  'market-regulation': { zh: '市场监管', en: 'Market regulation' },
  police: { zh: '公安派出所', en: 'Police station' },
  'traffic-police': { zh: '交通警察', en: 'Traffic police' },
  'fire-rescue': { zh: '消防救援', en: 'Fire and rescue' },
  justice: { zh: '司法所', en: 'Justice office' },
  housing: { zh: '住房建设', en: 'Housing' },
  emergency: { zh: '应急管理', en: 'Emergency management' },
  'civil-affairs': { zh: '民政', en: 'Civil affairs' },
  'municipal-works': { zh: '市政设施', en: 'Municipal works' },
  sanitation: { zh: '环境卫生', en: 'Sanitation' },
  greening: { zh: '园林绿化', en: 'Greening' },
  water: { zh: '供排水', en: 'Water' },
  gas: { zh: '燃气', en: 'Gas' },
  power: { zh: '供电', en: 'Power' },
  property: { zh: '物业企业', en: 'Property firm' },
  'community-service': { zh: '社区服务机构', en: 'Community service' },
  partner: { zh: '共建单位', en: 'Partner unit' },
  department: { zh: '其他职能部门', en: 'Other department' },
  import: { zh: '外部导入', en: 'Import' },
}
