/** Every list that goes out into templates, gathered from the modules, and how a template names its fields. */
import type { Actor } from '../../../platform/actor.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { ListKind } from '../../../platform/sheets/list-kind.ts'
import { plainHeading } from '../../../platform/sheets/match-columns.ts'
import { accountLists } from '../../accounts/server/index.ts'
import { areaLists } from '../../areas/server/index.ts'
import { caseLists } from '../../cases/server/index.ts'

export const listKinds: readonly ListKind[] = [...caseLists, ...areaLists, ...accountLists]

export const mayExport = (actor: Actor, kind: ListKind): boolean =>
  actor.roles.some((role) => kind.who.some((one) => one === role))

/** @throws Refusal sheets/unknown-list, also for one that is not the actor's */
export function listKindFor(actor: Actor, list: string): ListKind {
  const kind = listKinds.find((one) => one.list === list)
  if (kind === undefined || !mayExport(actor, kind)) throw new Refusal('sheets/unknown-list')
  return kind
}

/** What a template may say besides the fields of its list. */
export const factFields = {
  street: { zh: '街道', en: 'Street' },
  date: { zh: '导出日期', en: 'Date' },
  by: { zh: '导出人', en: 'Exported by' },
  index: { zh: '序号', en: 'No.' },
} as const

/** The key that a name in a template stands for: a key or a word of the list's fields. */
export function fieldNamer(kind: ListKind): (name: string) => string | undefined {
  const byName = new Map(
    kind.fields.flatMap(({ key, words }) =>
      [key, words.zh, words.en].map((name) => [plainHeading(name), key] as const),
    ),
  )
  return (name) => byName.get(plainHeading(name))
}

export function factNamer(name: string): keyof typeof factFields | undefined {
  const wanted = plainHeading(name)
  return (Object.keys(factFields) as (keyof typeof factFields)[]).find((key) =>
    [key, factFields[key].zh, factFields[key].en].some((word) => plainHeading(word) === wanted),
  )
}
