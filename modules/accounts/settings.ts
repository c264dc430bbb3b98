/** What a street changes itself about its accounts and desks. Read with `readSetting` of platform/street-settings.ts. */
import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

export const dutyDecidesDesk = defineSetting({
  key: 'accounts.dutyDecidesDesk',
  group: 'duty',
  words: { zh: '值班表决定谁办受理和派单', en: 'The roster decides who accepts and assigns' },
  help: {
    zh: '打开后，白班时间以外只有当班的人和受理台负责人（值班长、社区书记）能受理和派单；当班的核查员、督办员也可以代受理台受理和派单。没有人当班的受理台不受影响。',
    en: 'When on, outside the hours of the day shift only those on duty and the head of the desk (duty head, secretary) accept and assign; a verifier or supervisor on duty may do so for the desk. A desk with nobody on duty is not affected.',
  },
  schema: Type.Boolean(),
  fallback: false,
})
