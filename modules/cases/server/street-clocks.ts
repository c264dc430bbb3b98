/** The numbers of a street that the rules of cases count with, at an instant: from memory, one query in seconds. */
import type { Bilingual } from '../../../lib/language.ts'
import type { Tx } from '../../../platform/db.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { undoWithinMinutes } from '../bulk-settings.ts'
import { clockSettings } from '../clock-settings.ts'
import { disputeWithinHours } from '../dispute-settings.ts'
import { ladderSettings } from '../ladder-settings.ts'
import type { DueSoonRule } from '../rules/clock.ts'
import { type ClockTable, clockLines } from '../rules/clock-defaults.ts'
import type { ActSettings } from '../rules/decide-act.ts'
import type { Ladders } from '../rules/ladder.ts'
import {
  dueSoon,
  ownKindWords,
  ownStateWords,
  rateWithinDays,
  reopenWithinDays,
  returnWithinHours,
} from '../settings.ts'
import { ownPairs } from '../street-words.ts'
import { urgencies } from '../words.ts'

/** The times for cases whose matter sets none, as `startClocks` takes them. */
export async function clockTable(tx: Tx, streetId: number, at: Date): Promise<ClockTable> {
  const lines = []
  for (const line of clockLines)
    lines.push([line, await readSetting(tx, streetId, clockSettings[line], at)] as const)
  return Object.fromEntries(lines) as unknown as ClockTable
}

export async function actSettings(tx: Tx, streetId: number, at: Date): Promise<ActSettings> {
  return {
    disputeWithinHours: await readSetting(tx, streetId, disputeWithinHours, at),
    returnWithinHours: await readSetting(tx, streetId, returnWithinHours, at),
    rateWithinDays: await readSetting(tx, streetId, rateWithinDays, at),
    reopenWithinDays: await readSetting(tx, streetId, reopenWithinDays, at),
    undoWithinMinutes: await readSetting(tx, streetId, undoWithinMinutes, at),
  }
}

export async function dueSoonRuleOf(tx: Tx, streetId: number, at: Date): Promise<DueSoonRule> {
  const { sharePercent, atMostHours } = await readSetting(tx, streetId, dueSoon, at)
  return { share: sharePercent / 100, atMostMinutes: atMostHours * 60 }
}

/** Whom late cases climb to, by urgency. */
export async function laddersOf(tx: Tx, streetId: number, at: Date): Promise<Ladders> {
  const ladders = []
  for (const urgency of urgencies)
    ladders.push([urgency, await readSetting(tx, streetId, ladderSettings[urgency], at)] as const)
  return Object.fromEntries(ladders) as unknown as Ladders
}

/** The street's own words for what a file says; a screen lays them over by itself. */
export async function ownWords(
  tx: Tx,
  streetId: number,
  at: Date,
): Promise<(shipped: Bilingual) => Bilingual> {
  const pairs = ownPairs({
    ...(await readSetting(tx, streetId, ownStateWords, at)),
    ...(await readSetting(tx, streetId, ownKindWords, at)),
  })
  return (shipped) => pairs.get(shipped) ?? shipped
}
