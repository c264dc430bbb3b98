/** The extra fields that a matter asks for, as a small part of JSON Schema, and the values that a case holds. */
import { type Static, Type } from 'typebox'

/** Flat on purpose: what a desk fills in while somebody is on the phone. */
export const ExtraFields = Type.Object({
  type: Type.Literal('object'),
  /** By the Chinese name of the field, which is its title too. */
  properties: Type.Record(
    Type.String(),
    Type.Object({
      type: Type.Union([
        Type.Literal('string'),
        Type.Literal('integer'),
        Type.Literal('number'),
        Type.Literal('boolean'),
      ]),
      titleEn: Type.Optional(Type.String()),
      enum: Type.Optional(Type.Array(Type.String())),
      format: Type.Optional(Type.Literal('date')),
      maxLength: Type.Optional(Type.Integer()),
      minimum: Type.Optional(Type.Number()),
      maximum: Type.Optional(Type.Number()),
    }),
  ),
  required: Type.Array(Type.String()),
})
export type ExtraFields = Static<typeof ExtraFields>

export const ExtraValue = Type.Union([Type.String({ maxLength: 400 }), Type.Number(), Type.Boolean()])
export type ExtraValue = Static<typeof ExtraValue>

/** Values by field; which of them a matter asks for is checked by `rules/extra-fields.ts`. */
export const ExtraValues = Type.Record(Type.String({ maxLength: 60 }), ExtraValue, { maxProperties: 12 })
export type ExtraValues = Static<typeof ExtraValues>
