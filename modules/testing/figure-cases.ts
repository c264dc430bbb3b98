/** A case for each figure of the figures page, each brought there by real acts and named for what it is. */
import * as contract from '../cases/contract.ts'
import type { TestCases } from './case-fixture.ts'
import type { CaseSteps } from './case-steps.ts'

const inWeek = '2026-09-16T15:59:59.999Z'

/** Files them in the week of the fixture's clock; gives their names by id. */
export async function fileFigureCases(t: TestCases, steps: CaseSteps): Promise<ReadonlyMap<string, string>> {
  const named = new Map<string, string>()
  /** Sets columns as later acts would have left them. */
  const set = async (id: string, columns: Record<string, unknown>): Promise<void> => {
    const keys = Object.keys(columns)
    await t.look(
      `update cases set ${keys.map((key, index) => `${key} = $${index + 2}`).join(', ')} where id = $1`,
      [id, ...Object.values(columns)],
    )
  }
  const name = (what: string, id: string) => {
    named.set(id, what)
    return id
  }

  const far = { due_at: '2026-12-01T00:00:00Z' }
  const done = { state: 'answered', outcome: 'solved' }

  const inTime = name('in time', await steps.answered())
  await set(inTime, { due_at: inWeek })
  const late = name('late', await steps.submitted())
  await set(late, { ...done, due_at: inWeek, answered_at: '2026-09-18T02:00:00Z' })
  // It was handed in before its deadline and checked after it: handled in time, answered late.
  const open = name('open overdue', await steps.assigned())
  await set(open, { due_at: inWeek })
  const coming = name('coming', await steps.inProgress())
  await set(coming, { due_at: '2026-09-23T15:59:59.999Z' })
  const suspended = name('suspended', await steps.inProgress())
  await set(suspended, { due_at: inWeek, suspended_until: '2026-09-30T00:00:00Z' })
  const imported = name('imported', await steps.assigned())
  await set(imported, { due_at: inWeek, channel: 'import', outside_source: 'old', outside_number: '1' })
  const undone = name('undone', await steps.assigned())
  await set(undone, { due_at: inWeek, withdrawn_at: '2026-09-15T00:00:00Z' })
  const longTerm = name('long-term', await steps.closed())
  await set(longTerm, { ...far, outcome: 'unsolved', review_on: '2026-09-25' })
  const later = name('long-term later', await steps.closed())
  await set(later, { ...far, outcome: 'unsolved', review_on: '2026-12-25' })

  const returned = name('returned', await steps.inProgress())
  await steps.act('handler-property', contract.returnCase, returned, { reason: '不是我们的管线' })
  await steps.act('clerk-c1-2', contract.approveRequest, returned, {})
  await set(returned, far)
  const refused = name('return refused', await steps.inProgress())
  await steps.act('handler-property', contract.returnCase, refused, { reason: '不归我们' })
  await steps.act('clerk-c1-2', contract.refuseRequest, refused, { words: '是小区内的路灯' })
  await set(refused, far)

  const reworked = name('reworked', await steps.submitted())
  await steps.act('verifier-c1', contract.checkCase, reworked, {
    pass: false,
    mode: 'on-site',
    words: '还是不亮',
  })
  await set(reworked, far)
  const reopened = name('reopened', await steps.closed())
  await steps.act('resident', contract.reopenCase, reopened, { words: '又坏了' })
  await set(reopened, far)
  // Given out and at once taken back, as if it had not been.
  const takenBack = name('taken back', await steps.assigned())
  await steps.act('clerk-c1', contract.undoCase, takenBack, {})
  await set(takenBack, far)
  await set(suspended, { accepted_at: new Date(t.clock.now().getTime() + 31 * 60_000) })
  const rated = name('rated', await steps.answered())
  await steps.act('resident', contract.rateCase, rated, {
    reached: true,
    solved: false,
    satisfaction: 'fair',
  })
  await set(rated, far)
  const fromAbove = name('from above', await steps.answered())
  await set(fromAbove, { ...far, outside_source: '12345', outside_number: '20260914001' })

  const onSpot = name('on the spot', await steps.filed())
  await steps.act('grid-worker-c1g1', contract.solveOnSpot, onSpot, { words: '换了灯泡', answer: '换好了' })
  await steps.pass(onSpot, 'call-back').catch(() => steps.pass(onSpot))
  await set(onSpot, far)
  const atOnce = name('at once', await steps.filed())
  await steps.act('clerk-c1', contract.answerNow, atOnce, { answer: '已告知', kind: 'inquiry' })
  const moved = name('moved on', await steps.inProgress())
  const water = t.street.organisationId('water')
  await steps.act('handler-property', contract.disputeDuty, moved, { reason: '供水设施不在物业合同里' })
  await steps.act('supervisor', contract.adjudicateDuty, moved, {
    organisationId: water,
    reason: '供水设施由供水单位维护',
  })
  await set(moved, far)
  const whistled = name('whistled late', await steps.inProgress())
  const clerk = await steps.by('clerk-c1')
  const calls = ['water', 'enforcement'].map((code) => ({ organisationId: t.street.organisationId(code) }))
  for (const id of [moved, whistled])
    await clerk.call(contract.raiseWhistle, {
      params: { id },
      body: { kind: 'emergency', words: '请到场', calls },
    })
  await set(whistled, far)
  // On the other case everybody came in time.
  for (const who of ['handler-water', 'handler-enforcement']) {
    const browser = await steps.by(who)
    const all = await browser.call(contract.listWhistles, { query: { caseId: moved } })
    const whistle = { id: all.body.items[0]?.id ?? '' }
    await browser.call(contract.arriveAtWhistle, { params: whistle, body: { words: '到' } })
  }
  return named
}
