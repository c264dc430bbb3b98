/**
 * Words that sound like an emergency, or like what has a door of its own. They bring up a question, a number or a
 * word about where to turn; nothing is ever refused or held back by them, so a wrong guess costs a glance.
 * Rule: 北京市接诉即办工作条例 art. 11: what belongs to 110, 119, 120 or 122 is shown the way there at once, and for
 * courts, arbitration, review, discipline, disclosure and petitions people are told the lawful channel.
 */
import type { Bilingual } from '../../lib/language.ts'

export const emergencyNumbers = ['119', '110', '120', '122'] as const
export type EmergencyNumber = (typeof emergencyNumbers)[number]

const urgent: Readonly<Record<EmergencyNumber, RegExp>> = {
  '119':
    /着火|起火|失火|火灾|冒(浓)?烟|爆炸|(燃气|煤气|天然气|瓦斯)(味|泄漏|泄露|漏|很重)|漏(燃|煤|天然)?气|(困|关|卡)在电梯|电梯(困人|里有人)|落水|溺水|\bon fire\b|\bfire!|\bhouse fire\b|\bsmell(s|ing)? (of )?gas\b|\bgas leak\b|\bexplo(sion|ded)\b|\btrapped\b|\bdrowning\b/i,
  '110':
    /打人|打架|斗殴|持刀|拿刀|砍人|捅|抢劫|抢东西|入室|家暴|绑架|跳楼|轻生|自杀|失联|走失|\bknife\b|\brobb(ed|ery)\b|\bfight(ing)?\b|\bbeat(en|ing)\b|\bassault|\bsuicide\b/i,
  '120':
    /晕倒|昏倒|昏迷|不省人事|没(有)?(呼吸|反应|意识)|喘不(上|过)气|心梗|中风|抽搐|大出血|流血不止|触电|中毒|摔(伤|倒起不来)|跳楼|自杀|溺水|\bunconscious\b|\bfainted\b|\bnot breathing\b|\bheart attack\b|\bstroke\b|\bbleeding\b|\belectrocuted\b/i,
  '122':
    /撞车|追尾|车祸|交通事故|撞(了|到|倒)(人|行人|老人|小孩|孩子)|被(汽?车|货车|电动车|电瓶车|摩托车)撞|\bcar crash\b|\btraffic accident\b|\brun over\b|\bhit by a (car|truck|bike)\b/i,
}

/** The numbers that a text calls for, in the order above; empty when it sounds like no emergency. */
export const soundsUrgent = (text: string): EmergencyNumber[] =>
  emergencyNumbers.filter((number) => urgent[number].test(text))

/** The words of a text that sound so, for “why”. */
export function urgentWords(text: string): string[] {
  const found = emergencyNumbers.flatMap((number) => urgent[number].exec(text)?.[0] ?? [])
  return [...new Set(found)]
}

/** Doors beside the street's own. A petition 信访 is received here and passed on; the others are told. */
export const otherDoors = ['court', 'review', 'arbitration', 'discipline', 'disclosure', 'petition'] as const
export type OtherDoor = (typeof otherDoors)[number]

const doors: Readonly<Record<OtherDoor, RegExp>> = {
  court: /起诉|诉讼|法院|判决|上诉|再审|强制执行|开庭|\blawsuit\b|\bcourt\b|\bverdict\b/i,
  review: /行政复议|申请复议|复议决定|不服.{0,12}(处罚|决定|认定)|\badministrative review\b/i,
  arbitration: /仲裁|\barbitration\b/i,
  discipline: /贪污|受贿|行贿|以权谋私|违纪|纪委|监委|吃拿卡要|\bbribe(s|ry)?\b|\bcorruption\b/i,
  disclosure: /信息公开申请|申请(政府)?信息公开|政府信息公开|\bdisclosure of (government )?information\b/i,
  petition: /信访|上访|来访件|来信件|\bpetition\b/i,
}

/** The doors that a text speaks of; empty for most. */
export const doorsOf = (text: string): OtherDoor[] => otherDoors.filter((door) => doors[door].test(text))

/** What people are told about each door; a street adds its own addresses and phones in its settings. */
export const doorWords: Readonly<Record<OtherDoor, { readonly name: Bilingual; readonly words: Bilingual }>> =
  {
    court: {
      name: { zh: '诉讼', en: 'Court' },
      words: {
        zh: '已经起诉、判决或正在执行的事，由人民法院决定，社区和街道不能改变。可以到人民法院诉讼服务中心，或拨打 12368。',
        en: 'What is before a court, judged or being enforced is the court’s to decide. Turn to the service centre of the People’s Court, or call 12368.',
      },
    },
    review: {
      name: { zh: '行政复议', en: 'Administrative review' },
      words: {
        zh: '不服行政机关的决定，可以在知道之日起六十日内向本级人民政府的行政复议机构申请复议，不收费。',
        en: 'Against a decision of an authority you may ask the review office of its government for a review within sixty days of learning of it, free of charge.',
      },
    },
    arbitration: {
      name: { zh: '仲裁', en: 'Arbitration' },
      words: {
        zh: '劳动争议向劳动人事争议仲裁委员会申请，也可以先拨打 12333 咨询。',
        en: 'Labour disputes go to the labour arbitration commission; 12333 advises beforehand.',
      },
    },
    discipline: {
      name: { zh: '纪检监察', en: 'Discipline inspection' },
      words: {
        zh: '反映公职人员违纪违法，请拨打 12388 或到纪检监察机关，这里的工作人员不应经手。',
        en: 'Misconduct of officials is reported to 12388 or the discipline inspection; the staff here should not handle it.',
      },
    },
    disclosure: {
      name: { zh: '政府信息公开', en: 'Disclosure of information' },
      words: {
        zh: '申请政府信息公开，请向制作该信息的机关书面提出，对方在二十个工作日内答复。',
        en: 'Ask the authority that made the information in writing; it answers within twenty working days.',
      },
    },
    petition: {
      name: { zh: '信访', en: 'Petition' },
      words: {
        zh: '信访事项由我们接收、登记，并转送有权处理的机关，会给您一张载明日期的回执：十五日内书面告知受理情况，受理后六十日内办结，情况复杂的经批准最多再延三十日。',
        en: 'A petition is received and registered here and passed on to whoever may decide it. You get a receipt with its dates: within fifteen days you hear in writing who takes it on, within sixty days it is settled, with leave thirty more.',
      },
    },
  }
