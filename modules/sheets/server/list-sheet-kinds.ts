import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { mayBringIn, mayConfirm, sheetKinds } from './sheet-kinds.ts'

export const listSheetKinds = operation(contract.listSheetKinds, async ({ actor }) => ({
  items: sheetKinds
    .filter((kind) => mayBringIn(actor, kind))
    .map((kind) => ({
      kind: kind.kind,
      words: { ...kind.words },
      help: { ...kind.help },
      sources: (kind.sources ?? []).map(({ value, words }) => ({ value, words: { ...words } })),
      mayConfirm: mayConfirm(actor, kind),
      confirmedBy: [...(kind.confirmedBy ?? kind.who)],
      columns: Object.entries(kind.columns).map(([key, column]) => ({
        key,
        words: { ...column.words },
        required: column.required,
        requiredWith: column.requiredWith ?? null,
        help: column.help ? { ...column.help } : null,
        choices: [...(column.choices ?? [])],
      })),
    })),
}))
