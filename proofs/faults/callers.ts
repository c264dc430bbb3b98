/** People who read and report on and on, whatever the wire is like, and remember what they were told. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '../../lib/ids.ts'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { type Answer, type Ask, callHttp } from '../access/http-caller.ts'
import type { ProofStreet } from '../support/proof-street.ts'

export interface PeopleWhoCall {
  readonly street: ProofStreet
  /** Sessions; enough residents that no limit of changes stands in the way. */
  readonly residents: readonly string[]
  readonly readers: readonly string[]
}

export interface Told {
  readonly path: string
  readonly answer: Answer
  readonly ms: number
}

export interface Caller {
  /** A read or a report. */
  callOne(): Promise<Told>
  read(): Promise<Told>
  look(path: string): Promise<{ status: number; ms: number }>
  /** Asks again, under the same keys, for what got no answer. @returns those that are still refused */
  settle(): Promise<Told[]>
  /** Ids of all reports, answered or not. */
  filed(): readonly string[]
}

interface Report {
  readonly id: string
  readonly ask: Ask
  known: boolean
}

/** As who gave up would see it. */
const nothing: Answer = { status: 0, code: 'no-answer', text: '', body: undefined }
const patienceMs = 60_000

export function openCaller(baseUrl: string, people: PeopleWhoCall, random: SeededRandom): Caller {
  const reports: Report[] = []
  const paths = ['/api/cases?limit=20', '/api/case-counts', '/api/session']
  const ask = async (one: Ask): Promise<Told> => {
    const began = performance.now()
    const answer = await Promise.race([
      callHttp(baseUrl, one).catch(() => nothing),
      delay(patienceMs, nothing, { ref: false }),
    ])
    return { path: `${one.method} ${one.path}`, answer, ms: performance.now() - began }
  }
  const read = (path: string) => ask({ token: random.pick(people.readers), method: 'GET', path })
  const file = async (report: Report): Promise<Told> => {
    const told = await ask(report.ask)
    if (told.answer.status === 201) report.known = true
    return told
  }
  return {
    callOne: () => {
      if (random.chance(0.6)) return read(random.pick(paths))
      const report = newReport(people, random)
      reports.push(report)
      return file(report)
    },
    read: () => read('/api/cases?limit=20'),
    look: async (path) => {
      const { answer, ms } = await ask({ token: '', method: 'GET', path })
      return { status: answer.status, ms }
    },
    settle: async () => {
      const refused: Told[] = []
      for (const report of reports.filter(({ known }) => !known)) {
        const told = await file(report)
        if (!report.known) refused.push(told)
      }
      return refused
    },
    filed: () => reports.map(({ id }) => id),
  }
}

function newReport({ street, residents }: PeopleWhoCall, random: SeededRandom): Report {
  const id = newId(Date.now())
  return {
    id,
    known: false,
    ask: {
      token: random.pick(residents),
      key: randomUUID(),
      method: 'POST',
      path: '/api/cases',
      body: {
        id,
        text: '楼道的灯坏了',
        channel: 'resident-app',
        place: street.pointIn(random.pick(['c1g1m1', 'c2g1m1'])),
      },
    },
  }
}
