/** The modules of this system, in dependency order, and their jobs. */
import { accountsJobs, accountsModule } from '../modules/accounts/server/index.ts'
import { areasModule } from '../modules/areas/server/index.ts'
import { casesJobs, casesModule } from '../modules/cases/server/index.ts'
import type { JobModule } from '../platform/jobs.ts'
import { platformJobs } from '../platform/jobs-clean-up.ts'
import type { ServerModule } from '../platform/server-module.ts'

export const modules: readonly ServerModule[] = [areasModule, accountsModule, casesModule]

export const jobModules: readonly JobModule[] = [platformJobs, accountsJobs, casesJobs]
