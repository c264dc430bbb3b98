import { type Static, Type } from 'typebox'
import { Nullable, roles, Words } from '../../lib/contract.ts'

/** Somebody by post, never by name: 天桥社区 · 全科社工. Screens put the role into words; `place` is an area or organisation. */
export const ByPost = Type.Object({
  role: Words([...roles, 'system'] as const),
  place: Nullable(Type.String()),
})
export type ByPost = Static<typeof ByPost>
