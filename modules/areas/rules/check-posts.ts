/** Posts that nobody holds, micro-grids without their one lead, people with too many posts, grids without a party branch. */
import type { CheckedPost, CheckedTree, Finding } from './check.ts'

export interface PostRules {
  /** Roles that an area of a level must have somebody for. */
  readonly expected: readonly { readonly level: string; readonly role: string }[]
  /** Levels at which many share a post and one of them leads. */
  readonly leadLevels: readonly string[]
  /** More areas than this are too much for one person. */
  readonly mostAreasOfPerson: number
  /** Levels whose areas have a branch of their own. */
  readonly branchLevels: readonly string[]
}

export interface StaffFacts {
  /** In force on the day. */
  readonly posts: readonly CheckedPost[]
  /** Areas with a party branch of their own; undefined where no party tree is kept. */
  readonly branchAreaIds: ReadonlySet<string> | undefined
}

export function checkStaff(tree: CheckedTree, staff: StaffFacts, rules: PostRules): Finding[] {
  const inArea = new Map<string, CheckedPost[]>()
  for (const post of staff.posts) inArea.set(post.areaId, [...(inArea.get(post.areaId) ?? []), post])
  return [
    ...tree.areas.flatMap((area) => {
      const posts = inArea.get(area.id) ?? []
      const vacant = rules.expected.filter(
        ({ level, role }) => level === area.level && !posts.some((post) => post.role === role),
      )
      const led = posts.length === 0 || posts.some(({ lead }) => lead)
      return [
        ...vacant.map(({ role }): Finding => ({ kind: 'vacant-post', areaIds: [area.id], role })),
        ...(rules.leadLevels.includes(area.level) && !led
          ? [{ kind: 'no-lead', areaIds: [area.id] } satisfies Finding]
          : []),
      ]
    }),
    ...withoutBranch(tree, staff, rules),
    ...overburdened(tree, staff.posts, rules),
  ]
}

// Rule: 一网格一支部, a branch on every grid.
function withoutBranch(tree: CheckedTree, { branchAreaIds }: StaffFacts, rules: PostRules): Finding[] {
  if (!branchAreaIds) return []
  return tree.areas
    .filter(({ id, level }) => rules.branchLevels.includes(level) && !branchAreaIds.has(id))
    .map(({ id }) => ({ kind: 'no-branch', areaIds: [id] }))
}

function overburdened(tree: CheckedTree, posts: readonly CheckedPost[], rules: PostRules): Finding[] {
  const areasOf = new Map<string, Set<string>>()
  for (const { accountId, areaId, standIn } of posts) {
    if (standIn || !tree.byId.has(areaId)) continue
    const areas = areasOf.get(accountId) ?? new Set()
    areasOf.set(accountId, areas.add(areaId))
  }
  return [...areasOf].flatMap(([accountId, areas]): Finding[] =>
    areas.size > rules.mostAreasOfPerson
      ? [{ kind: 'too-many-posts', areaIds: [...areas].sort(), accountId, figure: areas.size }]
      : [],
  )
}
