/** Chinese text as people type it, brought to one spelling for search, and the search terms of a text. */

/**
 * One spelling of a text for search and comparison: NFKC (full-width letters and digits become half-width,
 * compatibility ideographs their usual form), lower case, invisible characters dropped, white space and
 * control characters collapsed to one space, trimmed. Applying it twice changes nothing.
 */
export function normaliseText(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** Longer words (pasted links, codes) are found by their bigrams alone; a tsvector refuses very long terms. */
const longestWord = 64
const runPattern = /[\p{L}\p{N}\p{M}]+/gu
const wordPattern = /[\p{Script=Latin}\p{Nd}]+/gu

/**
 * The distinct index terms of a text: every pair of neighbouring letters or digits, Chinese or not, so that
 * '5栋' is a term of '桂花园5栋', and every whole Latin or digit word. Pairs are pairs of characters, not of
 * UTF-16 halves: 𬱖 is one. Pairs never reach across spaces or punctuation.
 */
export function bigrams(text: string): string[] {
  const normal = normaliseText(text)
  const terms = new Set<string>(pairs(normal))
  for (const [word] of normal.matchAll(wordPattern)) if (word.length <= longestWord) terms.add(word)
  return [...terms]
}

/**
 * The terms that every text containing the query holds, so that all of them may be demanded of the index and
 * the match then rechecked in the text. Whole words are left out: '138' is part of the word '13800000001'.
 * Empty when the query has no two neighbouring letters or digits; then the index cannot help.
 */
export function queryTerms(query: string): string[] {
  return [...new Set(pairs(normaliseText(query)))]
}

function* pairs(normal: string): Generator<string> {
  for (const [run] of normal.matchAll(runPattern)) {
    const characters = [...run]
    for (let i = 0; i + 1 < characters.length; i++) yield `${characters[i]}${characters[i + 1]}`
  }
}

/** The text with LIKE's own characters (backslash, percent, underscore) escaped by a backslash. */
export function likeEscape(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

const chineseDigits = '零一二三四五六七八九'
const spellings: Readonly<Record<string, string>> = { 〇: '零', 两: '二', 廿: '二十', 卅: '三十' }

/**
 * Reads a small number: '十' 10, '二十三' 23, '一百零五' 105, '两' 2, '廿三' 23, digit by digit '一〇二' 102, or
 * Arabic digits of either width. Undefined when it is none, or beyond 9,999.
 */
export function chineseNumber(text: string): number | undefined {
  const plain = [...text.normalize('NFKC').trim()]
    .map((character) => spellings[character] ?? character)
    .join('')
  if (/^\d{1,4}$/.test(plain)) return Number(plain)
  if (/^[零一二三四五六七八九]{1,4}$/.test(plain))
    return Number([...plain].map((character) => chineseDigits.indexOf(character)).join(''))
  return readPlaces(plain)
}

/** 千, 百, 十 and ones in falling order; a leading 十 means 一十. */
function readPlaces(text: string): number | undefined {
  const places =
    /^(?:([一二三四五六七八九])千)?零?(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?零?([一二三四五六七八九])?$/.exec(
      text,
    )
  if (!places || text === '' || /零$|零零/.test(text)) return undefined
  const [, thousands, hundreds, tens, ten, ones] = places
  const digit = (character: string | undefined) => (character ? chineseDigits.indexOf(character) : 0)
  const tenValue = ten ? digit(tens) || 1 : 0
  return digit(thousands) * 1000 + digit(hundreds) * 100 + tenValue * 10 + digit(ones)
}
