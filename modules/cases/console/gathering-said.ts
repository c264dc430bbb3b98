/** Parts of gatherings and lists in the reader's language. */
import { language, say } from '../../../ui/language.ts'
import type { Tone } from '../../../ui/tones.ts'
import { postText } from '../case-cells.ts'
import {
  type GatheringView,
  type NextStep,
  nextStepNames,
  type PublicStage,
  publicStageNames,
} from '../contract.ts'
import { words } from './gathering-screen-words.ts'

const tones: Readonly<Record<PublicStage, Tone>> = {
  noted: 'waiting',
  accepted: 'waiting',
  'under-way': 'moving',
  answered: 'answered',
  settled: 'closed',
  'long-term': 'long-term',
}
export const stageTone = (stage: PublicStage): Tone => tones[stage]
export const stageWord = (stage: PublicStage): string => say(publicStageNames[stage])

/** 已记下 2、办理中 1 */
export const stagesWords = (stages: GatheringView['stages']): string =>
  stages
    .map(({ stage, count }) => say(words.stageCount, { stage: stageWord(stage), n: count }))
    .join(language.value === 'zh' ? '、' : ', ')

export const heldByWords = ({ heldBy }: Pick<GatheringView, 'heldBy'>): string =>
  heldBy.map((by) => postText(by, language.value)).join(language.value === 'zh' ? '、' : ', ')

export const nextWord = (next: NextStep): string => say(nextStepNames[next])
