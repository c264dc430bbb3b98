import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

/** 恢复计时: a suspended clock goes on before its day; both deadlines move by as long as it stood still. */
export const resumeCase = operation(contract.resumeCase, (call) =>
  performAct(call, 'resume', ({ row }) => {
    const { set, pausedMinutes } = runningClock(row, call.at)
    return { set, words: call.body.words, detail: { pausedMinutes }, internal: true }
  }),
)
