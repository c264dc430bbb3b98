/**
 * Every audited act in words, by the name under which the trail keeps it; a test of the server's modules holds it
 * complete. Names are plain strings here: the trail outlives the modules.
 */
import type { Bilingual } from '../../../lib/language.ts'

const operationWords = {
  'accounts.signIn': { zh: '工作人员登录', en: 'Staff sign-in' },
  'accounts.requestResidentCode': { zh: '居民获取验证码', en: 'Resident asks for a code' },
  'accounts.signInResident': { zh: '居民登录', en: 'Resident sign-in' },
  'accounts.signOut': { zh: '退出登录', en: 'Sign-out' },
  'accounts.beginTotp': { zh: '开始绑定验证器', en: 'Begin second factor' },
  'accounts.confirmTotp': { zh: '绑定验证器', en: 'Set up second factor' },
  'accounts.changePassword': { zh: '修改密码', en: 'Change password' },
  'accounts.createOrganisation': { zh: '新增单位', en: 'Add organisation' },
  'accounts.listAccounts': { zh: '查看账号', en: 'Look at accounts' },
  'accounts.createAccount': { zh: '新增账号', en: 'Add account' },
  'accounts.setAccountDisabled': { zh: '停用或恢复账号', en: 'Disable or enable account' },
  'accounts.appointPost': { zh: '任命岗位', en: 'Appoint' },
  'accounts.endPost': { zh: '结束岗位', en: 'End post' },
  'accounts.listAudit': { zh: '查看审计', en: 'Look at the audit trail' },
  'settings.changeSetting': { zh: '更改设置', en: 'Change a setting' },
  'settings.resetSetting': { zh: '恢复默认设置', en: 'Reset a setting' },
  'settings.undoChange': { zh: '撤销设置更改', en: 'Undo a change of settings' },
  'areas.importAreaGeojson': { zh: '导入区域', en: 'Import areas' },
  'areas.importDivisions': { zh: '导入区划', en: 'Import divisions' },
  'files.uploadFile': { zh: '上传文件', en: 'Upload file' },
  'cases.closeExpired': { zh: '评价期满自动结案', en: 'Closed at the end of the rating period' },
  'demo.load': { zh: '写入演示数据', en: 'Demo data written' },
  'cases.exportStreet': { zh: '导出全街道诉求', en: 'Export the street’s cases' },
  'cases.importRequests': { zh: '导入诉求', en: 'Import requests' },
  'cases.importMatters': { zh: '导入事项目录', en: 'Import matters' },
  'cases.fileCase': { zh: '登记诉求', en: 'File case' },
  'cases.exportCases': { zh: '导出诉求', en: 'Export cases' },
  'cases.searchCases': { zh: '按电话找诉求', en: 'Search cases by phone' },
  'cases.getCase': { zh: '查看诉求', en: 'Open case' },
  'cases.acceptCase': { zh: '受理', en: 'Accept' },
  'cases.addToCase': { zh: '补充', en: 'Add words' },
  'cases.answerNow': { zh: '直接答复', en: 'Answer now' },
  'cases.declineCase': { zh: '不予受理', en: 'Decline' },
  'cases.mergeCase': { zh: '并单', en: 'Merge' },
  'cases.splitCase': { zh: '拆单', en: 'Split' },
  'cases.escalateCase': { zh: '上报', en: 'Escalate' },
  'cases.sendDownCase': { zh: '下派', en: 'Send down' },
  'cases.assignCase': { zh: '派单', en: 'Assign' },
  'cases.takeCase': { zh: '签收', en: 'Take' },
  'cases.returnCase': { zh: '申请退单', en: 'Ask to return' },
  'cases.extendCase': { zh: '申请延期', en: 'Ask to extend' },
  'cases.deferCase': { zh: '申请缓办', en: 'Ask to defer' },
  'cases.suspendCase': { zh: '申请暂停', en: 'Ask to suspend' },
  'cases.approveRequest': { zh: '批准申请', en: 'Approve request' },
  'cases.refuseRequest': { zh: '不批准申请', en: 'Refuse request' },
  'cases.handOnCase': { zh: '转交', en: 'Hand on' },
  'cases.contactResident': { zh: '联系居民', en: 'Contact resident' },
  'cases.submitResult': { zh: '反馈结果', en: 'Submit result' },
  'cases.solveOnSpot': { zh: '自行处置', en: 'Solve on the spot' },
  'cases.draftAnswer': { zh: '拟写答复', en: 'Draft answer' },
  'cases.checkCase': { zh: '核查', en: 'Check' },
  'cases.rateCase': { zh: '评价', en: 'Rate' },
  'cases.closeCase': { zh: '结案', en: 'Close' },
  'cases.reopenCase': { zh: '再次反映', en: 'Reopen' },
  'cases.resumeCase': { zh: '恢复计时', en: 'Resume' },
  'cases.remindHolder': { zh: '催办', en: 'Remind' },
  'cases.superviseCase': { zh: '督办', en: 'Supervise' },
  'cases.unmaskReporter': { zh: '查看联系方式', en: 'Show contact' },
} as const satisfies Readonly<Record<string, Bilingual>>

export const operationNames = Object.keys(operationWords) as (keyof typeof operationWords)[]

/** In words; an act that has none keeps its name. */
export const operationWord = (name: string): Bilingual =>
  (operationWords as Readonly<Record<string, Bilingual>>)[name] ?? { zh: name, en: name }
