/** The desk’s part of a tale: accepting, moving between the desks, assigning. */
import { deskPost, deskWait, type Holder, type Tale } from './tale.ts'
import * as said from './texts/clerk-words.ts'
import type { DemoPost } from './types.ts'
import { organisationsFor, postsIn } from './world.ts'

export function accept(tale: Tale): void {
  const { story, subject, random } = tale
  const { kind, key, urgency, level } = subject.matter
  const early = random.chance(0.5)
  if (early) moveDesk(tale)
  story.add('accept', deskPost(tale), deskWait(tale), {
    to: 'accepted',
    words: random.pick(said.acceptWords),
    data: { kind, matterKey: key, urgency },
  })
  if (!early) moveDesk(tale)
  if (level === 'community' && random.chance(0.04) && 'phone' in subject.reporter) {
    story.add(
      'add',
      { resident: subject.reporter.key },
      { from: 5, to: 60, hours: 'home' },
      { words: random.pick(said.addWords) },
    )
  }
}

/** What the community cannot settle goes up; what a community’s duty list holds is sent down to it. */
function moveDesk(tale: Tale): void {
  const { story, subject, random, world } = tale
  if (tale.desk !== null && subject.matter.level === 'street' && random.chance(0.45)) {
    story.add('escalate', deskPost(tale), deskWait(tale), { words: random.pick(said.escalateWords) })
    tale.desk = null
  } else if (
    subject.communityCode === null &&
    (subject.matter.level === 'community' || subject.matter.level === 'grid')
  ) {
    const home =
      'buildingCode' in subject.reporter
        ? subject.reporter.buildingCode.slice(0, 12)
        : (world.areas[1]?.code ?? '')
    story.add('send-down', deskPost(tale), deskWait(tale), {
      words: random.pick(said.sendDownWords),
      data: { areaCode: home },
    })
    tale.desk = home
  }
}

export function assign(tale: Tale): void {
  const { story, random, world, subject } = tale
  const by = deskPost(tale)
  const holder = chooseHolder(tale, by)
  tale.holder = holder
  const name = holder.organisation?.name ?? '网格和社区工作人员'
  const helper = random.chance(0.08)
    ? organisationsFor(world, subject.matter.key, subject.gridCode, 'may').find(
        (each) => each !== holder.organisation,
      )
    : undefined
  story.add('assign', by, deskWait(tale), {
    to: 'assigned',
    words: random.pick(said.assignWords).replaceAll('{单位}', name),
    data: {
      ...(holder.organisation ? { organisation: holder.organisation.code } : { post: holder.post.key }),
      helpers: helper ? [helper.code] : [],
    },
  })
}

function chooseHolder(tale: Tale, assigner: DemoPost): Holder {
  const { world, random, subject } = tale
  const { matter, gridCode } = subject
  const must = organisationsFor(world, matter.key, gridCode, 'must')
  const own = must.find((each) => (each.kind === 'property') === (matter.level === 'community')) ?? must[0]
  const toGrid = matter.level === 'grid' && gridCode !== null
  if (!toGrid && own !== undefined && (matter.level !== 'grid' || tale.desk === null)) {
    const handlers = world.posts.filter(
      (post) => post.role === 'handler' && post.organisationCode === own.code,
    )
    return { organisation: own, post: random.pick(handlers) }
  }
  const inGrid =
    gridCode === null
      ? []
      : [...postsIn(world, 'grid-worker', gridCode), ...postsIn(world, 'grid-head', gridCode)]
  const clerks = tale.desk === null ? [] : postsIn(world, 'clerk', tale.desk)
  const pool = (toGrid || (inGrid.length > 0 && random.chance(0.5)) ? inGrid : [...clerks, ...inGrid]).filter(
    (post) => post.personKey !== assigner.personKey,
  )
  return { organisation: null, post: random.pick(pool) }
}
