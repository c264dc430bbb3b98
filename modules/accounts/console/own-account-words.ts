/** The words of one's own posts, leaves and devices, and of setting a leave for somebody. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '我的岗位与设备', en: 'My posts and devices' },
  // devices
  devices: { zh: '登录的设备', en: 'Where I am signed in' },
  devicesHint: {
    zh: '最多同时登录 5 处，再登录时最早的一处会退出。只记浏览器种类和时间，不记位置。',
    en: 'Five at most: one more sign-in ends the oldest. Only the kind of browser and the time are kept, no place.',
  },
  unknownDevice: { zh: '未知的浏览器', en: 'An unknown browser' },
  thisDevice: { zh: '本机', en: 'This one' },
  since: { zh: '{time} 登录', en: 'since {time}' },
  lastSeen: { zh: '最近使用 {time}', en: 'last used {time}' },
  endDevice: { zh: '退出', en: 'Sign out' },
  endDeviceOf: { zh: '退出 {device}', en: 'Sign out {device}' },
  endOthers: { zh: '退出其他设备', en: 'Sign out elsewhere' },
  endOthersChange: {
    zh: '除了这一处，其他地方都要重新登录',
    en: 'Everywhere but here has to sign in again',
  },
  deviceEnded: { zh: '已退出那台设备。', en: 'Signed out there.' },
  othersEnded: { zh: '已退出其他 {n} 处登录。', en: 'Signed out in {n} other places.' },
  nothingElse: { zh: '没有在其他地方登录。', en: 'Signed in nowhere else.' },
  // posts and leaves
  posts: { zh: '我的岗位', en: 'My posts' },
  standingIn: { zh: '代别人的班', en: 'Standing in for' },
  standingInHint: {
    zh: '代班期间，对方岗位的诉求会出现在您的今日待办里。',
    en: 'Meanwhile their cases stand in your list of today.',
  },
  standingInLine: { zh: '代 {name}，到 {day}', en: 'for {name}, until {day}' },
  noPosts: { zh: '现在没有岗位。', en: 'No post at present.' },
  leave: { zh: '请假', en: 'Leave' },
  setLeave: { zh: '登记请假', en: 'Set a leave' },
  setLeaveFor: { zh: '给 {name} 登记请假', en: 'Set a leave for {name}' },
  ownLeave: { zh: '登记请假：{post}', en: 'Leave from {post}' },
  fromDay: { zh: '从哪天起', en: 'From' },
  toDay: { zh: '到哪天止（含）', en: 'Until, that day too' },
  whoStandsIn: { zh: '谁来代班', en: 'Who stands in' },
  byRule: { zh: '按规则：{name}', en: 'By rule: {name}' },
  byRuleNobody: { zh: '按规则（目前没有人）', en: 'By rule (nobody now)' },
  standInHelp: {
    zh: '不选就由系统按“同一片区、同一单位、再上一级”的顺序找人，总会有人管。',
    en: 'Left alone, the system goes by place, organisation and the next level up, so that somebody always has it.',
  },
  leaveChange: {
    zh: '这几天里，代班的人能看到并办理这个岗位手上的诉求',
    en: 'In these days the stand-in sees and handles what this post has in hand',
  },
  leaveChange2: {
    zh: '不用写请假原因；销假后代班马上结束',
    en: 'No reason is asked for; ending the leave ends the standing in at once',
  },
  leaveSet: { zh: '已登记请假，由 {name} 代班。', en: 'The leave is set; {name} stands in.' },
  leaveSetNobody: { zh: '已登记请假。', en: 'The leave is set.' },
  leaveEnded: { zh: '请假已结束。', en: 'The leave has ended.' },
  endLeave: { zh: '销假', en: 'End the leave' },
  endLeaveTitle: { zh: '结束 {name} 的请假', en: 'End the leave of {name}' },
  endLeaveChange: {
    zh: '{name} 从下一次操作起不再代班',
    en: '{name} stands in no longer from the next request on',
  },
  endLeaveChangeNobody: { zh: '岗位恢复由本人负责', en: 'The post is the holder’s alone again' },
  away: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  standsIn: { zh: '{name} 代班', en: '{name} stands in' },
  nobodyStandsIn: { zh: '没有人代班', en: 'nobody stands in' },
  fillDays: { zh: '请选起止日期。', en: 'Choose both days.' },
  dayOrder: { zh: '结束的日子不能早于开始。', en: 'The last day must not come before the first.' },
  reading: { zh: '正在读取…', en: 'Loading…' },
  retry: { zh: '再试一次', en: 'Try again' },
})
