/**
 * A pass over XML as spreadsheets write it: elements and texts, nothing else. There is no expansion of entities beyond
 * the five of XML and numbers, no DTD, no outside reference: what is not understood is left out.
 */

export interface XmlElement {
  /** Without its prefix: `x:row` is `row`. */
  readonly name: string
  /** The raw text of its attributes; read one with `attribute`. */
  readonly attributes: string
  /** `<row/>` */
  readonly closed: boolean
}

/** Calls back in the order of the text; `text` comes with entities resolved. `false` from `open` ends the pass. */
export function scanXml(
  xml: string,
  on: {
    // biome-ignore lint/suspicious/noConfusingVoidType: a handler that answers nothing goes on
    open(element: XmlElement): false | void
    close(name: string): void
    text(text: string): void
  },
): void {
  let at = 0
  for (;;) {
    const start = xml.indexOf('<', at)
    if (start < 0) return
    if (start > at) on.text(unescapeXml(xml.slice(at, start)))
    const next = xml.charCodeAt(start + 1)
    if (next === 33 /* ! */) {
      at = skipDeclaration(xml, start, on)
      if (at < 0) return
      continue
    }
    const end = xml.indexOf('>', start)
    if (end < 0) return
    at = end + 1
    if (next === 63 /* ? */) continue
    if (next === 47 /* / */) {
      on.close(localName(xml.slice(start + 2, end).trim()))
      continue
    }
    const closed = xml.charCodeAt(end - 1) === 47
    const inside = xml.slice(start + 1, closed ? end - 1 : end)
    const space = inside.search(/\s/)
    const element = {
      name: localName(space < 0 ? inside : inside.slice(0, space)),
      attributes: space < 0 ? '' : inside.slice(space),
      closed,
    }
    if (on.open(element) === false) return
    if (closed) on.close(element.name)
  }
}

/** Comments are skipped, CDATA is text, a DTD is skipped as a whole. Returns where to go on, or -1. */
function skipDeclaration(xml: string, start: number, on: { text(text: string): void }): number {
  if (xml.startsWith('<!--', start)) return after(xml, '-->', start)
  if (xml.startsWith('<![CDATA[', start)) {
    const end = xml.indexOf(']]>', start)
    if (end < 0) return -1
    on.text(xml.slice(start + 9, end))
    return end + 3
  }
  return after(xml, '>', start)
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const patterns = new Map<string, RegExp>()

/** The value of one attribute, its entities resolved. */
export function attribute(attributes: string, name: string): string | undefined {
  let pattern = patterns.get(name)
  if (pattern === undefined) {
    pattern = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    patterns.set(name, pattern)
  }
  const found = pattern.exec(attributes)
  return found ? unescapeXml(found[1] ?? found[2] ?? '') : undefined
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/g,
    (_, hex, digits, name) => {
      if (name !== undefined) return named[name] ?? ''
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
      return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '�' : String.fromCodePoint(code)
    },
  )
}

/** Text for an element or an attribute; characters that XML does not know are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[character]};`)
}
