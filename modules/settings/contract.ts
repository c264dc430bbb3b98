/** settings 设置: the numbers, lists and words that a street changes itself, each change dated and undoable. */
import { type Static, Type } from 'typebox'
import {
  Day,
  defineOperation,
  Id,
  Instant,
  Nullable,
  type RefusalCatalogue,
  Words,
} from '../../lib/contract.ts'

export const refusals = {
  'settings/not-found': 404,
  'settings/value-wrong': 422,
  'settings/day-past': 422,
  'settings/nothing-changes': 409,
  'settings/undone-already': 409,
} as const satisfies RefusalCatalogue

const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() })

/** Who looks at settings: those who plan the street's work. Only the system administrator changes them. */
const readers = ['system-admin', 'secretary', 'dispatcher', 'duty-head', 'supervisor'] as const
const changers = ['system-admin'] as const

/** Who did it; without a name it was the system, or an account that is gone. */
const By = Type.Object({ accountId: Id, name: Nullable(Type.String()) })

const Coming = Type.Object({ value: Type.Unknown(), isDefault: Type.Boolean(), from: Instant })

export const SettingView = Type.Object({
  key: Type.String(),
  group: Type.String(),
  groupWords: Bilingual,
  words: Bilingual,
  help: Bilingual,
  unit: Nullable(Bilingual),
  /** JSON Schema of the value: what the form is made from. */
  schema: Type.Unknown(),
  labels: Type.Record(Type.String(), Bilingual),
  value: Type.Unknown(),
  fallback: Type.Unknown(),
  /** Nothing is set, or the street went back to what the program ships. */
  isDefault: Type.Boolean(),
  /** From when the value counts, and who set it; null for the default that nobody touched. */
  since: Nullable(Instant),
  by: Nullable(By),
  /** Changes whose day is still to come, the next first. */
  coming: Type.Array(Coming),
  can: Type.Object({ change: Type.Boolean() }),
})
export type SettingView = Static<typeof SettingView>

const ChangeView = Type.Object({
  id: Id,
  act: Words(['set', 'reset'] as const),
  /** What counted from then on; the default for a reset. */
  value: Type.Unknown(),
  from: Instant,
  changedAt: Instant,
  by: By,
  undone: Nullable(Type.Object({ at: Instant, by: By })),
  standing: Words(['in-force', 'coming', 'past', 'undone'] as const),
  can: Type.Object({ undo: Type.Boolean() }),
})
export type ChangeView = Static<typeof ChangeView>

const KeyParams = Type.Object(
  { key: Type.String({ minLength: 3, maxLength: 100 }) },
  { additionalProperties: false },
)

const Detail = Type.Object({ setting: SettingView, history: Type.Array(ChangeView) })

export const listSettings = defineOperation({
  name: 'settings.listSettings',
  method: 'GET',
  path: '/api/settings',
  summary: 'Every setting with its present value, its default and what is to come',
  who: readers,
  output: Type.Object({ items: Type.Array(SettingView) }),
})

export const getSetting = defineOperation({
  name: 'settings.getSetting',
  method: 'GET',
  path: '/api/settings/{key}',
  summary: 'One setting with the history of its changes, the latest first',
  who: readers,
  params: KeyParams,
  output: Detail,
  refusals: ['settings/not-found'],
})

const FromDay = Type.Optional(Day)

export const changeSetting = defineOperation({
  name: 'settings.changeSetting',
  method: 'POST',
  path: '/api/settings/{key}/change',
  summary: 'Sets a value, at once or from the beginning of a coming day',
  who: changers,
  params: KeyParams,
  body: Type.Object({ value: Type.Unknown(), fromDay: FromDay }, { additionalProperties: false }),
  output: Detail,
  refusals: ['settings/not-found', 'settings/value-wrong', 'settings/day-past', 'settings/nothing-changes'],
})

export const resetSetting = defineOperation({
  name: 'settings.resetSetting',
  method: 'POST',
  path: '/api/settings/{key}/reset',
  summary: 'Goes back to what the program ships, at once or from the beginning of a coming day',
  who: changers,
  params: KeyParams,
  body: Type.Object({ fromDay: FromDay }, { additionalProperties: false }),
  output: Detail,
  refusals: ['settings/not-found', 'settings/day-past', 'settings/nothing-changes'],
})

export const undoChange = defineOperation({
  name: 'settings.undoChange',
  method: 'POST',
  path: '/api/settings/{key}/undo',
  summary: 'Undoes one change: from now on it is as if it had not been made',
  who: changers,
  params: KeyParams,
  body: Type.Object({ changeId: Id }, { additionalProperties: false }),
  output: Detail,
  refusals: ['settings/not-found', 'settings/undone-already'],
})

const SignalState = Words(['ok', 'warn', 'fail'] as const)
export const signalKeys = [
  'database',
  'disk',
  'backup',
  'jobs',
  'outbox',
  'seals',
  'requests',
  'files',
  'memory',
] as const
export type SignalKey = (typeof signalKeys)[number]

const InstallationSignal = Type.Object({
  key: Words(signalKeys),
  state: SignalState,
  /** Figures by name: bytes, seconds, counts and shares from 0 to 1; texts only where they name a place. */
  facts: Type.Record(Type.String(), Nullable(Type.Union([Type.Number(), Type.String()]))),
})
export type InstallationSignal = Static<typeof InstallationSignal>

export const seeInstallation = defineOperation({
  name: 'settings.seeInstallation',
  method: 'GET',
  path: '/api/installation',
  summary:
    'How the installation fares: database, disk, backup, jobs, seals, answers, and what the doctor finds',
  who: changers,
  output: Type.Object({
    at: Instant,
    /** Null where this server does not watch itself. */
    installation: Nullable(
      Type.Object({
        version: Type.String(),
        startedAt: Instant,
        signals: Type.Array(InstallationSignal),
        /** Null: the doctor could not look. */
        findings: Nullable(
          Type.Array(Type.Object({ check: Type.String(), state: SignalState, words: Bilingual })),
        ),
      }),
    ),
  }),
})

export const getWords = defineOperation({
  name: 'settings.getWords',
  method: 'GET',
  path: '/api/words',
  summary: 'The words that this street uses instead of those that the program ships',
  who: 'signed-in',
  output: Type.Object({
    /** By key, such as `cases.state.pending`; only what differs. */
    words: Type.Record(Type.String(), Bilingual),
  }),
})
