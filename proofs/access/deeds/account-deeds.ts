/** Deeds of accounts: sessions, roster, leaves, the party tree, recruiting, kept items and door cards. */
import { Secret, TOTP } from 'otpauth'
import type { BodyOf } from '../../../lib/contract.ts'
import * as a from '../../../modules/accounts/contract.ts'
import { type Caller, type Deed, found, type Hands, inDays, inHours, unique } from './hands.ts'

/** A working day of its own far ahead, so that no deed meets the shifts of another. */
async function shiftFrom(h: Hands, head = 'clerk-c1'): Promise<{ id: string; day: string }> {
  const day = inDays(20 + h.next())
  const headId = h.street.staffOf(head).accountId
  const body: BodyOf<typeof a.putShifts> = { shifts: [{ day, kind: 'night', headId, memberIds: [] }] }
  const { shifts } = await h.make('secretary-c1', a.putShifts, {
    params: { id: h.street.areaId('c1') },
    body,
  })
  return { id: found(shifts[0], 'shift').id, day }
}
async function swap(h: Hands, isAgreed: boolean): Promise<string> {
  const { id } = await shiftFrom(h)
  const { accountId } = h.street.staffOf('clerk-c1-2')
  const asked = await h.make('clerk-c1', a.askSwap, { params: { id }, body: { withAccountId: accountId } })
  if (isAgreed) await h.make('clerk-c1-2', a.answerSwap, { params: { id: asked.id }, body: { agree: true } })
  return asked.id
}
/** A shift that runs now. */
async function runningShift(h: Hands): Promise<string> {
  const { id } = await shiftFrom(h)
  await h.letPass('update duty_shifts set starts_at = $2, ends_at = $3 where id = $1', [
    id,
    inHours(-3),
    inHours(0.05),
  ])
  return id
}

async function leave(h: Hands): Promise<string> {
  const from = 60 + h.next() * 3
  const set = await h.make('handler-property', a.setLeave, {
    params: { id: h.street.staffOf('handler-property').postId },
    body: { fromDay: inDays(from), toDay: inDays(from + 1) },
  })
  return set.id
}

async function partyBody(h: Hands): Promise<string> {
  const made = await h.make('duty-head', a.addPartyBody, {
    body: {
      level: 'working-committee',
      name: `党工委${unique()}`,
      parentId: null,
      areaId: h.street.areaId(h.street.code),
      joint: true,
    },
  })
  return made.id
}
async function partyPost(h: Hands): Promise<string> {
  const made = await h.make('duty-head', a.appointPartyPost, {
    params: { id: await partyBody(h) },
    body: { accountId: h.street.staffOf('clerk-c1').accountId, title: 'member' },
  })
  return made.id
}

async function recruitCall(h: Hands): Promise<string> {
  const made = await h.make('secretary-c1', a.openRecruitCall, {
    body: {
      areaId: h.street.areaId('c1'),
      title: '招募',
      words: '招募微网格员',
      opensOn: inDays(-2),
      closesOn: inDays(20),
      termMonths: 12,
    },
  })
  return made.id
}
const application = (h: Hands) =>
  ({ areaId: h.street.areaId('c1g1m1'), pool: 'resident', words: '住了二十年' }) as const
async function applied(h: Hands): Promise<{ id: string; who: Caller }> {
  const who = await h.newResident()
  const made = await h.make(who, a.applyToCall, {
    params: { id: await recruitCall(h) },
    body: application(h),
  })
  return { id: made.id, who }
}

async function keptItem(h: Hands): Promise<string> {
  const { postId } = h.street.staffOf('grid-worker-c1g1')
  const made = await h.make('grid-worker-c1g1', a.addKeptItem, {
    body: { postId, what: '单元门钥匙', place: '' },
  })
  return made.id
}

/** Days of an absence that nobody else took. */
const awayDays = (h: Hands) => {
  const from = 60 + h.next() * 3
  return { fromDay: inDays(from), toDay: inDays(from + 1) }
}

/** The code of now that an authenticator shows. */
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate()

/** No password is asked of whoever has no second factor yet. */
async function withoutSecondFactor(h: Hands): Promise<Caller> {
  const { accountId: id } = h.street.staffOf('viewer-c2')
  await h.make('security-admin', a.resetSecondFactor, { params: { id }, body: {} })
  return h.again(await h.staff('viewer-c2'))
}

export const accountDeeds: Readonly<Record<string, Deed>> = {
  'accounts.beginTotp': async (h) => h.ask(await withoutSecondFactor(h), a.beginTotp, { body: {} }),
  'accounts.confirmTotp': async (h) => {
    const who = await withoutSecondFactor(h)
    const { secret } = await h.make(who, a.beginTotp, { body: {} })
    return h.ask(who, a.confirmTotp, { body: { totp: codeOf(secret) } })
  },
  'accounts.endOwnSession': async (h) => {
    const who = await h.newResident()
    await h.again(who)
    const { items } = await h.make(who, a.listOwnSessions)
    const id = found(
      items.find((one) => !one.current),
      'other session',
    ).id
    return h.ask(who, a.endOwnSession, { params: { id } })
  },
  'accounts.endOtherSessions': async (h) => {
    const who = await h.newResident()
    await h.again(who)
    return h.ask(who, a.endOtherSessions, { body: {} })
  },
  'accounts.setLeave': async (h) =>
    h.ask('handler-property', a.setLeave, {
      params: { id: h.street.staffOf('handler-property').postId },
      body: awayDays(h),
    }),
  'accounts.endLeave': async (h) =>
    h.ask('handler-property', a.endLeave, { params: { id: await leave(h) }, body: {} }),
  'accounts.putShifts': async (h) =>
    h.ask('secretary-c1', a.putShifts, {
      params: { id: h.street.areaId('c1') },
      body: {
        shifts: [
          {
            day: inDays(20 + h.next()),
            kind: 'night',
            headId: h.street.staffOf('clerk-c1').accountId,
            memberIds: [],
          },
        ],
      },
    }),
  'accounts.putShiftKinds': async (h) => {
    const { kinds } = await h.make('duty-head', a.getRoster, {
      params: { id: h.street.areaId(h.street.code) },
    })
    return h.ask('duty-head', a.putShiftKinds, {
      body: { kinds: kinds.map((kind) => ({ ...kind, nameEn: `${kind.code} ${h.next()}` })) },
    })
  },
  'accounts.removeShift': async (h) =>
    h.ask('secretary-c1', a.removeShift, { params: { id: (await shiftFrom(h)).id } }),
  'accounts.askSwap': async (h) =>
    h.ask('clerk-c1', a.askSwap, {
      params: { id: (await shiftFrom(h)).id },
      body: { withAccountId: h.street.staffOf('clerk-c1-2').accountId },
    }),
  'accounts.answerSwap': async (h) =>
    h.ask('clerk-c1-2', a.answerSwap, { params: { id: await swap(h, false) }, body: { agree: true } }),
  'accounts.settleSwap': async (h) =>
    h.ask('secretary-c1', a.settleSwap, { params: { id: await swap(h, true) }, body: { approve: true } }),
  'accounts.writeHandoverNote': async (h) =>
    h.ask('clerk-c1', a.writeHandoverNote, {
      params: { id: await runningShift(h) },
      body: { words: '江边已围挡，夜里再看一次' },
    }),
  'accounts.readHandoverNote': async (h) => {
    const note = await h.make('clerk-c1', a.writeHandoverNote, {
      params: { id: await runningShift(h) },
      body: { words: '江边已围挡，夜里再看一次' },
    })
    return h.ask('secretary-c1', a.readHandoverNote, { params: { id: note.id }, body: {} })
  },
  'accounts.addKeptItem': async (h) =>
    h.ask('grid-worker-c1g1', a.addKeptItem, {
      body: { postId: h.street.staffOf('grid-worker-c1g1').postId, what: '单元门钥匙', place: '' },
    }),
  'accounts.handKeptItem': async (h) =>
    h.ask('grid-worker-c1g1', a.handKeptItem, {
      params: { id: await keptItem(h) },
      body: { postId: h.street.staffOf('clerk-c1').postId, place: '' },
    }),
  'accounts.endKeptItem': async (h) =>
    h.ask('grid-worker-c1g1', a.endKeptItem, {
      params: { id: await keptItem(h) },
      body: { how: 'returned' },
    }),
  'accounts.setOwnCard': async (h) =>
    h.ask('secretary-c1', a.setOwnCard, {
      params: { id: h.street.staffOf('secretary-c1').postId },
      body: { shown: true, name: '王书记', phone: `023-${67000000 + h.next()}` },
    }),
  'accounts.addPartyBody': async (h) =>
    h.ask('duty-head', a.addPartyBody, {
      body: {
        level: 'working-committee',
        name: `党工委${unique()}`,
        parentId: null,
        areaId: h.street.areaId(h.street.code),
        joint: true,
      },
    }),
  'accounts.endPartyBody': async (h) =>
    h.ask('duty-head', a.endPartyBody, { params: { id: await partyBody(h) }, body: {} }),
  'accounts.appointPartyPost': async (h) =>
    h.ask('duty-head', a.appointPartyPost, {
      params: { id: await partyBody(h) },
      body: { accountId: h.street.staffOf('clerk-c1').accountId, title: 'member' },
    }),
  'accounts.endPartyPost': async (h) =>
    h.ask('duty-head', a.endPartyPost, { params: { id: await partyPost(h) }, body: {} }),
  'accounts.showPartyPost': async (h) =>
    h.ask('clerk-c1', a.showPartyPost, { params: { id: await partyPost(h) }, body: { shown: true } }),
  'accounts.applyToCall': async (h) =>
    h.ask(await h.newResident(), a.applyToCall, {
      params: { id: await recruitCall(h) },
      body: application(h),
    }),
  'accounts.withdrawApplication': async (h) => {
    const { id, who } = await applied(h)
    return h.ask(who, a.withdrawApplication, { params: { id }, body: {} })
  },
  'accounts.settleApplication': async (h) =>
    h.ask('secretary-c1', a.settleApplication, {
      params: { id: (await applied(h)).id },
      body: { chosen: true },
    }),
  'accounts.takeUpApplication': async (h) => {
    const { id } = await applied(h)
    await h.make('secretary-c1', a.settleApplication, { params: { id }, body: { chosen: true } })
    const { account } = await h.make('security-admin', a.createAccount, {
      body: { username: `new-${unique()}`, displayName: '新人' },
    })
    return h.ask('security-admin', a.takeUpApplication, {
      params: { id },
      body: { accountId: account.id },
    })
  },
}
