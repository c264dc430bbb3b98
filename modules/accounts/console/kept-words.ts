/** The words of kept things, and of showing oneself at the doors of one's area. */
import { defineWords } from '../../../ui/language.ts'
import type { KeptAct } from '../contract.ts'

export const words = defineWords({
  title: { zh: '钥匙和物品', en: 'Keys and things' },
  hint: {
    zh: '替街道保管的钥匙、对讲机、印章……写清楚是哪里的、放在哪，不写住户姓名。',
    en: 'Keys, radios, seals kept for the street: of where, and kept where. No resident’s name.',
  },
  none: { zh: '没有登记保管的东西。', en: 'Nothing is kept.' },
  leftBehind: { zh: '已离岗，还没转交', en: 'Left the post; not handed on yet' },
  leftBehindTitle: { zh: '离岗的人还没转交的', en: 'Not handed on by those who left' },
  add: { zh: '登记一件', en: 'Write one down' },
  what: { zh: '是什么', en: 'What' },
  whatExample: { zh: '例如：2单元门禁钥匙，2把', en: 'Such as: 2 keys of entrance 2' },
  building: { zh: '哪栋楼', en: 'Of which building' },
  findBuilding: { zh: '按楼名或地址找', en: 'Find by name or address' },
  place: { zh: '放在哪', en: 'Kept where' },
  placeExample: { zh: '例如：值班室柜子第二格', en: 'Such as: second shelf of the duty room' },
  keeper: { zh: '由谁保管', en: 'Kept by' },
  hand: { zh: '转交', en: 'Hand on' },
  handTitle: { zh: '转交“{what}”', en: 'Hand on “{what}”' },
  handTo: { zh: '交给', en: 'To' },
  handed: { zh: '已记下', en: 'Written down' },
  back: { zh: '交回', en: 'Gave back' },
  lost: { zh: '遗失', en: 'Lost' },
  endTitle: { zh: '“{what}”不再保管', en: '“{what}” is no longer kept' },
  endChange: { zh: '从清单里去掉；记录留着。', en: 'It leaves the list; its record stays.' },
  save: { zh: '记下', en: 'Write down' },
  choose: { zh: '请选择', en: 'Choose' },
  since: { zh: '{day} 起', en: 'since {day}' },
  failed: { zh: '没有读到，请再试一次。', en: 'Could not be read; try again.' },
  retry: { zh: '再试一次', en: 'Try again' },
  history: { zh: '经过', en: 'History' },
  // cards
  cards: { zh: '楼栋码上亮身份', en: 'At the doors of my area' },
  cardsHint: {
    zh: '居民扫楼栋码时，能看到自愿亮身份的人。只有您自己能打开或关掉；不打开，居民看到的是社区办公室。',
    en: 'Residents who scan a door’s code see those who agreed. Only you switch it on or off; without it they see the community’s office.',
  },
  cardsNone: { zh: '您没有可以亮身份的岗位。', en: 'You hold no post that could be shown.' },
  shown: { zh: '让居民看到我', en: 'Let residents see me' },
  cardName: { zh: '怎么称呼', en: 'Name to show' },
  cardPhone: { zh: '办公电话', en: 'Office phone' },
  cardPhoneHelp: { zh: '可以不填。别填私人手机号。', en: 'May be left empty; not your own mobile.' },
  cardSaved: { zh: '已保存，居民扫码看到的就是这样。', en: 'Saved; this is what residents read.' },
  cardOff: { zh: '已关掉，居民看不到您。', en: 'Off; residents do not see you.' },
  lead: { zh: '微网格长', en: 'Micro-grid lead' },
})

export const actWords = defineWords({
  added: { zh: '登记', en: 'Written down' },
  handed: { zh: '转交', en: 'Handed on' },
  moved: { zh: '换地方', en: 'Kept elsewhere' },
  returned: { zh: '交回', en: 'Gave back' },
  lost: { zh: '遗失', en: 'Lost' },
} satisfies Record<KeptAct, { zh: string; en: string }>)
