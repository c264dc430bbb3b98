/**
 * Defaults for the national matters. The standard names matters only; level, urgency and the rest are sensible
 * starting points that each street may change.
 */
import type { Matter } from './catalogue-types.ts'

/** English names of the ten classes of matters. */
export const gbClassNamesEn: Readonly<Record<string, string>> = {
  '01': 'Public works',
  '02': 'Traffic facilities',
  '03': 'City cleaning facilities',
  '04': 'Greenery facilities',
  '05': 'Other managed objects',
  '06': 'City appearance and environment',
  '07': 'Advertising and notices',
  '08': 'Building sites',
  '09': 'Order in the street',
  '10': 'Other matters',
}

const residentWords: Readonly<Record<string, string>> = {
  '01': '井盖、电箱、杆子等公用设施坏了',
  '02': '红绿灯、护栏、站牌等交通设施坏了',
  '03': '公厕、垃圾箱、宣传栏等设施坏了',
  '04': '行道树、绿地、座椅坏了',
  '05': '其他公共设施有问题',
  '06': '街面脏乱、破损、噪声、油烟',
  '07': '小广告、招牌、标语有问题',
  '08': '工地施工扰民、扬尘、占道',
  '09': '摆摊占道、乱停车、街面秩序',
  '10': '积雪结冰、线缆掉落',
}

/** A person may be hurt within hours: guarded at once, day and night. */
const dangerous = /井盖|井异常|沟槽盖板|线缆脱落|燃气|高压线|变压器|紧急报警|边坡|医疗废物|公用电梯/
/** What many people depend on today. */
const lifeline = /供水器|供水异常|电力设施异常|信号灯|路灯异常|化粪池|雨污水|排水泵站|防汛|消防|积雪|违规高空/
/** Ownership, permits or demolition have to be cleared first. */
const slow = /私搭乱建|无证建设|违章接坡|违章开设道口|无证掘路|违规户外广告|非法伐树|填埋场/
/** A grid worker can often settle it on sight. */
const onSight = /暴露垃圾|乱堆杂物|垃圾未分类|非法小广告|非机动车乱停放|绿地脏乱/
/** The street’s own team settles it. */
const byStreet = /^(03|06|07|09|10001)/

const moreKeywords: Readonly<Record<string, string>> = {
  '01003': '井盖 雨水井 盖子 塌',
  '01002': '井盖 污水井 冒水',
  '01004': '雨水箅子 堵 排水',
  '01037': '路灯 不亮 马路',
  '02010': '标线 标志牌',
  '02014': '红绿灯 信号灯',
  '02017': '护栏 撞坏',
  '02034': '无障碍 坡道',
  '03001': '公厕 厕所',
  '03005': '垃圾箱 果皮箱',
  '04002': '行道树 树枝',
  '04013': '绿地 草坪',
  '06001': '违建 搭建',
  '06010': '垃圾 路边 袋',
  '06011': '渣土 建筑垃圾 堆',
  '06012': '道路 脏 没扫',
  '06013': '道路破损 坑 路面',
  '06027': '油烟 餐馆 呛',
  '06028': '噪声 吵',
  '06029': '烧烤 烟',
  '06036': '堆放 杂物 占道',
  '06042': '垃圾桶 满 溢',
  '06045': '绿化带 占用 种菜',
  '07001': '小广告 牛皮癣',
  '07003': '广告牌 招牌',
  '08001': '工地 施工 半夜',
  '08004': '扬尘 灰 工地',
  '09001': '游商 摊贩 流动摊',
  '09005': '店外 占人行道 摆出来',
  '09006': '占道 摆摊',
  '09009': '违停 乱停 人行道',
  '09010': '电瓶车 自行车 乱停',
  '09011': '共享单车 堵',
  '10002': '电线 网线 掉 垂',
}

/** Completes a national matter from its code and names. */
export function gbMatter(row: { code: string; classCode: string; className: string; name: string }): Matter {
  const { code, classCode, name } = row
  const urgency = dangerous.test(name) ? 'P0' : lifeline.test(name) ? 'P1' : slow.test(name) ? 'P3' : 'P2'
  const level = onSight.test(name)
    ? 'grid'
    : byStreet.test(code) && urgency !== 'P3'
      ? 'street'
      : 'department'
  const stem = name.replace(/异常(SOS)?$/, '').replace(/（.*?）/g, '')
  return {
    key: `GB${code}`,
    standard: 'GB/T 47678.5-2026',
    code,
    classCode,
    classNameZh: row.className,
    classNameEn: gbClassNamesEn[classCode] ?? row.className,
    nameZh: name,
    nameEn: name,
    residentWords: residentWords[classCode] ?? row.className,
    level,
    kind: 'report',
    urgency,
    public: true,
    sensitive: false,
    onSiteCheck: true,
    extraFields: null,
    keywords: [...new Set([stem, ...(moreKeywords[code]?.split(' ') ?? [])])],
    extension: false,
    shownToResidents: false,
  }
}
