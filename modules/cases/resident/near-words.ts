/** The words of the emergency question, other doors, and alike cases nearby. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  askTitle: { zh: '现在正在发生吗？', en: 'Is it happening now?' },
  askHint: { zh: '您写的像是有危险。', en: 'What you wrote sounds like danger.' },
  yesNow: { zh: '是，正在发生', en: 'Yes, right now' },
  yesNowHelp: {
    zh: '给您要打的电话，同时马上告诉值班人员',
    en: 'Shows the number to call and tells whoever is on duty at once',
  },
  noNow: { zh: '不是，已经过去或是隐患', en: 'No, it is over or only a risk' },
  noNowHelp: { zh: '接着说在哪里', en: 'Go on and say where it is' },
  callTitle: { zh: '请马上打电话', en: 'Call now' },
  callHint: {
    zh: '先保证自己安全。这里不能代替报警、火警和急救电话。',
    en: 'Keep yourself safe first. This does not replace the emergency lines.',
  },
  telling: { zh: '正在告诉值班人员…', en: 'Telling whoever is on duty…' },
  told: { zh: '已经告诉值班人员，编号 {number}', en: 'Whoever is on duty was told; number {number}' },
  notTold: { zh: '还没有告诉值班人员', en: 'Whoever is on duty was not told yet' },
  tellAgain: { zh: '再试一次', en: 'Try again' },
  addPlace: { zh: '补充地点或照片', en: 'Add where it is, or a photo' },
  doorTitle: { zh: '{name}有专门的渠道', en: '{name} has a door of its own' },
  doorMore: {
    zh: '也可以在这里继续说，工作人员会告诉您找谁。',
    en: 'You may go on here; the staff will tell you where to turn.',
  },
  nearTitle: { zh: '附近有人说过，是同一件事吗？', en: 'Somebody nearby said this. Is it the same?' },
  nearHelp: {
    zh: '一起反映，您照样有自己的编号、答复和评价。',
    en: 'If you join, you still have a number, an answer and a rating of your own.',
  },
  nearPeople: { zh: '{n} 人说过', en: 'said by {n}' },
  nearJoin: { zh: '是同一件，一起反映', en: 'The same; I join' },
  nearOther: { zh: '不是，就发我自己的', en: 'No, I send my own below' },
  stageAccepted: { zh: '已受理', en: 'Taken on' },
})
