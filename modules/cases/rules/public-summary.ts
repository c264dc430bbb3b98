/** May these words stand in public? The staff's own words about a public matter, and nothing by which to find a person. */
import { readIdCard } from '../../../lib/codes.ts'
import type { CaseRefusal } from '../refusals.ts'
import type { CaseState } from '../words.ts'

export interface SummaryFacts {
  readonly summary: string
  /** What the resident wrote. */
  readonly text: string
  /** Of the reporter, as they gave them; empty where they gave none. */
  readonly name: string
  readonly phone: string
}

/** So many characters in a row that also stand in the resident's text are a copy; shorter runs are names of things. */
const copiedRun = 14
/** A text this short is copied when it stands in the summary whole. */
const shortestText = 8

const plain = (text: string): string => text.normalize('NFKC').replace(/[\p{P}\p{S}\s]/gu, '')
const digits = (text: string): string => text.normalize('NFKC').replace(/(?<=\d)[\s()-]+(?=\d)/g, '')

/** 2单元, 501室, 3-2-501, 5楼: where a door begins. A building (3栋) is finer than a compound too. */
const door =
  /[\d零〇一二两三四五六七八九十百]\s?(?:栋|幢|座|号楼|单元|门洞|楼|层|室|房|户)|(?<![\d-])\d{1,3}\s?[-—–]\s?(?:\d{1,2}\s?[-—–]\s?)?\d{3,4}(?!\d)|[a-z]座/iu
const date = /\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?/g
const phone = /1[3-9]\d{9}|0\d{9,11}|\d{7,}/
/** 张先生, 李阿姨, 王大爷: one of the hundred commonest surnames and how one calls its bearer. */
const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const calledSomebody = new RegExp(
  `[${surnames}](?:先生|女士|小姐|阿姨|大爷|大妈|大叔|婆婆|爷爷|奶奶|师傅|老师|某)`,
  'u',
)

/** Why these words may not be published; undefined when they may. */
export function summaryRefusal({ summary, text, name, phone: own }: SummaryFacts): CaseRefusal | undefined {
  const said = plain(summary)
  const flat = digits(summary.normalize('NFKC').replace(date, ' '))
  const card = flat.match(/\d{17}[\dX]/i)?.[0]
  if (phone.test(flat) || door.test(summary.normalize('NFKC')) || calledSomebody.test(summary))
    return 'cases/summary-names-person'
  if (card !== undefined && readIdCard(card) !== undefined) return 'cases/summary-names-person'
  const plainName = plain(name)
  if ([...plainName].length >= 2 && said.includes(plainName)) return 'cases/summary-names-person'
  if (own !== '' && flat.includes(digits(own))) return 'cases/summary-names-person'
  return copies(said, plain(text)) ? 'cases/summary-own-words' : undefined
}

function copies(said: string, text: string): boolean {
  const [a, b] = [[...said], [...text]]
  if (b.length >= shortestText && b.length <= copiedRun && said.includes(text)) return true
  for (let start = 0; start + copiedRun <= a.length; start++)
    if (text.includes(a.slice(start, start + copiedRun).join(''))) return true
  return false
}

export interface PublishableFacts {
  readonly state: CaseState
  readonly confidential: boolean
  readonly matter: { readonly isPublic: boolean; readonly sensitive: boolean } | null
}

/**
 * Whether a case may stand in a public list at all. Rule: rights.md, merge: public matters are those that concern
 * several; a personal matter, a sensitive one, or one told in confidence is nobody else's business.
 */
export const mayBePublic = ({ state, confidential, matter }: PublishableFacts): boolean =>
  matter?.isPublic === true &&
  !matter.sensitive &&
  !confidential &&
  state !== 'pending' &&
  state !== 'declined' &&
  state !== 'merged'

export interface PublishFacts {
  readonly mayBePublic: boolean
  readonly draft: string | null
  readonly draftBy: string | null
  readonly published: string | null
  readonly actor: string
  /** Clerk or secretary of the case's community. */
  readonly isCommunity: boolean
  /** The desk of the community or of the street. */
  readonly isDesk: boolean
}

type Allowed = { ok: true } | { ok: false; why: CaseRefusal }
const no = (why: CaseRefusal): Allowed => ({ ok: false, why })

/** Rule: rights.md, separation by person: whoever wrote the words does not let them out. */
export function decideSummary(facts: PublishFacts): { write: Allowed; publish: Allowed; withdraw: Allowed } {
  const { draft, draftBy, published, actor } = facts
  const waits = draft !== null && draft !== published
  return {
    write: !facts.isDesk
      ? no('cases/not-your-act')
      : facts.mayBePublic
        ? { ok: true }
        : no('cases/summary-not-public'),
    publish: !facts.isCommunity
      ? no('cases/not-your-act')
      : !facts.mayBePublic
        ? no('cases/summary-not-public')
        : !waits
          ? no('cases/summary-missing')
          : draftBy === actor
            ? no('cases/asker-may-not-approve')
            : { ok: true },
    withdraw: !facts.isCommunity
      ? no('cases/not-your-act')
      : published === null
        ? no('cases/summary-missing')
        : { ok: true },
  }
}
