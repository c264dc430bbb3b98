/** The door of the command module. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { decideOnCase } from './decide-on-case.ts'
import { exportMeeting } from './export-meeting.ts'
import { getMeeting } from './get-meeting.ts'
import { getSolvedWhere, giveAreaFigure } from './get-solved-where.ts'
import { holdMeeting, keepMinutes } from './hold-meeting.ts'
import { listMeetings } from './list-meetings.ts'
import { getTemplate, listTemplates, putTemplate } from './meeting-templates.ts'
import { planMeeting } from './plan-meeting.ts'

export const commandModule: ServerModule = {
  name: 'command',
  operations: [
    listMeetings,
    planMeeting,
    getMeeting,
    decideOnCase,
    holdMeeting,
    keepMinutes,
    exportMeeting,
    listTemplates,
    getTemplate,
    putTemplate,
    getSolvedWhere,
    giveAreaFigure,
  ],
  refusals,
  words,
}
