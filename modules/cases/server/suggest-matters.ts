/** Which matter a text speaks of: by the words of the catalogue and by the text model, with the reason. */
import type { Message } from '../../../lib/text-model/text-grams.ts'
import { classify, wordsFor } from '../../../lib/text-model/text-model.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Services } from '../../../platform/services.ts'
import { blendMatters } from '../rules/suggest-blend.ts'
import { suggestMatter } from '../rules/suggest-matter.ts'
import type { MatterRow } from './matter-store.ts'
import type { Names } from './names.ts'
import { type ModelInUse, modelInUse } from './suggest-model-store.ts'

export interface MatterGuess {
  readonly matter: MatterRow
  /** Null where only words of the catalogue matched. */
  readonly share: number | null
  readonly words: readonly string[]
}

export interface MatterGuesses {
  readonly guesses: readonly MatterGuess[]
  readonly inUse: ModelInUse
}

interface Asking {
  readonly tx: Tx
  readonly actor: { readonly streetId: number }
  readonly services: Services
}

const likeliest = 8

/** The best first, at most `limit`; of matters that are in force now. */
export async function guessMatters(
  { tx, actor, services }: Asking,
  message: Message,
  names: Names,
  limit = 5,
): Promise<MatterGuesses> {
  const inUse = await modelInUse(tx, actor.streetId, services.filesFolder)
  const words = suggestMatter(
    `${message.title} ${message.text}`,
    names.matters.inOrder.map((matter) => ({
      key: matter.code,
      nameZh: matter.name,
      residentWords: matter.resident_words ?? '',
      keywords: matter.keywords,
      shownToResidents: matter.local_extension,
    })),
    limit,
  )
  const guessed = classify(inUse.model, message, likeliest)
    .filter(({ label }) => names.matters.byCode.has(label))
    .map(({ label, share }) => ({ key: label, share }))
  const guesses = blendMatters(words, guessed, limit).flatMap(({ key, share, matchedWords }) => {
    const matter = names.matters.byCode.get(key)
    const said = matchedWords.length > 0 ? matchedWords : wordsFor(inUse.model, message, key)
    return matter ? [{ matter, share, words: said }] : []
  })
  return { guesses, inUse }
}
