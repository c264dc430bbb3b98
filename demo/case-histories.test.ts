/** An oracle of rights.md of its own: it shares no code with the generator and none with the transition table. */
import { describe, expect, test } from 'vitest'
import { loadCatalogue } from '../modules/cases/seeds/load-catalogue.ts'
import { findDuty } from '../modules/cases/seeds/read-catalogue.ts'
import { generateStreet } from './generate-street.ts'
import type { DemoAct, DemoCase } from './types.ts'

const street = generateStreet({ seed: 7, today: '2026-11-22' })
const catalogue = loadCatalogue()
const matters = new Map(catalogue.matters.map((matter) => [matter.key, matter]))
const posts = new Map(street.posts.map((post) => [post.key, post]))
const cases = new Map(street.cases.map((each) => [each.key, each]))
const organisations = new Map(street.organisations.map((each) => [each.code, each]))

const open = 'pending accepted assigned in-progress result-submitted answered'
/** act: from → to; '=' stays. */
const moves: Record<string, [string, string]> = {
  add: [open, '='],
  accept: ['pending', 'accepted'],
  'answer-now': ['pending accepted', 'closed'],
  decline: ['pending accepted', 'declined'],
  merge: ['pending accepted', 'merged'],
  escalate: ['pending accepted', '='],
  'send-down': ['pending accepted', '='],
  assign: ['accepted', 'assigned'],
  take: ['assigned', 'in-progress'],
  return: ['assigned in-progress', '='],
  'hand-on': ['assigned in-progress', '='],
  contact: ['accepted assigned in-progress result-submitted', '='],
  'submit-result': ['in-progress', 'result-submitted'],
  'solve-on-spot': ['pending accepted', 'result-submitted'],
  answer: ['in-progress result-submitted', '='],
  check: ['result-submitted', 'answered in-progress'],
  rate: ['answered closed', '='],
  close: ['answered', 'closed ='],
  reopen: ['answered closed', 'accepted'],
  extend: ['assigned in-progress', '='],
  suspend: ['assigned in-progress', '='],
  approve: [open, '= accepted closed'],
  refuse: [open, '='],
  remind: ['assigned in-progress', '='],
  supervise: ['accepted assigned in-progress result-submitted', '='],
}
const communityDesk = ['clerk', 'secretary']
const streetDesk = ['dispatcher', 'duty-head']
const gridRoles = ['micro-grid-member', 'grid-worker', 'grid-head']

interface Run {
  state: string
  desk: 'community' | 'street'
  deskArea: string | null
  organisation: string | null
  holder: string | null
  handled: Set<string>
  handledOrganisations: Set<string>
  assigners: Set<string>
  asked: { act: string; person: string } | null
  answer: boolean
  assignedAt: number
  closedAt: number
}

const personOf = (entry: DemoAct) =>
  'post' in entry.by ? (posts.get(entry.by.post)?.personKey ?? '') : JSON.stringify(entry.by)
const postOf = (entry: DemoAct) => ('post' in entry.by ? posts.get(entry.by.post) : undefined)

function covers(entry: DemoAct, area: string | null): boolean {
  const own = postOf(entry)?.areaCode
  return own !== null && own !== undefined && (area === null ? own === street.code : area.startsWith(own))
}

function atDesk(entry: DemoAct, run: Run): boolean {
  const roles = run.desk === 'community' ? communityDesk : streetDesk
  return roles.includes(entry.role ?? '') && covers(entry, run.desk === 'community' ? run.deskArea : null)
}

function isHolder(entry: DemoAct, run: Run): boolean {
  const post = postOf(entry)
  if (post === undefined) return false
  if (run.holder !== null) return run.holder === post.key
  return run.organisation !== null && post.organisationCode === run.organisation
}

function mayAct(each: DemoCase, entry: DemoAct, run: Run): boolean {
  const reporter =
    'resident' in entry.by && 'resident' in each.reporter && entry.by.resident === each.reporter.resident
  const centre = (...roles: string[]) => roles.includes(entry.role ?? '') && covers(entry, each.microGridCode)
  switch (entry.act) {
    case 'accept':
    case 'answer-now':
    case 'decline':
    case 'merge':
    case 'assign':
      return atDesk(entry, run)
    case 'escalate':
      return run.desk === 'community' && atDesk(entry, run)
    case 'send-down':
      return run.desk === 'street' && atDesk(entry, run)
    case 'take':
    case 'return':
    case 'extend':
    case 'suspend':
      return isHolder(entry, run)
    case 'hand-on':
      return entry.role === 'organisation-lead' && postOf(entry)?.organisationCode === run.organisation
    case 'contact':
    case 'submit-result':
    case 'answer':
      return isHolder(entry, run) || atDesk(entry, run)
    case 'solve-on-spot':
      return gridRoles.includes(entry.role ?? '') && covers(entry, each.microGridCode)
    case 'check':
      return centre('verifier', 'supervisor')
    case 'close':
      return 'system' in entry.by || centre('verifier', 'supervisor')
    case 'rate':
      return reporter
    case 'reopen':
      return reporter || gridRoles.includes(entry.role ?? '')
    case 'add':
      return reporter || postOf(entry) !== undefined
    case 'remind':
      return atDesk(entry, run) || entry.role === 'supervisor'
    case 'supervise':
      return entry.role === 'supervisor'
    default:
      return run.asked?.act === 'return' ? atDesk(entry, run) : centre('supervisor', 'duty-head')
  }
}

function separation(entry: DemoAct, run: Run): string | null {
  const person = personOf(entry)
  const organisation = street.posts.some(
    (post) =>
      post.personKey === person &&
      post.organisationCode !== null &&
      run.handledOrganisations.has(post.organisationCode),
  )
  if (entry.act === 'check' && (run.handled.has(person) || organisation)) return 'handled and checked'
  if (entry.act === 'close' && (run.handled.has(person) || organisation || run.assigners.has(person)))
    return 'handled or assigned and closed'
  if ((entry.act === 'approve' || entry.act === 'refuse') && run.asked?.person === person)
    return 'asked and approved'
  return null
}

function needs(each: DemoCase, entry: DemoAct, run: Run): string | null {
  const { data } = entry
  const matter = matters.get(data.matterKey ?? each.matterKey)
  const asked = run.asked !== null
  if (asked && !['approve', 'refuse', 'add', 'contact', 'rate', 'remind', 'supervise'].includes(entry.act))
    return 'acted while a request waits'
  switch (entry.act) {
    case 'accept':
      return data.kind && matter ? null : 'kind or matter missing'
    case 'assign': {
      if (data.post !== undefined) return posts.has(data.post) ? null : 'unknown post'
      const kind = organisations.get(data.organisation ?? '')
      if (kind === undefined) return 'unknown organisation'
      const duty = findDuty(catalogue.duties, kind.kind, each.matterKey)?.duty
      if (duty !== 'must' && duty !== 'may') return `outside the duty list of ${kind.code}`
      const here =
        kind.areaCodes === null || kind.areaCodes.some((code) => each.microGridCode?.startsWith(code))
      return here ? null : 'an organisation of another area'
    }
    case 'send-down':
      return findDuty(catalogue.duties, 'community', each.matterKey)?.duty === 'refuse'
        ? 'pushed onto the community'
        : null
    case 'decline':
      return data.declineReason && data.whereToTurn && data.answer ? null : 'decline without its facts'
    case 'merge': {
      const parent = cases.get(data.parentCase ?? '')
      if (parent === undefined || parent.matterKey !== each.matterKey || !matter?.public)
        return 'merged into another matter'
      return parent.createdAt <= each.createdAt && parent.now.state !== 'merged'
        ? null
        : 'merged into a wrong parent'
    }
    case 'return':
      return Date.parse(entry.at) - run.assignedAt <= 48 * 3_600_000 ? null : 'returned too late'
    case 'check':
      if (data.mode !== (matter?.onSiteCheck ? 'on-site' : 'call-back')) return 'wrong kind of check'
      if (data.pass && !run.answer) return 'passed without words to the resident'
      return (entry.toState === 'answered') === data.pass ? null : 'check went the wrong way'
    case 'close':
      if (data.outcome === 'unsolved')
        return data.reviewOn && entry.toState === 'answered' ? null : 'unsolved closed alone'
      return entry.toState === 'closed' ? null : 'a solved case waits for nothing'
    case 'approve':
    case 'refuse':
      return run.asked?.act === data.of ? null : 'nothing to approve'
    default:
      return null
  }
}

function apply(entry: DemoAct, run: Run): void {
  const person = personOf(entry)
  const { data } = entry
  run.state = entry.toState
  if (data.answer) run.answer = true
  if (entry.act === 'escalate') run.desk = 'street'
  if (entry.act === 'send-down') Object.assign(run, { desk: 'community', deskArea: data.areaCode })
  if (entry.act === 'assign') {
    Object.assign(run, {
      organisation: data.organisation ?? null,
      holder: data.post ?? null,
      assignedAt: Date.parse(entry.at),
    })
    run.assigners.add(person)
  }
  if (entry.act === 'hand-on') run.holder = data.post ?? null
  if (entry.act === 'take') run.holder = postOf(entry)?.key ?? null
  if (['take', 'submit-result', 'solve-on-spot'].includes(entry.act)) {
    run.handled.add(person)
    const organisation = postOf(entry)?.organisationCode
    if (organisation) run.handledOrganisations.add(organisation)
  }
  if (
    ['return', 'extend', 'suspend'].includes(entry.act) ||
    (entry.act === 'close' && entry.toState === 'answered')
  )
    run.asked = { act: entry.act, person }
  if (entry.act === 'approve' || entry.act === 'refuse') run.asked = null
  if (entry.toState === 'closed') run.closedAt = Date.parse(entry.at)
}

/** The first fault of a history in words, or null. */
function faultOf(each: DemoCase): string | null {
  const level = matters.get(each.matterKey)?.level
  const run: Run = {
    state: 'pending',
    desk: each.communityCode !== null && level !== 'department' ? 'community' : 'street',
    deskArea: each.communityCode,
    organisation: null,
    holder: null,
    handled: new Set(),
    handledOrganisations: new Set(),
    assigners: new Set(),
    asked: null,
    answer: false,
    assignedAt: 0,
    closedAt: 0,
  }
  const [file, ...rest] = each.history
  if (
    file?.act !== 'file' ||
    file.toState !== 'pending' ||
    file.fromState !== null ||
    file.at !== each.createdAt
  )
    return 'begins without filing'
  let before = file.at
  for (const entry of rest) {
    const fault = entryFault(each, entry, run) ?? (entry.at < before ? 'time runs backwards' : null)
    if (fault !== null) return `${entry.act}: ${fault}`
    apply(entry, run)
    before = entry.at
  }
  return run.state === each.now.state ? null : 'the folded state differs'
}

function entryFault(each: DemoCase, entry: DemoAct, run: Run): string | null {
  const [from, to] = moves[entry.act] ?? ['', '']
  if (entry.fromState !== run.state || !from.split(' ').includes(run.state)) return `not from ${run.state}`
  const ends = to.split(' ').map((state) => (state === '=' ? run.state : state))
  if (!ends.includes(entry.toState)) return `not to ${entry.toState}`
  const post = postOf(entry)
  if (post !== undefined && post.role !== entry.role) return 'role differs from the post'
  if (!('system' in entry.by) && !mayAct(each, entry, run)) return 'not theirs to do'
  return separation(entry, run) ?? needs(each, entry, run)
}

describe('case histories', () => {
  test('every history follows the states, the roles and the separations of rights.md', () => {
    const faults = street.cases.flatMap((each) => {
      const fault = faultOf(each)
      return fault === null ? [] : [`${each.key} ${each.matterKey} ${fault}`]
    })
    expect(faults).toEqual([])
  })

  test('the oracle sees a planted fault', () => {
    const good = street.cases.find(
      (each) => each.now.state === 'closed' && each.history.some((entry) => entry.act === 'check'),
    )
    if (good === undefined) throw new Error('no closed case')
    const holder = good.history.find((entry) => entry.act === 'take' || entry.act === 'solve-on-spot')
    const history = good.history.map((entry) =>
      entry.act === 'check' && holder ? { ...entry, by: holder.by, role: holder.role } : entry,
    )
    expect(faultOf({ ...good, history })).toContain('check')
    expect(
      faultOf({ ...good, history: good.history.filter((entry) => entry.act !== 'accept') }),
    ).not.toBeNull()
  })

  test('nothing happens after the day begins, or more than ninety days before it', () => {
    const from = Date.parse('2026-08-23T00:00:00+08:00')
    const until = Date.parse('2026-11-22T00:00:00+08:00')
    for (const each of street.cases) {
      for (const entry of each.history) {
        expect(Date.parse(entry.at)).toBeLessThan(until)
        expect(Date.parse(entry.at)).toBeGreaterThanOrEqual(from)
      }
    }
  })

  test('every kind of turn that a case can take is there', () => {
    const counts = (test: (each: DemoCase) => boolean) => street.cases.filter(test).length
    expect(counts((each) => each.now.reworkCount > 0)).toBeGreaterThan(20)
    expect(counts((each) => each.now.reopenCount > 0)).toBeGreaterThan(20)
    expect(counts((each) => each.now.reviewOn !== null)).toBeGreaterThan(20)
    expect(counts((each) => each.now.parentCase !== null)).toBe(110)
    expect(counts((each) => each.now.pendingApproval !== null)).toBeGreaterThan(5)
    expect(counts((each) => each.now.marked !== null)).toBeGreaterThan(5)
    expect(counts((each) => each.now.rating?.solved === false)).toBeGreaterThan(10)
    expect(counts((each) => each.place === null)).toBeGreaterThan(20)
    for (const act of [
      'escalate',
      'send-down',
      'return',
      'refuse',
      'hand-on',
      'supervise',
      'remind',
      'suspend',
      'decline',
      'add',
    ]) {
      expect(
        counts((each) => each.history.some((entry) => entry.act === act)),
        act,
      ).toBeGreaterThan(0)
    }
  })
})
