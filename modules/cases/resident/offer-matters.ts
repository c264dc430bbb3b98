/** Which matters to offer as large plain choices, so that nobody has to type or to know the catalogue. */
import type { MatterView } from '../contract.ts'

export const mostOffered = 8

const pairs = (text: string): string[] => {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2))
}

/**
 * At most eight. Those whose words share the most with the text come first; the rest is filled with the first
 * matter of each class in the catalogue's order, which is what people bring most. `chosen` always stays in sight.
 */
export function offerMatters(matters: readonly MatterView[], text: string, chosen = ''): MatterView[] {
  const said = new Set(pairs(text))
  const plain = matters.filter((matter) => matter.residentWords !== null)
  const score = (matter: MatterView) =>
    new Set(pairs(`${matter.residentWords} ${matter.name}`).filter((pair) => said.has(pair))).size
  const alike = plain
    .map((matter) => ({ matter, score: score(matter) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.matter)
  const classes = new Map<string, MatterView>()
  for (const matter of plain) if (!classes.has(matter.classCode)) classes.set(matter.classCode, matter)
  const kept = plain.filter((matter) => matter.code === chosen)
  const offered = [...new Set([...alike.slice(0, 4), ...classes.values()])].slice(0, mostOffered)
  return kept.every((matter) => offered.includes(matter))
    ? offered
    : [...kept, ...offered.slice(0, mostOffered - 1)]
}
