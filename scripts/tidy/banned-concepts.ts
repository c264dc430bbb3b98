/**
 * Concepts that this product must not hold: forced check-ins, rankings of staff, counts of online time, appraisal by
 * use, photos or tracks. Rule: product.md principle 6, after the State Council Office measure of January 2026.
 */
export interface Finding {
  file: string
  line: number
  what: string
}

const banned: readonly { words: RegExp; instead: string }[] = [
  { words: /打卡|签到/, instead: '没有强制打卡；响应吹哨叫“报到”' },
  {
    words: /check-?ins?\b|clock-?in\b/i,
    instead: 'no forced check-in; answering a whistle is “answer-call”',
  },
  { words: /(?:员工|人员|干部|网格员|社工).{0,4}(?:排名|排行)|红黑榜/, instead: '不给人排名' },
  { words: /leader-?board|staff-?ranking|rank(?:ing)?-?of-?staff/i, instead: 'no rankings of staff' },
  { words: /在线时长|活跃度|使用率考核|日活考核/, instead: '不统计在线时长，不以使用率考核' },
  {
    words: /online-?(?:time|minutes|hours)|usage-?rate/i,
    instead: 'no online-time counts, no appraisal by use',
  },
  { words: /留痕考核|轨迹考核|拍照考核/, instead: '不以照片、轨迹考核人' },
  {
    words: /track-?(?:score|appraisal)|photo-?(?:score|appraisal)/i,
    instead: 'no appraisal by photos or tracks',
  },
]

/** Only what people meet is searched: contracts, routes, words of screens. Comments that state the ban are no breach. */
export function isSearched(file: string): boolean {
  return /(?:^|\/)(?:contract|messages|refusals|routes|words|[a-z-]+-(?:acts|views|words))\.ts$|\.vue$/.test(
    file,
  )
}

export function findBannedConcepts(file: string, text: string): Finding[] {
  const findings: Finding[] = []
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  )
  withoutComments.split('\n').forEach((line, index) => {
    for (const { words, instead } of banned)
      if (words.test(line))
        findings.push({ file, line: index + 1, what: `${words.exec(line)?.[0]}: ${instead}` })
  })
  return findings
}
