/**
 * The same clocks counted the plain way, day by day from the announced list: nothing here is taken from the rules of
 * modules/cases, so that both would have to be wrong in the same manner. Instants are milliseconds.
 */
import announced from '../../modules/cases/rules/calendar-2024-2026.json' with { type: 'json' }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const east = 8 * hour

const differs = new Map(announced.exceptions.map((one) => [one.day, one.working]))

const numberOfDay = (at: number): number => Math.floor((at + east) / day)
const endOf = (number: number): number => (number + 1) * day - east - 1

function isWorked(number: number): boolean {
  const name = new Date(number * day).toISOString().slice(0, 10)
  // 1 January 1970 was a Thursday.
  const weekday = (((number + 4) % 7) + 7) % 7
  return differs.get(name) ?? (weekday >= 1 && weekday <= 5)
}

interface Span {
  readonly amount: number
  readonly unit: string
}

const inDays = (unit: string): boolean => unit === 'working-days' || unit === 'natural-days'

function firstWorked(number: number): number {
  let one = number
  while (!isWorked(one)) one++
  return one
}

function handDue(from: number, { amount, unit }: Span): number {
  if (unit === 'clock-minutes') return from + amount * minute
  if (unit === 'clock-hours') return from + amount * hour
  let number = numberOfDay(from)
  if (unit === 'natural-days') return endOf(firstWorked(number + amount))
  for (let left = amount; left > 0; ) {
    number++
    if (isWorked(number)) left--
  }
  return endOf(number)
}

export interface HandCase {
  readonly start: number
  readonly spans: { readonly response: Span; readonly finish: Span }
  responseDue: number
  due: number
  responded: boolean
  underWay: boolean
  pause: { from: number; until: number } | null
}

export function handAccept(at: number, spans: HandCase['spans']): HandCase {
  return {
    start: at,
    spans,
    responseDue: handDue(at, spans.response),
    due: handDue(at, spans.finish),
    responded: false,
    underWay: true,
    pause: null,
  }
}

/** The pause is over: both deadlines move by the whole minutes that it took, at most until its end. */
export function handMove(one: HandCase, at: number): void {
  if (one.pause === null) return
  const minutes = Math.floor((Math.min(at, one.pause.until) - one.pause.from) / minute)
  one.pause = null
  if (minutes <= 0) return
  const move = (due: number, unit: string): number => {
    const later = due + minutes * minute
    return inDays(unit) ? endOf(firstWorked(numberOfDay(later))) : later
  }
  one.responseDue = move(one.responseDue, one.spans.response.unit)
  one.due = move(one.due, one.spans.finish.unit)
}

const climbs: Readonly<Record<string, readonly [Span, Span]>> = {
  P0: [
    { amount: 15, unit: 'clock-minutes' },
    { amount: 1, unit: 'clock-hours' },
  ],
  P1: [
    { amount: 2, unit: 'clock-hours' },
    { amount: 8, unit: 'clock-hours' },
  ],
  P2: [
    { amount: 1, unit: 'working-days' },
    { amount: 3, unit: 'working-days' },
  ],
  P3: [
    { amount: 2, unit: 'working-days' },
    { amount: 5, unit: 'working-days' },
  ],
}

const warned = (one: HandCase, due: number, at: number): boolean =>
  at <= due && at >= due - Math.min((due - one.start) / 4, day)

/** What ought to have been told by now, each with the deadline that it is about. */
export function handSteps(one: HandCase, urgency: string, at: number): { step: string; due: number }[] {
  if (!one.underWay || one.pause !== null) return []
  const { due, responseDue } = one
  const [supervisor, head] = climbs[urgency] ?? []
  const told: [boolean, string, number][] = [
    [!one.responded && warned(one, responseDue, at), 'response-due-soon', responseDue],
    [!one.responded && at > responseDue, 'response-overdue', responseDue],
    [warned(one, due, at), 'due-soon', due],
    [at > due, 'overdue', due],
    [supervisor !== undefined && at > handDue(due, supervisor), 'supervisor', due],
    [head !== undefined && at > handDue(due, head), 'street-head', due],
  ]
  return told.filter(([is]) => is).map(([, step, about]) => ({ step, due: about }))
}
