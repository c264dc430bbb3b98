/** What a list of staff and posts would add. Pure: rows with their places, and who is there, in; what each row does out. */
import type { Role, StaffRole } from '../../../lib/contract.ts'
import type { Bilingual } from '../../../lib/language.ts'
import type { Day } from '../../../lib/time.ts'
import { decidePlace } from './place-of-role.ts'
import { mayHoldTogether } from './role-exclusions.ts'

export interface StaffListRow {
  readonly row: number
  readonly name: string
  readonly phone: string | null
  readonly role: StaffRole
  readonly place: string | null
  /** Said in a column of its own, for places whose names repeat. */
  readonly community: string | null
  readonly from: Day | null
  readonly to: Day | null
  readonly username: string | null
}

export interface StaffPlace {
  readonly area?: { readonly id: string; readonly path: string; readonly isStreet: boolean }
  readonly organisationId?: string
}

export interface KnownPerson {
  readonly accountId: string
  readonly name: string
  readonly phone: string | null
  readonly username: string
  readonly disabled: boolean
  readonly posts: readonly {
    readonly role: Role
    readonly areaId: string | null
    readonly organisationId: string | null
    readonly fromDay: Day
    readonly toDay: Day | null
  }[]
}

export interface StaffDecision {
  readonly row: number
  /** The person: an account that is there, or one key for all rows of a new person. */
  readonly person: { readonly known: KnownPerson } | { readonly fresh: string }
  readonly key: string
  readonly act: 'add' | 'same'
}

export interface StaffPlan {
  readonly decisions: readonly StaffDecision[]
  readonly faults: readonly { readonly row: number; readonly column: string; readonly reason: Bilingual }[]
  readonly notes: readonly { readonly row: number; readonly column: string; readonly reason: Bilingual }[]
}

const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const sameTerm = (a: Day | null, b: Day | null): boolean => a === null || b === null || a === b

/**
 * Rows of one name and phone are one person, who may hold several posts. A person is known by name and phone; by the
 * name alone only where neither side says a phone and nobody else has the name.
 */
export function planStaffRows(
  rows: readonly StaffListRow[],
  placeOf: (row: StaffListRow) => { ok: true; place: StaffPlace } | { ok: false; reason: Bilingual },
  people: readonly KnownPerson[],
): StaffPlan {
  const decisions: StaffDecision[] = []
  const faults: { row: number; column: string; reason: Bilingual }[] = []
  const notes: { row: number; column: string; reason: Bilingual }[] = []
  const rolesOf = new Map<string, Role[]>()
  for (const row of rows) {
    const fault = (column: string, reason: Bilingual) => faults.push({ row: row.row, column, reason })
    if (administrators.includes(row.role)) {
      fault('role', oneByOne)
      continue
    }
    const found = placeOf(row)
    if (!found.ok) {
      fault('place', found.reason)
      continue
    }
    const { area, organisationId } = found.place
    const fits = decidePlace(row.role, {
      hasArea: area !== undefined,
      areaIsStreet: area?.isStreet ?? false,
      hasOrganisation: organisationId !== undefined,
    })
    if (!fits.ok) {
      fault('place', fits.needs === 'organisation' ? needsOrganisation : needsArea)
      continue
    }
    if (row.from !== null && row.to !== null && row.to < row.from) {
      fault('to', backwards)
      continue
    }
    const known = personOf(row, people)
    if (known?.disabled) {
      fault('name', isDisabled)
      continue
    }
    const personKey = known ? known.accountId : `${plain(row.name)}|${row.phone ?? ''}`
    const held = rolesOf.get(personKey) ?? known?.posts.map(({ role }) => role) ?? []
    if (!mayHoldTogether([...held, row.role])) {
      fault('role', excluded)
      continue
    }
    rolesOf.set(personKey, [...held, row.role])
    const there = known?.posts.some(
      (post) =>
        post.role === row.role &&
        post.areaId === (area?.id ?? null) &&
        post.organisationId === (organisationId ?? null) &&
        sameTerm(row.to, post.toDay),
    )
    if (known && !there)
      notes.push({
        row: row.row,
        column: 'name',
        reason: {
          zh: `已有账号 ${known.username}，只加岗位`,
          en: `Has the account ${known.username}; only the post is added`,
        },
      })
    decisions.push({
      row: row.row,
      person: known ? { known } : { fresh: personKey },
      key: `${personKey}|${row.role}|${area?.id ?? organisationId}`,
      act: there ? 'same' : 'add',
    })
  }
  return { decisions, faults, notes }
}

function personOf(row: StaffListRow, people: readonly KnownPerson[]): KnownPerson | undefined {
  if (row.username !== null) {
    const byUsername = people.find((person) => person.username === plain(row.username ?? ''))
    if (byUsername) return byUsername
  }
  const named = people.filter((person) => plain(person.name) === plain(row.name))
  const exact = named.find((person) => row.phone !== null && person.phone === row.phone)
  if (exact) return exact
  const [only] = named
  return named.length === 1 && (row.phone === null || only?.phone === null) ? only : undefined
}

const oneByOne: Bilingual = {
  zh: '三类管理员不能批量导入，请在“账号”里逐个任命',
  en: 'Administrators are appointed one by one, not by a list',
}
const needsArea: Bilingual = { zh: '这个岗位要落在区域上', en: 'This post stands in an area' }
const needsOrganisation: Bilingual = { zh: '这个岗位要落在单位里', en: 'This post stands in an organisation' }
const backwards: Bilingual = { zh: '止期早于起期', en: 'The term ends before it begins' }
const isDisabled: Bilingual = {
  zh: '这个人的账号已停用，请先恢复',
  en: 'The account of this person is disabled',
}
const excluded: Bilingual = {
  zh: '这个人已是管理员，不能再任其他岗位',
  en: 'An administrator holds no other post',
}
