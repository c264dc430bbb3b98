/** Deeds of volunteering: groups, activities and who serves in them, hours and their checks, needs, wishes, certificates. */
import type { BodyOf, OutputOf } from '../../../lib/contract.ts'
import * as v from '../../../modules/volunteering/contract.ts'
import { type Caller, type Deed, found, type Hands, inDays, inHours, unique } from './hands.ts'
import { type Registered, registered, registeredResident } from './people-deeds.ts'

const clerk = 'clerk-c1'

const madeGroup = async (h: Hands, kind: v.GroupKind) => {
  const body = {
    areaId: h.street.areaId('c1'),
    kind,
    name: `志愿服务队${unique()}`,
    head: '甲乙',
    phone: '023-67890000',
  }
  return (await h.make(clerk, v.createGroup, { body })).id
}
const group = (h: Hands) => h.once('volunteer group', () => madeGroup(h, 'organisation'))

async function volunteer(h: Hands): Promise<Registered> {
  const who = await registeredResident(h)
  await h.make(who, v.joinAsVolunteer, { body: { groupId: await group(h), interests: ['elder-care'] } })
  return who
}

/** Somebody of the community's committee who does not serve themselves: whoever may say that others were there. */
const witness = (h: Hands) =>
  h.once('witness', async () => {
    const who = await registeredResident(h)
    await h.make('secretary-c1', v.setMember, {
      params: { id: await madeGroup(h, 'committee') },
      body: { personId: who.personId, part: 'member' },
    })
    return who
  })

type Plan = BodyOf<typeof v.planActivity>
async function plan(h: Hands, more: Partial<Plan> = {}): Promise<Plan> {
  return {
    areaId: h.street.areaId('c1'),
    groupId: await group(h),
    kind: 'elder-care',
    title: '敬老理发',
    content: '为老人理发',
    placeText: '社区活动室',
    risk: 'ordinary',
    shifts: [{ startsAt: inHours(0.05), endsAt: inHours(2), places: 5 }],
    ...more,
  }
}
const planned = async (h: Hands, more?: Partial<Plan>) =>
  h.make(clerk, v.planActivity, { body: await plan(h, more) })
async function open(h: Hands, more?: Partial<Plan>): Promise<v.ActivityView> {
  const { id } = await planned(h, more)
  return h.make(clerk, v.openActivity, { params: { id }, body: {} })
}
const shiftOf = (activity: v.ActivityView) => found(activity.shifts[0], 'shift').id
async function signedUp(h: Hands): Promise<{ id: string; activity: v.ActivityView; who: Registered }> {
  const who = await volunteer(h)
  const activity = await open(h)
  const id = shiftOf(activity)
  await h.make(who, v.signUp, { params: { id }, body: {} })
  return { id, activity, who }
}
const siteCode = async (h: Hands, id: string) => ({
  code: (await h.make(clerk, v.getSiteCode, { params: { id } })).code,
})
async function there(h: Hands): Promise<{ id: string; activity: v.ActivityView; who: Registered }> {
  const up = await signedUp(h)
  await h.make(up.who, v.arrive, { params: { id: up.id }, body: await siteCode(h, up.id) })
  return up
}

/** Over, and put in afterwards: what a check looks at. */
const past = (h: Hands) => open(h, { shifts: [{ startsAt: inHours(-10), endsAt: inHours(-1), places: 5 }] })
const row = (personId: string) => ({ personId, startedAt: inHours(-2), endedAt: inHours(-1.2) })
async function sheet(h: Hands, activityId: string, who: readonly string[]) {
  const body = { photoId: await h.photo(clerk), rows: who.map(row) }
  return h.make(clerk, v.recordSheet, { params: { id: activityId }, body })
}
/** Hours of one on paper, beside whom another served. */
async function hours(h: Hands) {
  const activity = await past(h)
  const [one, two] = [await volunteer(h), await volunteer(h)]
  const { items } = await sheet(h, activity.id, [one.personId, two.personId])
  const ids = items.map(({ sessionId }) => found(sessionId ?? undefined, 'hours on a sheet'))
  return { activity, one, two, ids }
}
async function objected(h: Hands): Promise<string> {
  const { ids, one } = await hours(h)
  const id = found(ids[1], 'session')
  await h.make(one, v.objectToHours, { params: { id }, body: { words: '他那天没来' } })
  return id
}
type Pattern = OutputOf<typeof v.listPatterns>['items'][number]
/** The checks that are asked for because the activity was put in after its time, and confirmed in haste. */
async function checksOf(h: Hands, activity: string): Promise<readonly Pattern[]> {
  await h.make('supervisor', v.lookForPatterns, { body: {} })
  const { items } = await h.make('supervisor', v.listPatterns)
  return items.filter(({ activityId, state }) => activityId === activity && state === 'open')
}
/** Everybody of the samples was called and had been there. */
async function called(h: Hands, activity: string): Promise<readonly string[]> {
  const checks = await checksOf(h, activity)
  for (const { id, sample } of checks)
    for (const { sessionId } of sample)
      await h.make('supervisor', v.noteCall, { params: { id }, body: { sessionId, result: 'was-there' } })
  return checks.map(({ id }) => id)
}
const cleared = { outcome: 'cleared', words: '本人说来了' } as const
async function clear(h: Hands, activity: string): Promise<void> {
  for (const id of await called(h, activity))
    await h.make('supervisor', v.settlePattern, { params: { id }, body: cleared })
}

const help = { kind: 'elder-care', words: '陪老人去医院取药', wantedText: '周三上午' }
async function need(h: Hands): Promise<{ id: string; asker: Caller }> {
  const asker = await registeredResident(h)
  return { id: (await h.make(asker, v.askHelp, { body: help })).id, asker }
}
async function taken(h: Hands): Promise<{ id: string; asker: Caller; taker: Caller }> {
  const asked = await need(h)
  const taker = await volunteer(h)
  await h.make(taker, v.actOnNeed, { params: { id: asked.id }, body: { act: 'take' } })
  await h.letPass('update volunteer_needs set taken_at = $2 where id = $1', [asked.id, inHours(-3)])
  return { ...asked, taker }
}
const served = { startedAt: inHours(-2), endedAt: inHours(-1) }

async function wish(h: Hands): Promise<{ id: string; wisher: Caller }> {
  const wisher = await registeredResident(h)
  const body = { areaId: h.street.areaId('c1'), words: '想要一副老花镜' }
  return { id: (await h.make(wisher, v.makeWish, { body })).id, wisher }
}
async function shown(h: Hands) {
  const made = await wish(h)
  await h.make(clerk, v.publishWish, { params: { id: made.id }, body: { publicWords: '一副老花镜' } })
  return made
}
async function claimed(h: Hands) {
  const made = await shown(h)
  const giver = await registeredResident(h)
  await h.make(giver, v.claimWish, { params: { id: made.id }, body: { as: '爱心邻居' } })
  return { ...made, giver }
}

/** Somebody whose hours are entered, so that there is something to certify. */
async function proven(h: Hands): Promise<Registered> {
  const { one, ids, activity } = await hours(h)
  await h.make(await witness(h), v.confirmHours, { body: { ids: [found(ids[0], 'session')] } })
  await h.letPass(
    'update service_sessions set published_at = $2, notice_until = $3 where id = any($1::uuid[])',
    [ids, inHours(-216), inHours(-24)],
  )
  await clear(h, activity.id)
  await h.make(clerk, v.enterHours, { body: {} })
  return one
}
const certificateBody = async (h: Hands) => ({
  groupId: await group(h),
  from: inDays(-30),
  // The street's day may be ahead of that of Greenwich.
  to: inDays(1),
})
async function askedCertificate(h: Hands): Promise<string> {
  const who = await proven(h)
  return (await h.make(who, v.askCertificate, { body: await certificateBody(h) })).id
}
async function issued(h: Hands) {
  const id = await askedCertificate(h)
  return h.make(clerk, v.issueCertificate, { params: { id }, body: { handler: '甲' } })
}

export const volunteeringDeeds: Readonly<Record<string, Deed>> = {
  'volunteering.changeGroup': async (h) =>
    h.ask(clerk, v.changeGroup, { params: { id: await madeGroup(h, 'team') }, body: { head: '丙丁' } }),
  'volunteering.setMember': async (h) =>
    h.ask('secretary-c1', v.setMember, {
      params: { id: await madeGroup(h, 'committee') },
      body: { personId: await registered(h), part: 'member' },
    }),
  'volunteering.joinAsVolunteer': async (h) =>
    h.ask(await registeredResident(h), v.joinAsVolunteer, {
      body: { groupId: await group(h), interests: ['elder-care'] },
    }),
  'volunteering.addVolunteer': async (h) =>
    h.ask(clerk, v.addVolunteer, {
      body: { personId: await registered(h), groupId: await group(h), interests: [] },
    }),
  'volunteering.putSkill': async (h) =>
    h.ask(clerk, v.putSkill, { params: { id: (await volunteer(h)).personId }, body: { skill: 'hair' } }),
  'volunteering.recordTraining': async (h) =>
    h.ask(clerk, v.recordTraining, {
      params: { id: (await volunteer(h)).personId },
      body: { title: '急救培训', heldOn: inDays(-3), minutes: 120 },
    }),
  'volunteering.makeCalendarLink': async (h) => h.ask(await volunteer(h), v.makeCalendarLink, { body: {} }),
  'volunteering.planActivity': async (h) => h.ask(clerk, v.planActivity, { body: await plan(h) }),
  'volunteering.openActivity': async (h) =>
    h.ask(clerk, v.openActivity, { params: { id: (await planned(h)).id }, body: {} }),
  'volunteering.cancelActivity': async (h) =>
    h.ask(clerk, v.cancelActivity, { params: { id: (await open(h)).id }, body: { reason: '下雨' } }),
  'volunteering.signUp': async (h) =>
    h.ask(await volunteer(h), v.signUp, { params: { id: shiftOf(await open(h)) }, body: {} }),
  'volunteering.signUpSeries': async (h) =>
    h.ask(await volunteer(h), v.signUpSeries, {
      params: { id: (await open(h)).id },
      body: { whole: 'activity' },
    }),
  'volunteering.withdraw': async (h) => {
    const { id, who } = await signedUp(h)
    return h.ask(who, v.withdraw, { params: { id }, body: {} })
  },
  'volunteering.arrive': async (h) => {
    const { id, who } = await signedUp(h)
    return h.ask(who, v.arrive, { params: { id }, body: await siteCode(h, id) })
  },
  'volunteering.leave': async (h) => {
    const { id, who } = await there(h)
    return h.ask(who, v.leave, { params: { id }, body: await siteCode(h, id) })
  },
  'volunteering.endForOthers': async (h) => {
    const { id } = await there(h)
    await h.letPass('update activity_shifts set starts_at = $2, ends_at = $3 where id = $1', [
      id,
      inHours(-2),
      inHours(1),
    ])
    await h.letPass('update service_sessions set started_at = $2 where shift_id = $1', [id, inHours(-2)])
    return h.ask(clerk, v.endForOthers, { params: { id }, body: { endedAt: inHours(-0.5) } })
  },
  'volunteering.evaluateActivity': async (h) => {
    const { id, who, activity } = await there(h)
    await h.make(who, v.leave, { params: { id }, body: await siteCode(h, id) })
    await h.letPass('update activity_shifts set starts_at = $2, ends_at = $3 where id = $1', [
      id,
      inHours(-3),
      inHours(-1),
    ])
    return h.ask(who, v.evaluateActivity, {
      params: { id: activity.id },
      body: { satisfaction: 'satisfied' },
    })
  },
  'volunteering.recordSheet': async (h) => {
    const { id } = await past(h)
    const { personId } = await volunteer(h)
    const body = { photoId: await h.photo(clerk), rows: [row(personId)] }
    return h.ask(clerk, v.recordSheet, { params: { id }, body })
  },
  'volunteering.confirmHours': async (h) => {
    const { ids } = await hours(h)
    return h.ask(await witness(h), v.confirmHours, { body: { ids: [found(ids[0], 'session')] } })
  },
  'volunteering.objectToHours': async (h) => {
    const { one, ids } = await hours(h)
    return h.ask(one, v.objectToHours, {
      params: { id: found(ids[1], 'session') },
      body: { words: '他那天没来' },
    })
  },
  'volunteering.settleObjection': async (h) =>
    h.ask('secretary-c1', v.settleObjection, {
      params: { id: await objected(h) },
      body: { upheld: true, words: '核实未到' },
    }),
  'volunteering.noteCall': async (h) => {
    const { id, sample } = found((await checksOf(h, (await hours(h)).activity.id))[0], 'check')
    return h.ask('supervisor', v.noteCall, {
      params: { id },
      body: { sessionId: found(sample[0], 'sample').sessionId, result: 'was-there' },
    })
  },
  'volunteering.settlePattern': async (h) =>
    h.ask('supervisor', v.settlePattern, {
      params: { id: found((await called(h, (await hours(h)).activity.id))[0], 'check') },
      body: cleared,
    }),
  'volunteering.askHelp': async (h) => h.ask(await registeredResident(h), v.askHelp, { body: help }),
  'volunteering.actOnNeed': async (h) => {
    const { id } = await need(h)
    return h.ask(await volunteer(h), v.actOnNeed, { params: { id }, body: { act: 'take' } })
  },
  'volunteering.finishNeed': async (h) => {
    const { id, taker } = await taken(h)
    return h.ask(taker, v.finishNeed, { params: { id }, body: served })
  },
  'volunteering.evaluateNeed': async (h) => {
    const { id, taker, asker } = await taken(h)
    await h.make(taker, v.finishNeed, { params: { id }, body: served })
    return h.ask(asker, v.evaluateNeed, {
      params: { id },
      body: { wasDone: true, satisfaction: 'satisfied' },
    })
  },
  'volunteering.makeWish': async (h) =>
    h.ask(await registeredResident(h), v.makeWish, {
      body: { areaId: h.street.areaId('c1'), words: '想要一副老花镜' },
    }),
  'volunteering.publishWish': async (h) =>
    h.ask(clerk, v.publishWish, {
      params: { id: (await wish(h)).id },
      body: { publicWords: '一副老花镜' },
    }),
  'volunteering.claimWish': async (h) => {
    const { id } = await shown(h)
    return h.ask(await registeredResident(h), v.claimWish, { params: { id }, body: { as: '爱心邻居' } })
  },
  'volunteering.fulfilWish': async (h) => {
    const { id, giver } = await claimed(h)
    return h.ask(giver, v.fulfilWish, { params: { id }, body: { words: '已送到社区' } })
  },
  'volunteering.confirmWish': async (h) => {
    const { id, giver, wisher } = await claimed(h)
    await h.make(giver, v.fulfilWish, { params: { id }, body: { words: '已送到社区' } })
    return h.ask(wisher, v.confirmWish, { params: { id }, body: { cameTrue: true } })
  },
  'volunteering.withdrawWish': async (h) => {
    const { id, wisher } = await wish(h)
    return h.ask(wisher, v.withdrawWish, { params: { id }, body: {} })
  },
  'volunteering.askCertificate': async (h) =>
    h.ask(await proven(h), v.askCertificate, { body: await certificateBody(h) }),
  'volunteering.issueCertificate': async (h) =>
    h.ask(clerk, v.issueCertificate, { params: { id: await askedCertificate(h) }, body: { handler: '甲' } }),
  'volunteering.revokeCertificate': async (h) =>
    h.ask('secretary-c1', v.revokeCertificate, {
      params: { id: (await issued(h)).id },
      body: { reason: '有误' },
    }),
}
