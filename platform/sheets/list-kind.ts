/** What a module says of a list that goes out into a street's own template. */
import type { TSchema } from 'typebox'
import { type OperationContract, roles, type StaffRole } from '../../lib/contract.ts'
import type { Bilingual, Language } from '../../lib/language.ts'
import type { Call } from '../operation.ts'

/** For lists that every staff member sees anyway. */
export const staffRoles: readonly StaffRole[] = roles.filter((role) => role !== 'resident')

export interface ListField {
  readonly key: string
  /** A template names a field by either word or by its key. */
  readonly words: Bilingual
}

/** A number stays a number in the sheet, so that a template's own sums work. */
export type ListRow = Readonly<Record<string, string | number>>

export interface ListKind {
  /** Kebab-case, unique: 'cases'. */
  readonly list: string
  readonly words: Bilingual
  readonly who: readonly StaffRole[]
  readonly fields: readonly ListField[]
  /** The same filters as the list on the screen. */
  readonly filters: TSchema
  /** The rows that the actor sees under these filters, in the list's order, as they come. */
  rows(call: Call<OperationContract>, filters: unknown, language: Language): AsyncIterable<ListRow>
}
