/** Passwords that everybody tries first: words that many choose, with the digits that many put behind them. */

/** Words of passwords that stand on every list of broken ones, and those that lie near in a street office. */
const words = [
  'password passwd passwort passport admin administrator manager master root super user guest login welcome hello',
  'changeme letmein secret default temp test testing demo example sample system server oracle mysql service support',
  'qwerty qwertyuiop qwer wert asdf asdfg asdfgh asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qaz wsx edc rfv zaq xsw qazwsx qwe asd zxc',
  'iloveyou love lover dragon monkey sunshine princess football baseball shadow freedom computer internet happy lucky',
  'superman batman michael jordan apple google microsoft windows huawei xiaomi tencent alibaba taobao weixin wechat baidu',
  // 我爱你, 爱, 密码, 我的密码, 一生一世, 老婆, 老公, 宝贝, 亲爱的, 中国, 祖国, 加油, 你好, 大家好, 发财, 平安, 幸福
  'woaini aini woai mima wodemima yishengyishi laopo laogong baobei baobao qinaide zhongguo woaizhongguo zuguo woaizuguo jiayou nihao dajiahao facai pingan xingfu',
  'wang zhang li liu chen yang zhao huang zhou wu xu sun wangwei zhangwei lihua liming zhangsan lisi wangwu',
  'china beijing shanghai guangzhou shenzhen tianjin chongqing chengdu sichuan hangzhou wuhan nanjing xian',
  'linli jiedao jiedaoban shequ wangge wanggeyuan zhengfu zhifa gongan banshi dating zhihui zhongxin guanli guanliyuan jiedaozhihui',
  'a aa aaa ab abc abcd abcde abcdef abcdefg abcdefgh abcabc aabb aabbcc q w x z s qq qqq zz zzz',
]
  .join(' ')
  .split(' ')
const known = new Set(words)
const longest = Math.max(...words.map((word) => word.length))

/** Digits that carry a meaning for many: 我爱你, 一生一世, 一路发, 要发. */
const luckyDigits = new Set([
  '520',
  '521',
  '1314',
  '5201314',
  '1314520',
  '168',
  '518',
  '666',
  '888',
  '147',
  '258',
  '369',
])

const stepOf = (digits: string): number | undefined => {
  const steps = new Set(
    [...digits].slice(1).map((digit, index) => (Number(digit) - Number(digits[index]) + 10) % 10),
  )
  return steps.size === 1 ? [...steps][0] : undefined
}

/** Short, a year, a run up or down, one digit again and again, or a meaning. */
function isUsual(digits: string): boolean {
  if (
    digits.length <= 3 ||
    digits.startsWith('123456') ||
    /^(19|20)\d\d$/.test(digits) ||
    luckyDigits.has(digits)
  )
    return true
  const step = stepOf(digits)
  if (step === 0 || step === 1 || step === 9) return true
  const half = digits.slice(0, digits.length / 2)
  return digits.length % 2 === 0 && half + half === digits && half.length <= 4
}

/** Whether the letters are nothing but known words, one behind the other. */
function isOfKnownWords(letters: string): boolean {
  const ends = new Set([0])
  for (let at = 0; at < letters.length; at++) {
    if (!ends.has(at)) continue
    for (let length = 1; length <= longest && at + length <= letters.length; length++)
      if (known.has(letters.slice(at, at + length))) ends.add(at + length)
  }
  return ends.has(letters.length)
}

const signsForLetters: Readonly<Record<string, string>> = {
  '@': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '5': 's',
  $: 's',
  '!': 'i',
}

/** A sign between letters stands for one: p@ssw0rd. */
const withLetters = (text: string): string =>
  text.replace(/(?<=[a-z])[@0135$!]{1,2}(?=[a-z])/g, (signs) =>
    [...signs].map((sign) => signsForLetters[sign] ?? sign).join(''),
  )

const isUsualAsIs = (text: string): boolean =>
  (text.match(/\d+/g) ?? []).every(isUsual) && isOfKnownWords(text.replace(/[^a-z]/g, ''))

/**
 * Whether a password is one that is tried first. Only plain letters, digits and signs can be; a character of another
 * script makes it uncommon enough.
 */
// Rule: NIST SP 800-63B-4, 3.1.1.2, and OWASP ASVS 5.0, 6.2.4: compare with what is commonly used and expected.
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  if (/[^\x20-\x7e]/.test(text)) return false
  return isUsualAsIs(text) || isUsualAsIs(withLetters(text))
}
