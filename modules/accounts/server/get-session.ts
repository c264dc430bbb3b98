import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { sessionView } from './session-view.ts'

export const getSession = operation(contract.getSession, ({ tx, services, actor, at }) =>
  sessionView(tx, services, actor, at),
)
