/** A title from the first sentence, at most 30 characters. */
export function firstWords(text: string): string {
  const sentence = text.split(/[。!?!?\n]/)[0] ?? text
  const characters = [...sentence.trim()]
  return characters.length > 30 ? `${characters.slice(0, 29).join('')}…` : characters.join('')
}
