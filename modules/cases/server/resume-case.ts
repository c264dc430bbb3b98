import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

/** 恢复计时: a suspended clock goes on before its day; both deadlines move by as long as it stood still. */
export const resumeCase = operation(contract.resumeCase, (call) =>
  performAct(call, 'resume', async ({ row }) => {
    const { set, pausedMinutes } = await runningClock(call, row)
    return { set, words: call.body.words, detail: { pausedMinutes }, internal: true }
  }),
)
