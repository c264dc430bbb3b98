/** Suggestions put into words: why this matter, why this organisation. */
import type { OutputOf } from '../../../lib/contract.ts'
import { say } from '../../../ui/language.ts'
import type { suggestForCase } from '../contract.ts'
import { words } from './suggest-words.ts'

export type Suggestions = OutputOf<typeof suggestForCase>

/** “楼道灯、不亮”，把握 93%. */
export function matterWhy({ why, share }: Suggestions['matters'][number]): string {
  const sure = share === null ? '' : say(words.sure, { percent: Math.min(99, Math.floor(share * 100)) })
  return [why === '' ? '' : say(words.wordsSay, { words: why }), sure]
    .filter((part) => part !== '')
    .join(say(words.comma))
}

/** The line of the duty list, what was decided, and who handled alike cases. */
export function organisationWhy({ why, handled, precedent }: Suggestions['organisations'][number]): string {
  return [
    precedent ? say(words.decided, { reason: precedent.reason }) : '',
    why === '' ? '' : say(words.dutyLine, { why }),
    handled > 0 ? say(words.handledBefore, { n: handled }) : '',
  ]
    .filter((part) => part !== '')
    .join(say(words.comma))
}
