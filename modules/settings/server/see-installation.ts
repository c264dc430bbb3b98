import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'

/** How the machine fares under all streets on it: its figures name no street's content and no person. */
export const seeInstallation = operation(contract.seeInstallation, async ({ services, at }) => {
  const seen = await services.installation?.look()
  return {
    at: at.toISOString(),
    installation: seen
      ? {
          version: seen.version,
          startedAt: seen.startedAt.toISOString(),
          signals: seen.signals.map(({ key, state, facts }) => ({ key, state, facts: { ...facts } })),
          findings:
            seen.findings?.map(({ check, state, zh, en }) => ({ check, state, words: { zh, en } })) ?? null,
        }
      : null,
  }
})
