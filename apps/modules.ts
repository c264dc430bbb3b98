/** The modules of this system, in dependency order. */
import { accountsModule } from '../modules/accounts/server/index.ts'
import { areasModule } from '../modules/areas/server/index.ts'
import { casesModule } from '../modules/cases/server/index.ts'
import type { ServerModule } from '../platform/http-server.ts'

export const modules: readonly ServerModule[] = [areasModule, accountsModule, casesModule]
