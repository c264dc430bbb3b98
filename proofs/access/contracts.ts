/** Every operation of every module, read from the contracts themselves: nobody keeps a list. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OperationContract } from '../../lib/contract.ts'

const modulesFolder = fileURLToPath(new URL('../../modules', import.meta.url))

/** Anything that a contract file gives out and that looks like an operation, listed in `operations` or not. */
export async function allContracts(): Promise<OperationContract[]> {
  const found = new Map<string, OperationContract>()
  for (const module of readdirSync(modulesFolder).sort()) {
    const file = join(modulesFolder, module, 'contract.ts')
    if (!existsSync(file)) continue
    const exported = (await import(file)) as Record<string, unknown>
    const listed = Array.isArray(exported.operations) ? exported.operations : []
    for (const one of [...listed, ...Object.values(exported)]) if (isContract(one)) found.set(one.name, one)
  }
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
