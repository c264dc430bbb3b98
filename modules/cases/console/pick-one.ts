/** One thing that can be picked in a searchable field. */
export interface Choice {
  readonly value: string
  readonly label: string
  /** What the field shows once it is taken, where the label alone would be ambiguous. */
  readonly whole?: string
  /** Told beside the label, in small. */
  readonly hint?: string
  /** Further words under which it is found. */
  readonly also?: string
  /** How deep it stands in a tree; 0 unless given. */
  readonly depth?: number
}

const plain = (text: string) => text.toLowerCase().replace(/\s+/g, '')

/** The choices whose words hold all that was typed; those whose label begins with it come first. */
export function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = typed.trim().split(/\s+/).map(plain).filter(Boolean)
  if (words.length === 0) return choices
  const found = choices.filter((choice) => {
    const text = plain(`${choice.label}${choice.hint ?? ''}${choice.also ?? ''}`)
    return words.every((word) => text.includes(word))
  })
  const first = words[0] ?? ''
  const begins = (choice: Choice) => plain(choice.label).startsWith(first)
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))]
}
