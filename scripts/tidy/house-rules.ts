import type { Finding } from './banned-concepts.ts'

const maxLines = 400

/** Files that may be longer, each with its reason. The list may only shrink. */
const allowedLong: Readonly<Record<string, string>> = {}

const counted = /\.(?:ts|mjs|cjs|vue|sql|css)$/

export function longFiles(files: readonly { file: string; lines: number }[]): Finding[] {
  return files
    .filter(({ file, lines }) => counted.test(file) && lines > maxLines && !(file in allowedLong))
    .map(({ file, lines }) => ({
      file,
      line: lines,
      what: `${lines} lines; more than ${maxLines} is two ideas in one file`,
    }))
}

const vagueNames = /(?:^|\/)(?:utils?|helpers?|common|base|managers?|services)\.(?:ts|mjs|vue)$/
const rules: readonly { in: RegExp; words: RegExp; what: string }[] = [
  { in: /\.(?:ts|mjs|vue|sql)$/, words: /\b(?:TODO|FIXME|XXX)\b(?!.*#\d)/, what: 'a TODO names its issue' },
  {
    in: /\.test\.ts$/,
    words: /\b(?:test|it|describe)\.(?:skip|only|todo)\b/,
    what: 'no skipped or single tests',
  },
  {
    in: /\.(?:ts|mjs|vue|md|json|sql|css|html)$|^\.ci\/run$/,
    words: /(?<![\w.}*])\/(?:home|Users|root)\/[a-z]|\/work\/(?:main|shared)/,
    what: 'no path of a machine',
  },
  { in: /\.vue$/, words: /\bv-html\b/, what: 'no v-html: text stays text' },
  {
    in: /^(?:apps|modules|ui)\/.*\.(?:ts|vue|js|html)$|^platform\/client\//,
    // Charts, maps and editors bring their own ways to take markup; a drawing that is all ours says so.
    words:
      /\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|setHTML|srcdoc|createContextualFragment|document\.write|dangerouslyUseHTMLString|allowHtml|new Function)\b(?!.*our own drawing)|\beval\(/i,
    what: 'text does not become markup or a program',
  },
]

/** This file and its test name what they forbid. */
const exempt = /^scripts\/tidy\//

export function findHouseFaults(file: string, text: string): Finding[] {
  if (exempt.test(file)) return []
  const findings: Finding[] =
    vagueNames.test(file) && !/^(?:platform|demo\/texts)\/services\.ts$/.test(file)
      ? [{ file, line: 0, what: 'a name that says nothing' }]
      : []
  text.split('\n').forEach((line, index) => {
    for (const rule of rules)
      if (rule.in.test(file) && rule.words.test(line))
        findings.push({ file, line: index + 1, what: rule.what })
  })
  return findings
}
