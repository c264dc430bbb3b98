/** The door of messages: `tell` for whoever has something to say, and the inbox. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { deskPhone, messageSettings } from '../settings.ts'
import { countUnread } from './count-unread.ts'
import { listInbox } from './list-inbox.ts'
import { listToldAbout } from './list-told-about.ts'
import { markRead } from './mark-read.ts'
import { listPhoneTasks, settlePhoneTask } from './phone-tasks.ts'
import { takeReceipt } from './take-receipt.ts'

export { chatFromEnvironment } from './chat-webhook.ts'
export { messagesJobs } from './jobs.ts'
export { noticesOfSubject } from './list-told-about.ts'
export type { ContactFinder, LinkFinder } from './send-due.ts'
export { type HeldNotice, type NoticeAsk, type Recipient, type TellCall, tell, tellHeld } from './tell.ts'
export { deskPhone }

export const messagesModule: ServerModule = {
  name: 'messages',
  operations: [listInbox, countUnread, markRead, listToldAbout, listPhoneTasks, settlePhoneTask, takeReceipt],
  refusals,
  words,
  settings: messageSettings,
}
