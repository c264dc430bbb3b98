/** The operations of the duty roster, for the door. */
import type { Operation } from '../../../platform/operation.ts'
import { getCallChain, putCallChain } from './call-chain.ts'
import { getDutyNow, getMyDuty } from './duty-now.ts'
import { exportRoster } from './export-roster.ts'
import { getRoster, listDesks } from './get-roster.ts'
import { listHandoverNotes, readHandoverNote, writeHandoverNote } from './handover-notes.ts'
import { putShiftKinds, putShifts, removeShift, repeatShifts } from './put-shifts.ts'
import { answerSwap, askSwap, listSwaps, settleSwap } from './swap-shifts.ts'

export const rosterOperations: readonly Operation[] = [
  listDesks,
  getRoster,
  exportRoster,
  putShifts,
  repeatShifts,
  removeShift,
  putShiftKinds,
  listSwaps,
  askSwap,
  answerSwap,
  settleSwap,
  listHandoverNotes,
  writeHandoverNote,
  readHandoverNote,
  getCallChain,
  putCallChain,
  getDutyNow,
  getMyDuty,
]
