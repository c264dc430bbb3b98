/**
 * Words that sound like an emergency. They only bring up the numbers to call; nothing is ever refused or held back
 * by them, so a wrong guess costs a glance.
 * Rule: 北京市接诉即办工作条例 art. 11: what belongs to 110, 119, 120 or 122 is shown the way there at once.
 */
export const emergencyNumbers = ['119', '110', '120'] as const
export type EmergencyNumber = (typeof emergencyNumbers)[number]

const patterns: Readonly<Record<EmergencyNumber, RegExp>> = {
  '119':
    /着火|起火|失火|火灾|冒(浓)?烟|爆炸|(燃气|煤气|天然气|瓦斯)(味|泄漏|泄露|漏|很重)|漏(燃|煤|天然)?气|(困|关|卡)在电梯|电梯(困人|里有人)|落水|溺水|\bon fire\b|\bfire!|\bhouse fire\b|\bsmell(s|ing)? (of )?gas\b|\bgas leak\b|\bexplo(sion|ded)\b|\btrapped\b|\bdrowning\b/i,
  '110':
    /打人|打架|斗殴|持刀|拿刀|砍人|捅|抢劫|抢东西|入室|家暴|绑架|跳楼|轻生|自杀|失联|走失|\bknife\b|\brobb(ed|ery)\b|\bfight(ing)?\b|\bbeat(en|ing)\b|\bassault|\bsuicide\b/i,
  '120':
    /晕倒|昏倒|昏迷|不省人事|没(有)?(呼吸|反应|意识)|喘不(上|过)气|心梗|中风|抽搐|大出血|流血不止|触电|中毒|摔(伤|倒起不来)|跳楼|自杀|溺水|\bunconscious\b|\bfainted\b|\bnot breathing\b|\bheart attack\b|\bstroke\b|\bbleeding\b|\belectrocuted\b/i,
}

/** The numbers that a text calls for, in the order 119, 110, 120; empty when it sounds like no emergency. */
export const soundsUrgent = (text: string): EmergencyNumber[] =>
  emergencyNumbers.filter((number) => patterns[number].test(text))
