/** The door of the cases module. */
import type { ServerModule } from '../../../platform/http-server.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { acceptCase } from './accept-case.ts'
import { countCases } from './count-cases.ts'
import { fileCase } from './file-case.ts'
import { getCase } from './get-case.ts'
import { listCases } from './list-cases.ts'
import { listMatters } from './list-matters.ts'

export { insertCatalogue } from './insert-catalogue.ts'

export const casesModule: ServerModule = {
  name: 'cases',
  operations: [listMatters, fileCase, listCases, getCase, countCases, acceptCase],
  refusals,
  words,
}
