/** The modules of this system, in dependency order, and their jobs. */
import { accountsJobs, accountsModule, displayNames, staffOfAreas } from '../modules/accounts/server/index.ts'
import { areasJobs, areasModuleWith } from '../modules/areas/server/index.ts'
import { casesJobs, casesModule, linkOfCase, phoneOfReporter } from '../modules/cases/server/index.ts'
import { commandModule } from '../modules/command/server/index.ts'
import { messagesJobs, messagesModule } from '../modules/messages/server/index.ts'
import { peopleModule, phoneOfPerson } from '../modules/people/server/index.ts'
import { pointsJobs, pointsModule } from '../modules/points/server/index.ts'
import { phoneOfParty, safetyJobs, safetyModule } from '../modules/safety/server/index.ts'
import { settingsModule } from '../modules/settings/server/index.ts'
import { sheetsJobs, sheetsModule } from '../modules/sheets/server/index.ts'
import { volunteeringJobs, volunteeringModule } from '../modules/volunteering/server/index.ts'
import { fileJobs } from '../platform/files-clean-up.ts'
import type { JobModule } from '../platform/jobs.ts'
import { platformJobs } from '../platform/jobs-clean-up.ts'
import { sealJobs } from '../platform/seals-jobs.ts'
import type { ServerModule } from '../platform/server-module.ts'

const working: readonly ServerModule[] = [
  areasModuleWith(staffOfAreas),
  accountsModule,
  messagesModule,
  peopleModule,
  casesModule,
  sheetsModule,
  pointsModule,
  volunteeringModule,
  safetyModule,
  commandModule,
]

/** Settings stand above all; the modules below bring theirs. */
export const modules: readonly ServerModule[] = [settingsModule(working, displayNames), ...working]

export const jobModules: readonly JobModule[] = [
  platformJobs,
  sealJobs,
  fileJobs,
  areasJobs,
  accountsJobs,
  messagesJobs({
    case: { phone: phoneOfReporter, link: linkOfCase },
    person: { phone: phoneOfPerson },
    'mediation-party': { phone: phoneOfParty },
  }),
  casesJobs,
  sheetsJobs,
  pointsJobs,
  volunteeringJobs,
  safetyJobs,
]
