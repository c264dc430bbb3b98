/** Takes out of a text by whom and where somebody could be found, before it leaves this machine. */

export interface KnownPerson {
  readonly name: string
  readonly phone: string
  readonly address: string
}

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧'
const called = '先生|女士|小姐|阿姨|大爷|大妈|大叔|婆婆|爷爷|奶奶|师傅|老师|医生|某某?|同志|经理|主任|书记'
const numeral = '[a-zA-Z]?(?:\\d{1,4}|[零〇一二两三四五六七八九十百]{1,5})|[a-zA-Z]'

const masks: readonly [RegExp, string][] = [
  [/(?<![\w.+-])[\w.+-]+(?:@[\w-]+(?:\.[\w+-]+)+)+/g, '〔邮箱〕'],
  // Longest first: an id number holds what looks like a phone.
  [/(?<![\d])\d{17}[\dXx](?![\d])|(?<!\d)\d{15}(?!\d)/g, '〔证件号〕'],
  [/(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)/g, '〔电话〕'],
  [/(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)|(?<!\d)\d{7,8}(?!\d)/g, '〔电话〕'],
  [/(?<!\d)\d{9,}(?!\d)/g, '〔号码〕'],
  [/[\u4e00-\u9fff][A-Z][·\s]?[A-Z0-9]{5,6}(?![A-Za-z0-9])/g, '〔车牌〕'],
  [/(?<!\d)\d{1,3}[-—–]\d{1,2}[-—–]\d{3,4}(?!\d)/g, '〔门牌〕'],
  [
    new RegExp(
      `(?:${numeral})\\s?(?:栋|幢|号楼|座)(?:\\s?(?:${numeral})\\s?(?:单元|门洞))?(?:\\s?\\d{1,4}\\s?(?:室|房|户|号)?)?`,
      'gu',
    ),
    '〔门牌〕',
  ],
  [new RegExp(`(?:${numeral})\\s?(?:单元|门洞)(?:\\s?\\d{1,4}\\s?(?:室|房|户|号)?)?`, 'gu'), '〔门牌〕'],
  [/\d{1,4}\s?(?:室|房|户)(?!数|型|外)/g, '〔门牌〕'],
  [/(?<=[\u4e00-\u9fff](?:路|街|巷|道|弄))\s?\d{1,4}\s?号/g, '〔门牌〕'],
  [
    new RegExp(
      `(?:我叫|我是|本人|姓名[:：]?|联系人[:：]?|叫做?)\\s?[${surnames}][\\u4e00-\\u9fff]{1,2}(?=[，,。；、：:\\s]|$)`,
      'gu',
    ),
    '〔姓名〕',
  ],
  [new RegExp(`[${surnames}][\\u4e00-\\u9fff]{0,2}?(?=${called})`, 'gu'), '〔姓名〕'],
]

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * The text with marks in their place. What is known of a person is taken out wherever it stands; beyond that, what
 * looks like a phone, an id number, a plate, a mail address, a door, or a name as one calls somebody.
 */
export function maskText(text: string, known: readonly KnownPerson[] = []): string {
  let masked = text.normalize('NFKC')
  for (const { name, phone, address } of known) {
    if (address.trim().length >= 4)
      masked = masked.replace(new RegExp(escaped(address.trim()), 'g'), '〔地址〕')
    if ([...name.trim()].length >= 2)
      masked = masked.replace(new RegExp(escaped(name.trim()), 'g'), '〔姓名〕')
    const digits = phone.replace(/\D/g, '')
    if (digits.length >= 5) masked = masked.replace(new RegExp([...digits].join('[-\\s]?'), 'g'), '〔电话〕')
  }
  for (const [pattern, mark] of masks) masked = masked.replace(pattern, mark)
  return masked
}
