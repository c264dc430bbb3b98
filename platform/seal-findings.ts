/** What a recount of the seals can find, each in one Chinese and one English sentence. */

const names = {
  audit: ['审计记录', 'audit entry'],
  case: ['办理记录', 'case entry'],
  ledger: ['积分明细', 'line of the ledger'],
} as const

export interface SealFinding {
  readonly what: SealFindingKind
  /** Names the entry, leaf or checkpoint: `audit 0192…`, `leaf 17`, `checkpoint 120`. */
  readonly where: string
  readonly zh: string
  readonly en: string
}

const words = {
  changed: ['封存之后被改动', 'was changed after it was sealed'],
  removed: ['封存之后被删除', 'was removed after it was sealed'],
  inserted: ['没有经过封存就出现了', 'appeared without waiting to be sealed'],
  vanished: ['还没有封存就被删除', 'was removed before it was sealed'],
  requeued: ['已经封存，却又被排进待封存队列', 'is sealed and was put into the queue again'],
  backdated: ['写下的时间早于封存之前的检查点', 'claims a time before the checkpoint that was there already'],
  leaf: ['封存列表在这里缺号或重号', 'is where the sealed list has a gap or a number twice'],
  reordered: ['封存列表在这里的次序被改动', 'is where the order of the sealed list was changed'],
  resealed: [
    '与此前的封存内容算不出这个检查点签名的根',
    'is signed for another root than its leaves give: what was sealed up to here was replaced',
  ],
  signature: ['不是本系统密钥签的，或被改动', 'was not signed by this system’s key, or was changed'],
  chain: ['与前一个检查点接不上', 'does not follow upon the one before it'],
  unsigned: ['之后还有没有签名的封存内容', 'is followed by leaves that nothing signed'],
  'cut-off': [
    '在外保存的检查点比这里的记录多：后来的记录被整段截去',
    'is kept outside and knows more entries than stand here: the end was cut off',
  ],
  rewritten: [
    '在外保存的检查点与这里的记录不符：历史被整段重新封存过',
    'is kept outside and differs from what stands here: history was sealed anew',
  ],
  forked: ['在外保存的两个检查点接不上', 'is kept outside and does not continue the one kept before it'],
  foreign: ['不是本系统密钥签的检查点', 'is no checkpoint signed by this system’s key'],
} as const
export type SealFindingKind = keyof typeof words

export function sealFinding(what: SealFindingKind, where: string): SealFinding {
  const [zh, en] = words[what]
  return { what, where, zh: `${spell(where, 0)} ${zh}。`, en: `${spell(where, 1)} ${en}.` }
}

function spell(where: string, language: 0 | 1): string {
  const [kind = '', ...rest] = where.split(' ')
  const others: Readonly<Record<string, readonly [string, string]>> = {
    ...names,
    leaf: ['封存第', 'Leaf'],
    checkpoint: ['检查点', 'Checkpoint'],
  }
  const name = others[kind]?.[language] ?? kind
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} ${rest.join(' ')}`
}
