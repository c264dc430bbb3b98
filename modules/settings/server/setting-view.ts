/** Settings and their changes as the screens see them. */
import type { StreetSetting } from '../../../lib/setting.ts'
import { settingGroups } from '../../../lib/setting.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { ChangeView, SettingView } from '../contract.ts'
import { changeInForce, changesToCome, inOrder, type SettingChange } from '../rules/what-counts.ts'
import { type ValueSchema, whatIsWrong } from '../rules/what-is-wrong.ts'

/** Names of accounts by id. */
export type People = ReadonlyMap<string, string>

export interface Viewing {
  readonly actor: Actor
  readonly at: Date
  readonly people: People
}

const mayChange = (actor: Actor): boolean => actor.roles.includes('system-admin')

const byOf = (accountId: string, people: People) => ({ accountId, name: people.get(accountId) ?? null })

/** What a change makes count; the fallback where it goes back to it, or where it no longer fits the schema. */
function counting(
  setting: StreetSetting,
  change: SettingChange | undefined,
): { value: unknown; isDefault: boolean } {
  if (change === undefined || change.act === 'reset') return { value: setting.fallback, isDefault: true }
  const fits = whatIsWrong(setting.schema as ValueSchema, change.value).length === 0
  return fits ? { value: change.value, isDefault: false } : { value: setting.fallback, isDefault: true }
}

export function settingView(
  setting: StreetSetting,
  changes: readonly SettingChange[],
  { actor, at, people }: Viewing,
): SettingView {
  const now = changeInForce(changes, at)
  return {
    key: setting.key,
    group: setting.group,
    groupWords: settingGroups[setting.group],
    words: setting.words,
    help: setting.help,
    unit: setting.unit ?? null,
    schema: setting.schema,
    labels: { ...setting.labels },
    ...counting(setting, now),
    fallback: setting.fallback,
    since: now?.from.toISOString() ?? null,
    by: now ? byOf(now.changedBy, people) : null,
    coming: changesToCome(changes, at).map((change) => ({
      ...counting(setting, change),
      from: change.from.toISOString(),
    })),
    can: { change: mayChange(actor) },
  }
}

export function historyOf(
  setting: StreetSetting,
  changes: readonly SettingChange[],
  { actor, at, people }: Viewing,
): ChangeView[] {
  const now = changeInForce(changes, at)
  const standingOf = (change: SettingChange): ChangeView['standing'] => {
    if (change.undone) return 'undone'
    if (change.id === now?.id) return 'in-force'
    return change.from > at ? 'coming' : 'past'
  }
  return inOrder(changes).map((change) => ({
    id: change.id,
    act: change.act,
    value: change.act === 'reset' ? setting.fallback : change.value,
    from: change.from.toISOString(),
    changedAt: change.changedAt.toISOString(),
    by: byOf(change.changedBy, people),
    undone: change.undone && { at: change.undone.at.toISOString(), by: byOf(change.undone.by, people) },
    standing: standingOf(change),
    // What is past has been worked by; undoing it would change nothing but the story.
    can: { undo: mayChange(actor) && ['in-force', 'coming'].includes(standingOf(change)) },
  }))
}

/** Whoever the views name. */
export const peopleIn = (changes: Iterable<SettingChange>): string[] => [
  ...new Set(
    [...changes].flatMap(({ changedBy, undone }) => (undone ? [changedBy, undone.by] : [changedBy])),
  ),
]
