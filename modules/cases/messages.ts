/** Words for every refusal of the cases module; complete by type. Its fixed words stand in case-names.ts. */
import type { RefusalWords } from '../../lib/contract.ts'
import { bulkRefusalWords } from './batch-words.ts'
import { petitionRefusalWords } from './petition-refusal-words.ts'
import type { refusals } from './refusals.ts'
import { specialRefusalWords } from './special-words.ts'
import { taskRefusalWords } from './task-words.ts'
import { trustRefusalWords } from './trust-words.ts'
import { whistleRefusalWords } from './whistle-refusal-words.ts'

export * from './case-names.ts'

export const words: RefusalWords<typeof refusals> = {
  'cases/not-found': {
    zh: '没有找到这条诉求，或者不在您的查看范围内。',
    en: 'This case was not found, or is not within what you may see.',
  },
  'cases/gathering-unknown': {
    zh: '没有找到这次走访或会议，或者不在您的查看范围内。',
    en: 'This gathering was not found, or is not within what you may see.',
  },
  'cases/gathering-not-yours': {
    zh: '这个区域不在您的岗位范围内，请选您负责的区域。',
    en: 'This area is not covered by your post. Please choose one that is.',
  },
  'cases/gathering-taken': {
    zh: '这次走访或会议已经记过，内容不同。请打开它再添加。',
    en: 'This gathering was recorded before with other details. Open it and add there.',
  },
  'cases/consent-missing': {
    zh: '留了姓名或电话，请先问过本人并勾选“本人同意”。',
    en: 'A name or phone was given: ask the person and tick that they agree.',
  },
  'cases/phone-wrong': { zh: '电话号码不对，请核对。', en: 'This phone number is not right.' },
  'cases/need-too-long': { zh: '内容太长，请写在四千字以内。', en: 'Too long: at most 4,000 characters.' },
  'cases/need-twice': { zh: '这一行和前面的重复提交了。', en: 'This row was sent twice.' },
  'cases/route-unknown': {
    zh: '请选马上办、协调办或跟踪办。',
    en: 'Choose handle now, coordinate or track.',
  },
  'cases/kind-unknown': { zh: '没有这个类别，请重新选。', en: 'There is no such kind; please choose again.' },
  'cases/summary-not-public': {
    zh: '这条诉求不能公开：只有公共事项、没有要求保密、已经受理的才可以。',
    en: 'This case can not be published: only accepted cases of public matters, and none that asked for confidence.',
  },
  'cases/summary-missing': { zh: '还没有可以公开的文字。', en: 'There are no words to publish yet.' },
  'cases/summary-names-person': {
    zh: '文字里有姓名、电话、证件号或门牌，请改掉。地点只写到小区或道路。',
    en: 'These words hold a name, a phone, an identity number or a door. Name places no finer than compound or road.',
  },
  'cases/summary-own-words': {
    zh: '请用工作人员自己的话概括，不要照抄居民的原话。',
    en: 'Say it in the words of the staff; do not copy what the resident wrote.',
  },
  'cases/drafts-off': {
    zh: '街道没有打开外部模型起草，或者还没有设置它的地址。请自己写。',
    en: 'Your street has no model outside for drafts, or it is switched off. Please write it yourself.',
  },
  'cases/figures-being-counted': {
    zh: '数字正在汇总，请过几分钟再看。',
    en: 'The figures are being added up. Please look again in a few minutes.',
  },
  'cases/period-wrong': {
    zh: '起止日期不对，最多可看六十二天。',
    en: 'These days are not right; at most sixty-two days can be looked at.',
  },
  'cases/drafts-failed': {
    zh: '外部模型这会儿没有回话。可以过一会儿再试，或者自己写。',
    en: 'The model outside does not answer now. Try again in a while, or write it yourself.',
  },
  'cases/list-unknown': {
    zh: '没有找到这个社区的公开清单。',
    en: 'There is no public list of this community.',
  },
  ...petitionRefusalWords,
  ...specialRefusalWords,
  ...taskRefusalWords,
  ...trustRefusalWords,
  ...bulkRefusalWords,
  ...whistleRefusalWords,
  'cases/dispute-too-late': {
    zh: '派单已久，不能再提派单异议。请办理，或者和派单台商量。',
    en: 'It is too long since this order was given to dispute it. Please handle it, or talk to the desk.',
  },
  'cases/already-disputed': {
    zh: '这条诉求已经有人提出派单异议，正等裁定。',
    en: 'The duty of this case is disputed already and waits to be decided.',
  },
  'cases/no-adjudicator': {
    zh: '没有可以裁定的督办员或值班长，请联系派单台。',
    en: 'There is no supervisor or duty head who could decide. Please contact the desk.',
  },
  'cases/nothing-disputed': { zh: '这条诉求没有派单异议。', en: 'Nobody disputes the duty of this case.' },
  'cases/not-the-adjudicator': {
    zh: '这条异议由指定的裁定人裁定；超过裁定时间以后您也可以裁定。',
    en: 'A named person decides this dispute. Once their time has passed you may decide it too.',
  },
  'cases/assigner-may-not-adjudicate': {
    zh: '这条诉求是您派的，不能由您裁定。',
    en: 'You gave this case out, so somebody else decides.',
  },
  'cases/id-taken': {
    zh: '这个编号的诉求已经登记过了，不用再提交。',
    en: 'A case with this id was filed already; there is no need to send it again.',
  },
  'cases/no-order': {
    zh: '这件事还没有派给谁办，派单以后才能打印承办单。',
    en: 'This case is with nobody yet. The order can be printed once it is assigned.',
  },
  'cases/slip-unknown': {
    zh: '编号或查询码不对。请对照回执再输一次；回执丢了可以请受理台补打。',
    en: 'The number or the code is not right. Please compare them with the slip; the desk can print a lost slip again.',
  },
  'cases/slip-too-often': {
    zh: '查得太频繁了，请过一会儿再试，或拨打回执上的电话。',
    en: 'Too many tries. Please wait a while, or call the number on the slip.',
  },
  'cases/stale-version': {
    zh: '这条诉求刚刚有了变化，请刷新后再操作。',
    en: 'This case has just changed. Please refresh and try again.',
  },
  'cases/wrong-state': {
    zh: '这条诉求现在的状态不能做这一步。',
    en: 'This step is not possible in the case’s present state.',
  },
  'cases/not-your-act': { zh: '您的岗位不办理这一步。', en: 'Your post does not do this step.' },
  'cases/not-at-your-desk': {
    zh: '这条诉求不在您的受理台，由它所在的社区或街道中心办理。',
    en: 'This case is not at your desk; the community or street desk that holds it does this.',
  },
  'cases/not-the-holder': {
    zh: '这一步由承办单位或承办人办理。',
    en: 'This step belongs to whoever holds the order.',
  },
  'cases/not-the-reporter': {
    zh: '这一步由反映人本人办理。',
    en: 'This step belongs to the person who reported it.',
  },
  'cases/handler-may-not-check': {
    zh: '办理人及其单位不能核查自己办的事，请由其他人核查。',
    en: 'Who handled a case, and their organisation, may not check it. Somebody else has to.',
  },
  'cases/handler-may-not-close': {
    zh: '办理或派单的人不能结案，请由其他人结案。',
    en: 'Who handled or assigned a case may not close it. Somebody else has to.',
  },
  'cases/asker-may-not-approve': {
    zh: '不能批准自己的申请，请由另一位同事审批。',
    en: 'You cannot approve your own request. A colleague has to.',
  },
  'cases/approval-pending': {
    zh: '有一项申请正在等待审批，批复后再继续。',
    en: 'A request is waiting for approval. Go on after it is settled.',
  },
  'cases/nothing-to-approve': { zh: '没有等待审批的申请。', en: 'There is no request to settle.' },
  'cases/return-too-late': {
    zh: '已过可以退单的时间。如确有困难，请联系派单的受理台。',
    en: 'The time for returning this order has passed. If you cannot do it, call the desk that sent it.',
  },
  'cases/already-rated': { zh: '您已经评价过了，谢谢。', en: 'You have already rated this. Thank you.' },
  'cases/rating-closed': {
    zh: '评价期已过。如果问题还在，可以点“再次反映”。',
    en: 'The time for rating has passed. If the problem is still there, report it again.',
  },
  'cases/reopen-too-late': {
    zh: '这条诉求结案已久，不能再接着办。请重新登记一条，并写上原来的编号。',
    en: 'This case was closed too long ago to be taken up again. Please file it anew and name the old number.',
  },
  'cases/undo-too-late': {
    zh: '导入已超过一天，不能整批撤销。请逐件处理，或申请退单。',
    en: 'This import is more than a day old and can not be taken back as a whole. Settle its orders one by one, or ask to return them.',
  },
  'cases/notice-unreadable': {
    zh: '放假安排没有读全，请按提示修改后再导入。',
    en: 'The notice could not be read whole. Correct what is shown and import it again.',
  },
  'cases/calendar-same': {
    zh: '这一年的放假安排和已有的一样，不用再导入。',
    en: 'This is what is known of the year already; there is nothing to import.',
  },
  'cases/import-not-found': {
    zh: '没有找到这次导入，请刷新后再试。',
    en: 'This import was not found. Please refresh and try again.',
  },
  'cases/import-not-latest': {
    zh: '只能撤销这一年正在使用的那次导入。',
    en: 'Only the import that this year stands on can be undone.',
  },
  'cases/answer-missing': {
    zh: '请写好给居民的答复，再通过核查。',
    en: 'Write the answer to the resident before passing the check.',
  },
  'cases/evidence-missing': {
    zh: '请写明情况，或附上照片作为依据。',
    en: 'Please say what was found, or attach a photo as evidence.',
  },
  'cases/check-mode-wrong': {
    zh: '公共区域的事项须现场核查，个人事项须电话回访。',
    en: 'Public places are checked on site, personal matters by call-back.',
  },
  'cases/review-date-missing': {
    zh: '没有解决的事不能悄悄结案：请填写下次复查的日期，转入长期跟进。',
    en: 'An unsolved case is not closed in silence: give the day on which it will be looked at again.',
  },
  'cases/not-from-above': {
    zh: '这条诉求不是上级转来的工单。',
    en: 'This case is no order from above.',
  },
  'cases/rated-above': {
    zh: '上级已经回访过，评价记在案里，不再请居民重复评价。',
    en: 'It was rated where the order came from; the resident is not asked again.',
  },
  'cases/return-asked-above': {
    zh: '已经向上级申请退单，请先登记上级的答复。',
    en: 'Sending it back was already asked for; record the answer from above first.',
  },
  'cases/nothing-asked-above': {
    zh: '没有等待上级答复的退单申请。',
    en: 'Nothing asked of those above is waiting for an answer.',
  },
  'cases/source-unknown': {
    zh: '没有这个上级来源，或者已经停用。请在“上级来源”里查看。',
    en: 'There is no such source of orders, or it is no longer used. See Sources of orders.',
  },
  'cases/extension-too-long': {
    zh: '一条诉求最多延期{days}个工作日，最晚到{day}。',
    en: 'One case may be put off by {days} working days in all, until {day} at the latest.',
  },
  'cases/search-without-texts': {
    zh: '查阅岗位只看数字和列表，不能按文字查找。可以按状态、区域、单位筛选。',
    en: 'A viewer sees figures and lists, not texts, and cannot search in them. Filter by state, area or organisation instead.',
  },
  'cases/date-in-past': { zh: '日期要在今天之后。', en: 'The date has to be in the future.' },
  'cases/date-in-future': { zh: '时间不能晚于现在。', en: 'The time cannot be later than now.' },
  'cases/matter-unknown': {
    zh: '没有这个事项，请从事项目录中选择。',
    en: 'There is no such matter. Please choose one from the catalogue.',
  },
  'cases/extra-fields-wrong': {
    zh: '附加字段没有填对，请看每一项后面的提示。',
    en: 'Some extra fields are not filled in as they should be; see the note beside each.',
  },
  'cases/matter-needed': { zh: '请先选定事项。', en: 'Please choose a matter first.' },
  'cases/kind-needed': {
    zh: '请先选定类别：咨询、求助、投诉、举报、建议或表扬。',
    en: 'Please choose a kind first.',
  },
  'cases/place-needed': { zh: '请填写地点。', en: 'Please give the place.' },
  'cases/nothing-said': {
    zh: '请写几句话，或选一个事项并拍一张照片。',
    en: 'Please write a few words, or choose a matter and add a photo.',
  },
  'cases/organisation-unknown': {
    zh: '没有这个单位，或它已停用。',
    en: 'There is no such organisation, or it is no longer active.',
  },
  'cases/post-unknown': { zh: '没有这个岗位，或已经卸任。', en: 'There is no such post, or it has ended.' },
  'cases/holder-needed': {
    zh: '请选择承办单位或承办人。',
    en: 'Please choose an organisation or a person to handle it.',
  },
  'cases/outside-duty-list': {
    zh: '这件事不在对方的职责清单内，不能派。依据：{ruleZh}',
    en: 'This is not on their duty list and cannot be put on it. Rule: {ruleEn}',
  },
  'cases/on-duty-list': {
    zh: '这件事在社区职责清单内，不能按“不在清单”退回。解决不了的请写明原因上报。',
    en: 'This is on the community’s duty list, so it cannot be refused for that. If you cannot settle it, send it up with the reason.',
  },
  'cases/community-unknown': {
    zh: '请选择您辖区内的社区或网格。',
    en: 'Please choose a community or grid within your area.',
  },
  'cases/merge-target-wrong': {
    zh: '请选择另一条正在办理的诉求作为主单。',
    en: 'Please choose another open case as the parent.',
  },
  'cases/merge-matter-differs': {
    zh: '只有同一公共事项才能并单。',
    en: 'Only cases of the same public matter can be merged.',
  },
  'cases/file-unknown': {
    zh: '附件没有找到，请重新上传。',
    en: 'An attachment was not found. Please upload it again.',
  },
  'cases/on-behalf-needs-staff': {
    zh: '只有工作人员可以代为登记。',
    en: 'Only staff can file on behalf of others.',
  },
  'cases/confidential': {
    zh: '反映人要求保密，不能查看其身份。',
    en: 'The reporter asked for confidence; their identity is not shown.',
  },
  'cases/already-at-this-desk': { zh: '这条诉求已经在这个受理台。', en: 'The case is already at this desk.' },
  'cases/calendar-missing': {
    zh: '工作日历不完整，请管理员先导入放假安排。',
    en: 'The working-day calendar is incomplete. An administrator has to import it first.',
  },
  'cases/search-too-short': {
    zh: '请至少输入两个字，或完整的编号。',
    en: 'Please enter at least two characters, or a whole number.',
  },
  'cases/not-on-duty': {
    zh: '现在由当班的人受理和派单；您不当班，有急事请找带班人或受理台负责人。',
    en: 'Those on duty accept and assign now. You are off duty; in a hurry, ask who heads the shift or the desk.',
  },
  'cases/no-call': {
    zh: '这条诉求现在没有在呼叫值班人员。',
    en: 'Nobody is being called for this case now.',
  },
  'cases/call-answered': {
    zh: '已经有同事在处理了，您不用再赶去。',
    en: 'A colleague has it already. You need not come.',
  },
  'cases/not-called': {
    zh: '这次没有呼叫到您，请让值班人员应答。',
    en: 'You were not called for this. Please leave it to those on duty.',
  },
  'cases/sheet-missing': {
    zh: '没有收到文件，请选择一个 Excel 文件（.xlsx）。',
    en: 'No file came with it. Please choose an Excel file (.xlsx).',
  },
  'cases/sheet-unreadable': {
    zh: '这个文件读不出来。请先导出目录，在那张表上修改，再存成 .xlsx 导入。',
    en: 'This file cannot be read. Export the catalogue, change that sheet and save it as .xlsx.',
  },
  'cases/sheet-too-long': {
    zh: '表太大：最多 5000 行、5 MB。请分成几张表导入。',
    en: 'The sheet is too large: 5,000 rows and 5 MB at most. Please split it.',
  },
}
