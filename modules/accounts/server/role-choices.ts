/** What a street's own sheets call the roles. */
import type { StaffRole } from '../../../lib/contract.ts'
import { roleNames } from '../messages.ts'
import { beginnings } from './username-maker.ts'

export const roleChoices: Readonly<Record<string, StaffRole>> = {
  ...(Object.fromEntries(
    (Object.keys(beginnings) as StaffRole[]).flatMap((role) => [
      [role, role],
      [roleNames[role].zh, role],
      [roleNames[role].en, role],
    ]),
  ) as Record<string, StaffRole>),
  专职网格员: 'grid-worker',
  网格员: 'grid-worker',
  专网格员: 'grid-worker',
  社区网格员: 'grid-worker',
  微网格长: 'micro-grid-member',
  楼栋长: 'micro-grid-member',
  社区工作者: 'clerk',
  社工: 'clerk',
  窗口: 'clerk',
  全科窗口: 'clerk',
  书记: 'secretary',
  社区党委书记: 'secretary',
  社区书记主任: 'secretary',
  派单: 'dispatcher',
  值班领导: 'duty-head',
  带班领导: 'duty-head',
  核查: 'verifier',
  督办: 'supervisor',
  办理人: 'handler',
  经办人: 'handler',
  单位联系人: 'handler',
  负责人: 'organisation-lead',
}
