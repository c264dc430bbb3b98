/** Which column of a sheet is which: by the names that streets use. Pure. */
import type { SheetKind } from './sheet-kind.ts'

/** One spelling of a heading: widths folded, without white space, brackets, stars and colons; lower case. */
export function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【〔][^([【〔)\]】〕]*[)\]】〕]/g, '')
    .replace(/[\s*:_\-.。、,/·]/g, '')
}

/** Where a column of the kind comes from: a column of the sheet by its index from 0, or one text for every row. */
export type ColumnSource = { readonly at: number } | { readonly fixed: string }
/** By column key. A column that is not here is not read. */
export type Matching = Readonly<Record<string, ColumnSource>>

interface Name {
  readonly key: string
  readonly name: string
}

function namesOf(kind: SheetKind): Name[] {
  return Object.entries(kind.columns).flatMap(([key, { words, synonyms }]) =>
    [words.zh, words.en, key, ...synonyms].map((name) => ({ key, name: plainHeading(name) })),
  )
}

/**
 * The columns of the kind found among the headings. An exact name wins over one that only begins or ends alike; each
 * heading and each column is used once. A joined heading of two rows (联系方式/手机) is also known by its last part.
 */
export function matchColumns(kind: SheetKind, headings: readonly string[]): Matching {
  const names = namesOf(kind)
  const found: Record<string, ColumnSource> = {}
  const used = new Set<number>()
  const take = (fits: (heading: string, name: Name) => boolean, spelled: (heading: string) => string) => {
    // In the order of the kind's names, so that its own words come before its synonyms.
    for (const name of names) {
      if (name.key in found) continue
      const at = headings.findIndex((heading, index) => !used.has(index) && fits(spelled(heading), name))
      if (at < 0) continue
      found[name.key] = { at }
      used.add(at)
    }
  }
  const exact = (heading: string, { name }: Name) => heading === name
  take(exact, plainHeading)
  take(exact, (heading) => plainHeading(heading.split('/').at(-1) ?? ''))
  // 所属网格或单位 is either of the two.
  take((heading, { name }) => heading.split(/[或和及与]/).includes(name), plainHeading)
  take(
    (heading, { name }) => name.length >= 2 && heading.length <= name.length + 4 && heading.endsWith(name),
    plainHeading,
  )
  return found
}

/** How many of the kind's columns a line of headings names; required ones count more. */
export function headingScore(kind: SheetKind, headings: readonly string[]): number {
  return Object.keys(matchColumns(kind, headings))
    .map((key) => (kind.columns[key]?.required ? 3 : 2))
    .reduce((sum: number, each) => sum + each, 0)
}

/** The same headings in the same order have the same fingerprint, whatever their widths and spaces. */
export function headingPrint(headings: readonly string[]): string {
  return headings.map(plainHeading).join('|').slice(0, 2_000)
}
