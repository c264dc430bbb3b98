/** What a desk has besides requests: tasks of its grids, petitions and an open whistle. Made up, like all of the demo. */
import { bigrams } from '../lib/text.ts'
import { addDays, type Day, dayOf, endOfDay, startOfDay } from '../lib/time.ts'
import { noticeSpan, petitionClocks, settleSpan } from '../modules/cases/rules/petition.ts'
import {
  type CaseRow,
  caseNumber,
  findCase,
  freshCase,
  insertCases,
  keepWhistle,
  type NewEntry,
  takeCaseNumbers,
  type WholeCase,
} from '../modules/cases/server/index.ts'
import { systemAccountId, systemActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import { sealedReporter } from './load-case.ts'
import { wanted } from './load-place.ts'
import type { LoadedPost, LoadWorld } from './load-world.ts'
import type { DemoArea, DemoStreet } from './types.ts'

interface Load {
  readonly tx: Tx
  readonly keys: Keys
  readonly world: LoadWorld
  readonly street: DemoStreet
}

const hourMs = 3_600_000
const at = (day: Day, hours: number): Date => new Date(startOfDay(day).getTime() + hours * hourMs)

/** What is told, looked for or persuaded: from which day until which, and how the first grids said it went. */
const tasks = [
  {
    key: 'stairwells',
    kind: 'hazard-check',
    title: '楼道堆物和飞线充电排查',
    words: '看看楼道、门厅有没有堵住通道的杂物，有没有从窗户拉线给电动车充电的；能劝走的劝走，劝不动的上报。',
    from: -4,
    until: 6,
    said: ['3栋一楼门厅两辆电动车已劝离，其余没有。', '看了四栋楼，清走旧沙发一件。'],
  },
  {
    key: 'insurance',
    kind: 'publicity',
    title: '城乡居民医保参保提醒',
    words: '提醒没有参保的居民在集中缴费期内办理，老人不会用手机的，请他们到社区窗口代办。',
    from: -20,
    until: -6,
    said: ['已在楼栋群和公告栏告知。', '上门告知独居老人四户。', '已告知。'],
  },
] as const

const petitions = [
  {
    key: 'relocation',
    form: 'letter',
    received: -3,
    passedTo: null,
    text: '来信反映：老楼加装电梯的补偿办法前后说法不一，请求有关部门书面答复。',
  },
  {
    key: 'noise-barrier',
    form: 'visit',
    received: -18,
    passedTo: '区交通运输委员会',
    text: '来访反映：高架桥夜间噪声超标，多次要求加装隔音屏没有结果，请求书面答复。',
  },
] as const

/** Gives how many cases it added. */
export async function loadDuties(load: Load): Promise<number> {
  const made = [...taskCases(load), ...petitionCases(load)]
  const counts = new Map<Day, number>()
  for (const { row } of made) {
    const day = dayOf(row.created_at)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  const next = await takeCaseNumbers(load.tx, load.world.streetId, counts)
  for (const { row } of made) {
    const day = dayOf(row.created_at)
    const running = wanted(next.get(day), day)
    next.set(day, running + 1)
    row.number = caseNumber(day, running)
    if (row.petition) row.petition.number = `信${row.number}`
  }
  await insertCases(
    load.tx,
    load.world.streetId,
    made.map((one) => ({ ...one, terms: bigrams(`${one.row.number} ${one.row.title} ${one.row.text}`) })),
  )
  await raiseWhistle(load)
  return made.length
}

/** The posts of a role in an area, in the order of the street. */
function postsOf({ street, world }: Load, role: string, areaCode?: string): LoadedPost[] {
  return street.posts
    .filter((post) => post.role === role && (areaCode === undefined || post.areaCode === areaCode))
    .map((post) => wanted(world.posts.get(post.key), post.key))
}

type Made = Omit<WholeCase, 'terms'> & { readonly entries: NewEntry[] }

function taskCases(load: Load): Made[] {
  const { street, world } = load
  const community = wanted(
    street.areas.find(({ level }) => level === 'community'),
    'community',
  )
  const desk = wanted(postsOf(load, 'clerk', community.code)[0], 'clerk')
  const grids = street.areas.filter(
    ({ level, parentCode }) => level === 'grid' && parentCode === community.code,
  )
  return tasks.flatMap((task) => {
    const givenAt = at(addDays(street.today, task.from), 9)
    const endsOn = addDays(street.today, task.until)
    const batch = world.idOf(`task:${task.key}`, givenAt.getTime())
    return grids.flatMap((grid, index) => {
      const doer = postsOf(load, 'grid-worker', grid.code)[0] ?? postsOf(load, 'grid-head', grid.code)[0]
      if (!doer) return []
      const said = task.said[index]
      const over = said !== undefined || endsOn < street.today
      const closedAt = said ? at(addDays(street.today, task.from + 1), 15 + index) : endOfDay(endsOn)
      const key = `task:${task.key}:${grid.code}`
      const row: CaseRow = {
        ...fresh(load, grid, key, givenAt),
        title: task.title,
        text: task.words,
        channel: 'task',
        state: over ? 'closed' : 'assigned',
        filed_by: desk.accountId,
        holder_post_id: doer.id,
        holder_account_id: doer.accountId,
        assigned_at: givenAt,
        due_at: endOfDay(endsOn),
        closed_at: over ? closedAt : null,
        task: { batch, kind: task.kind, needs: 'words', endsOn, givenPost: desk.id },
      }
      const closed = { from_state: 'assigned', to_state: 'closed' } as const
      const entries = [
        entryOf(load, key, givenAt, desk, { act: 'give-task', to_state: 'assigned' }),
        ...(said ? [entryOf(load, key, closedAt, doer, { ...closed, act: 'finish-task', words: said })] : []),
        // Its day is over and nobody asks why.
        ...(!said && over ? [entryOf(load, key, closedAt, null, { ...closed, act: 'end-task' })] : []),
      ]
      return [{ row, entries, reporter: null }]
    })
  })
}

function petitionCases(load: Load): Made[] {
  const { street, world, keys } = load
  const desk = wanted(postsOf(load, 'dispatcher')[0], 'dispatcher')
  const root = wanted(
    street.areas.find(({ level }) => level === 'street'),
    'street',
  )
  return petitions.map(({ key: name, form, received, passedTo, text }, index) => {
    const key = `petition:${name}`
    const receivedOn = addDays(street.today, received)
    const filedAt = at(receivedOn, 10)
    const passedOn = passedTo === null ? null : addDays(receivedOn, 2)
    const toldOn = passedTo === null ? null : addDays(receivedOn, 10)
    const clocks = petitionClocks(receivedOn, toldOn, world.calendar)
    const resident = wanted([...world.residents.values()][40 + index], 'resident')
    const row: CaseRow = {
      ...fresh(load, root, key, filedAt),
      kind: 'complaint',
      title: text.slice(0, 24),
      text,
      channel: 'desk',
      state: passedTo === null ? 'accepted' : 'in-progress',
      desk: 'street',
      reporter_id: resident.accountId,
      filed_by: desk.accountId,
      on_behalf: true,
      accepted_at: filedAt,
      clock_start_at: filedAt,
      response_due_at: clocks.noticeBy,
      due_at: clocks.settleBy,
      clock_rule: {
        response: noticeSpan,
        finish: settleSpan,
        words: clocks.words,
        provisional: clocks.provisional,
      },
      assigned_at: passedOn === null ? null : at(passedOn, 10),
      assigned_by: passedOn === null ? [] : [desk.accountId],
      responded_at: toldOn === null ? null : at(toldOn, 10),
      petition: {
        number: '',
        outsideNumber: null,
        form,
        receivedOn,
        registeredAt: filedAt.toISOString(),
        passedTo,
        passedOn,
        notice: toldOn === null ? null : 'taken-on',
        toldOn,
        opinion: null,
        settledOn: null,
      },
    }
    const entries = [
      entryOf(load, key, filedAt, desk, {
        act: 'file',
        to_state: 'pending',
        detail: { channel: 'desk', onBehalf: true },
      }),
      entryOf(load, key, filedAt, desk, {
        act: 'register-petition',
        from_state: 'pending',
        to_state: 'accepted',
        detail: { form, receivedOn },
      }),
      ...(passedOn === null
        ? []
        : [
            entryOf(load, key, at(passedOn, 10), desk, {
              act: 'pass-petition',
              from_state: 'accepted',
              to_state: 'in-progress',
              detail: { to: passedTo },
            }),
          ]),
      ...(toldOn === null
        ? []
        : [
            entryOf(load, key, at(toldOn, 10), desk, {
              act: 'notice-petition',
              from_state: 'in-progress',
              words: '已书面告知受理，六十日内答复。',
              detail: { notice: 'taken-on', toldOn },
            }),
          ]),
    ]
    return { row, entries, reporter: sealedReporter(keys, row.id, resident) }
  })
}

/** One case that the street can not settle alone: two organisations are called to it this morning. */
async function raiseWhistle({ tx, world, street }: Load): Promise<void> {
  const each = street.cases.find(({ now }) => now.state === 'in-progress' && now.organisation !== null)
  const id = each && world.caseIds.get(each.key)
  const row = id === undefined ? undefined : await findCase(tx, world.streetId, id)
  const head = street.posts.find(({ role }) => role === 'dispatcher')
  const post = head && world.posts.get(head.key)
  if (!row || !post) return
  const called = [...world.organisations.values()].filter((one) => one !== row.organisation_id).slice(0, 2)
  const raisedAt = at(street.today, 7.5)
  const idOf = (name: string) => world.idOf(`whistle:${name}`, raisedAt.getTime())
  const system = systemActor(world.streetId, world.root.path)
  // The database lets nobody blow a whistle in another's name.
  await tx.enter({ ...system, accountId: post.accountId })
  await keepWhistle(
    tx,
    row,
    {
      streetId: world.streetId,
      id: idOf('row'),
      case_id: row.id,
      kind: 'beyond-us',
      area_id: row.area_id,
      area: row.area,
      words: '单靠一家解决不了，请两家今天一起到现场看，定下谁做哪一段。',
      called_organisations: called,
      raised_by: post.accountId,
      raised_post: post.id,
      raised_at: raisedAt,
    },
    {
      entryId: idOf('entry'),
      calls: called.map((organisationId, index) => ({
        organisationId,
        dueAt: endOfDay(street.today),
        task: index === 0 ? { id: idOf('task'), words: '带图纸到现场，说清管线在哪里' } : null,
      })),
    },
  )
  await tx.enter(system)
}

/** A case of this street at a place, with nothing done yet. Its number comes when all are counted. */
function fresh({ world }: Load, area: DemoArea, key: string, createdAt: Date) {
  const { id, path } = wanted(world.areas.get(area.code), area.code)
  return {
    ...freshCase,
    street_id: world.streetId,
    id: world.idOf(key, createdAt.getTime()),
    number: '',
    kind: null,
    matter_id: null,
    urgency: 'P2' as const,
    desk: 'community' as const,
    area_id: id,
    area: path,
    lng: null,
    lat: null,
    source_datum: null,
    place_text: null,
    building_id: null,
    reporter_id: null,
    on_behalf: false,
    confidential: false,
    created_at: createdAt,
  }
}

/** One line of a history; without a post it is the system's. */
function entryOf(
  { world }: Load,
  key: string,
  when: Date,
  post: LoadedPost | null,
  more: Pick<NewEntry, 'act'> & Partial<NewEntry>,
): NewEntry {
  return {
    id: world.idOf(`${key}#${more.act}`, when.getTime()),
    at: when,
    actor_id: post?.accountId ?? systemAccountId,
    post_id: post?.id ?? null,
    from_state: null,
    to_state: null,
    words: null,
    detail: {},
    file_ids: [],
    internal: false,
    ...more,
  }
}
