/** Every operation of every module, read from the contracts themselves: nobody keeps a list. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modules } from '../../apps/modules.ts'
import type { OperationContract } from '../../lib/contract.ts'
import { eventsModule } from '../../platform/events.ts'
import { filesModule } from '../../platform/files.ts'
import type { ServerModule } from '../../platform/server-module.ts'

const modulesFolder = fileURLToPath(new URL('../../modules', import.meta.url))

/** Everything that is served under /api, as the server is put together. */
export const servedModules: readonly ServerModule[] = [filesModule, eventsModule(), ...modules]

/** Anything that a contract file gives out and that looks like an operation, listed in `operations` or not; and what routes of their own serve. */
export async function allContracts(): Promise<OperationContract[]> {
  const found = new Map<string, OperationContract>()
  for (const module of readdirSync(modulesFolder).sort()) {
    const file = join(modulesFolder, module, 'contract.ts')
    if (!existsSync(file)) continue
    const exported = (await import(file)) as Record<string, unknown>
    const listed = Array.isArray(exported.operations) ? exported.operations : []
    for (const one of [...listed, ...Object.values(exported)]) if (isContract(one)) found.set(one.name, one)
  }
  for (const { rawOperations = [] } of servedModules)
    for (const { contract } of rawOperations) found.set(contract.name, contract)
  return [...found.values()]
}

function isContract(value: unknown): value is OperationContract {
  return (
    typeof value === 'object' &&
    value !== null &&
    'method' in value &&
    'path' in value &&
    'who' in value &&
    'name' in value
  )
}
