/** What a form of an act is made of, and how its values become the body of the call. */
import type { Bilingual } from '../../../lib/language.ts'
import { endOfDay } from '../../../lib/time.ts'
import type { Act, CaseRefusal, CaseView } from '../contract.ts'

export type FieldValue = string | boolean | readonly string[]
export type Values = Readonly<Record<string, FieldValue>>

export type FieldInput =
  | { readonly kind: 'words'; readonly rows?: number }
  | {
      readonly kind: 'choice'
      readonly options: readonly { readonly value: string; readonly label: Bilingual }[]
    }
  | { readonly kind: 'yes-no'; readonly yes: Bilingual; readonly no: Bilingual }
  /** A day after today. As an `instant` it becomes the end of that day. */
  | { readonly kind: 'day'; readonly instant?: boolean }
  /** A day not later than today, as it stands on a letter. */
  | { readonly kind: 'past-day' }
  /** A moment, not later than now. */
  | { readonly kind: 'time' }
  | { readonly kind: 'photos' }
  | { readonly kind: 'matter' }
  | { readonly kind: 'area' }
  | { readonly kind: 'organisation' }
  | { readonly kind: 'colleague' }
  | { readonly kind: 'parent' }

export interface ActField {
  readonly key: string
  readonly label: Bilingual
  readonly input: FieldInput
  readonly help?: Bilingual
  readonly optional?: boolean
  /** Stands in the form only then. */
  readonly when?: (values: Values, view: CaseView) => boolean
  readonly initial?: (view: CaseView) => FieldValue
  /** Only decides which other fields stand in the form. */
  readonly unsent?: true
}

export interface ActForm {
  readonly act: Act
  readonly fields: readonly ActField[]
  readonly button: (values: Values) => Bilingual
  /** Told above the fields: what this will change, who decides. */
  readonly note?: (values: Values, view: CaseView) => Bilingual | undefined
  readonly danger?: boolean
  /** Which field a refusal stands beside; any other is told under the form. */
  readonly beside?: Partial<Record<CaseRefusal, string>>
}

export const fieldsShown = (form: ActForm, values: Values, view: CaseView): readonly ActField[] =>
  form.fields.filter((field) => field.when?.(values, view) !== false)

export function startingValues(form: ActForm, view: CaseView): Values {
  return Object.fromEntries(
    form.fields.map((field) => {
      const empty: FieldValue = field.input.kind === 'photos' ? [] : ''
      return [field.key, field.initial?.(view) ?? empty]
    }),
  )
}

/** Keys of the fields that still have to be filled in. */
export const missing = (fields: readonly ActField[], values: Values): readonly string[] =>
  fields
    .filter((field) => {
      const value = values[field.key]
      if (field.optional) return false
      return typeof value === 'string' ? value.trim() === '' : value === undefined
    })
    .map((field) => field.key)

/** The body of the call: what is shown and filled in. Days and moments are those of the street, UTC+8. */
export function bodyOf(fields: readonly ActField[], values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const { key, input, unsent } of fields) {
    const value = values[key]
    if (unsent || value === undefined || value === '' || (typeof value === 'object' && value.length === 0))
      continue
    if (typeof value !== 'string') body[key] = value
    else if (input.kind === 'day' && input.instant) body[key] = endOfDay(value).toISOString()
    else if (input.kind === 'time') body[key] = new Date(`${value}:00+08:00`).toISOString()
    else if (value.trim() !== '') body[key] = value.trim()
  }
  return body
}
