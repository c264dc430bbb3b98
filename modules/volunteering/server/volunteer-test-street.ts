/** A community that serves: an organisation with its committee, volunteers who sign in, and activities to come. */
import type { OutputOf } from '../../../lib/contract.ts'
import { inTransaction, openPool } from '../../../platform/db.ts'
import { filesModule } from '../../../platform/files.ts'
import { runJob } from '../../../platform/jobs.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { insertAccounts, openSession } from '../../accounts/server/index.ts'
import { registerMyself, registerPerson } from '../../people/contract.ts'
import { peopleModule } from '../../people/server/index.ts'
import { pointsModule } from '../../points/server/index.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'
import { volunteeringJobs, volunteeringModule } from './index.ts'

export interface TestPerson {
  id: string
  client: TestClient
}

export interface VolunteerStreet extends TestStreets {
  groupId: string
  committeeId: string
  /** The same browser for the same user name, so that nobody signs in twice. */
  by(username: string): Promise<TestClient>
  /** A resident of c1 with an account, registered by themselves; a volunteer unless told otherwise. */
  resident(name: string, more?: { joins?: boolean; birthOn?: string; phone?: string }): Promise<TestPerson>
  /** Somebody of the register without an account. */
  registered(name: string, more?: object): Promise<string>
  /** Open, for two hours from `startsIn` minutes on; `more` replaces parts of the plan. */
  activity(more?: object): Promise<contract.ActivityView>
  /** Signed up, came and left by code after `minutes`; the clock goes on with them. */
  serve(
    activity: contract.ActivityView,
    people: readonly TestPerson[],
    minutes?: number,
    /** The phone that all of them hold; left out, each has a phone of their own. */
    device?: string,
  ): Promise<contract.SessionView[]>
  /** The code on the board now. */
  code(shiftId: string): Promise<string>
  /** A new photo, sent by this person. */
  photo(client: TestClient): Promise<string>
  /** Moves the clock by so many minutes. */
  pass(minutes: number): void
  minutesAgo(minutes: number): string
  /** What became of each row, in their order. */
  confirm(
    client: TestClient,
    ids: readonly string[],
  ): Promise<OutputOf<typeof contract.confirmHours>['items']>
  /** The clerk of c1 enters what is due now. */
  enter(): Promise<OutputOf<typeof contract.enterHours>>
  /** A sheet by the clerk of c1 for an hour of service that ended ten minutes ago; `more` replaces parts of its rows. */
  sheet(
    activity: contract.ActivityView,
    people: readonly string[],
    more?: object,
  ): Promise<OutputOf<typeof contract.recordSheet>['items']>
  /** One of a person's own records as they see it. */
  sessionOf(who: TestPerson, id: string): Promise<contract.SessionView | undefined>
  /** Runs a job of volunteering in this street at the time of the clock, with the rights that a worker has. */
  job(task: string): Promise<void>
}

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

export async function startVolunteerStreet(): Promise<VolunteerStreet> {
  const t = await startTestStreets({ modules: [filesModule, peopleModule, pointsModule, volunteeringModule] })
  const clients = new Map<string, TestClient>()
  const by = async (username: string) => {
    const known = clients.get(username) ?? (await t.as(username))
    clients.set(username, known)
    return known
  }
  const areaId = t.street.areaId('c1')
  const make = async (kind: contract.GroupKind, name: string) =>
    (
      await (
        await by('clerk-c1')
      ).call(contract.createGroup, {
        body: { areaId, kind, name, head: '甲乙', phone: '023-67890000' },
      })
    ).body.id
  const groupId = await make('organisation', '天桥志愿服务站')
  const committeeId = await make('committee', '天桥居务监督委员会')
  let phones = 0
  const nextPhone = () => {
    phones += 1
    return `1371111${String(phones).padStart(4, '0')}`
  }
  const pass = (minutes: number) => t.clock.moveTo(new Date(t.clock.now().getTime() + minutes * 60_000))
  const inMinutes = (minutes: number) => new Date(t.clock.now().getTime() + minutes * 60_000).toISOString()

  const minutesAgo = (minutes: number) => inMinutes(-minutes)
  const photo: VolunteerStreet['photo'] = async (client) => {
    const form = new FormData()
    form.set('file', new Blob([onePixel], { type: 'image/png' }), 'sheet.png')
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, 'idempotency-key': crypto.randomUUID() }
    const reply = await fetch(`${t.baseUrl}/api/files`, { method: 'POST', headers, body: form })
    return ((await reply.json()) as { id: string }).id
  }

  const code = async (shiftId: string) =>
    (await (await by('clerk-c1')).call(contract.getSiteCode, { params: { id: shiftId } })).body.code

  return {
    ...t,
    groupId,
    committeeId,
    by,
    pass,
    code,
    async resident(name, { joins = true, birthOn = '1980-01-01', phone = nextPhone() } = {}) {
      const accountId = crypto.randomUUID()
      const limits = { idleMinutes: 5_000_000, absoluteMinutes: 5_000_000 }
      const token = await inTransaction(t.pool, { actor: undefined }, async (tx) => {
        const account = { id: accountId, kind: 'resident' as const, phone }
        await insertAccounts(tx, t.services.keys, t.street.streetId, t.clock.now(), [account])
        return openSession(tx, { accountId, streetId: t.street.streetId, limits, at: t.clock.now() })
      })
      const client = t.client()
      client.cookies.set('linli', token)
      const made = await client.call(registerMyself, { body: { areaId, name, birthOn } })
      if (made.status !== 201) throw new Error(`registering was refused: ${JSON.stringify(made.body)}`)
      if (joins) {
        const joined = await client.call(contract.joinAsVolunteer, {
          body: { groupId, interests: ['elder-care'] },
        })
        if (joined.status !== 201) throw new Error(`joining was refused: ${JSON.stringify(joined.body)}`)
      }
      return { id: made.body.id, client }
    },
    async registered(name, more = {}) {
      const body = { areaId, name, phone: nextPhone(), birthOn: '1950-01-01', ...more }
      const made = await (await by('clerk-c1')).call(registerPerson, { body })
      if (made.status !== 201) throw new Error(`registering was refused: ${JSON.stringify(made.body)}`)
      return made.body.id
    },
    async activity(more = {}) {
      const clerk = await by('clerk-c1')
      const body = {
        areaId,
        groupId,
        kind: 'elder-care',
        title: '敬老理发',
        content: '为老人理发',
        placeText: '天桥社区活动室',
        risk: 'ordinary' as const,
        shifts: [{ startsAt: inMinutes(10), endsAt: inMinutes(130), places: 10 }],
        ...more,
      }
      const plan = await clerk.call(contract.planActivity, { body })
      if (plan.status !== 201) throw new Error(`planning was refused: ${JSON.stringify(plan.body)}`)
      const open = await clerk.call(contract.openActivity, { params: { id: plan.body.id }, body: {} })
      if (open.status !== 200) throw new Error(`opening was refused: ${JSON.stringify(open.body)}`)
      return open.body
    },
    async serve(activity, people, minutes = 120, device) {
      const params = { id: activity.shifts[0]?.id ?? '' }
      const mark = device === undefined ? {} : { device }
      for (const { client } of people) await client.call(contract.signUp, { params, body: {} })
      pass(10)
      for (const { client } of people)
        await client.call(contract.arrive, { params, body: { code: await code(params.id), ...mark } })
      pass(minutes)
      const left: contract.SessionView[] = []
      for (const { client } of people) {
        const reply = await client.call(contract.leave, {
          params,
          body: { code: await code(params.id), ...mark },
        })
        if (reply.status !== 200) throw new Error(`leaving was refused: ${JSON.stringify(reply.body)}`)
        left.push(reply.body)
      }
      return left
    },
    photo,
    minutesAgo,
    confirm: async (client, ids) =>
      (await client.call(contract.confirmHours, { body: { ids: [...ids] } })).body.items,
    enter: async () => (await (await by('clerk-c1')).call(contract.enterHours, { body: {} })).body,
    async sheet(activity, people, more = {}) {
      const clerk = await by('clerk-c1')
      const times = { startedAt: minutesAgo(70), endedAt: minutesAgo(10), ...more }
      const rows = people.map((personId) => ({ personId, ...times }))
      const body = { photoId: await photo(clerk), rows }
      return (await clerk.call(contract.recordSheet, { params: { id: activity.id }, body })).body.items
    },
    sessionOf: async (who, id) =>
      (await who.client.call(contract.getMyService)).body.sessions.find((row) => row.id === id),
    async job(task) {
      const job = volunteeringJobs.jobs.find((one) => one.task === task)
      if (!job) throw new Error(`${task} is no job of volunteering`)
      const queued = { street: t.street.streetId, payload: {} } as Parameters<typeof runJob>[2]
      const pool = openPool(t.database.workerUrl, 1, 'linli-test-worker')
      try {
        await runJob({ pool, services: t.services }, job, queued, t.clock.now())
      } finally {
        await pool.end()
      }
    },
  }
}
