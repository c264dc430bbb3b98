/** The text to paste back above 回填, from the source's own template. */
export const replyFields = [
  'number',
  'outsideNumber',
  'title',
  'answer',
  'outcome',
  'organisation',
  'acceptedOn',
  'answeredOn',
  'contactedOn',
] as const
export type ReplyField = (typeof replyFields)[number]

/** What the template names in braces; a fact that the case does not have yet reads as a blank to fill in by hand. */
export function replyText(template: string, facts: Readonly<Record<ReplyField, string | null>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    replyFields.some((field) => field === name) ? (facts[name as ReplyField] ?? '____') : whole,
  )
}

/** Names in braces that mean nothing here, so that a template is told so before it is used. */
export function unknownFields(template: string): string[] {
  const named = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  return [...new Set(named)].filter((name) => !replyFields.some((field) => field === name))
}
