/** A list of staff and their posts 人员与岗位表: accounts with one-time passwords, and who holds which post where. */
import { sql } from 'kysely'
import type { StaffRole } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { readChoice, readDay, readMobile, readText } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { areaFinder, communityColumn } from '../../areas/server/index.ts'
import { roleNames } from '../messages.ts'
import {
  type KnownPerson,
  planStaffRows,
  type StaffListRow,
  type StaffPlace,
  type StaffPlan,
} from '../rules/plan-staff-rows.ts'
import { contactsOf, knownUsernames, staffOfStreet } from './account-store.ts'
import { insertAccounts, type NewAccount } from './insert-accounts.ts'
import { organisationsInOrder } from './organisation-store.ts'
import { hashPassword, makeOneTimePassword } from './passwords.ts'
import { forgetPostIndex } from './post-index.ts'
import { insertPosts, type NewPost, postsOfAccounts } from './post-store.ts'
import { roleChoices } from './role-choices.ts'
import { beginnings, usernameMaker } from './username-maker.ts'

type Values = Omit<StaffListRow, 'row'>
type Placed = { ok: true; place: StaffPlace } | { ok: false; reason: { zh: string; en: string } }

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Whose posts may stand in the whole street; the others name their place, or a forgotten cell would open the street to them. */
const ofStreet: readonly StaffRole[] = ['dispatcher', 'duty-head', 'verifier', 'supervisor', 'viewer']

/** Places by the words of the list: an area's name, else an organisation's; empty is the street itself. */
async function placeFinder({ tx, streetId, today, streetPath }: SheetCall) {
  const find = await areaFinder(tx, streetId, today)
  const organisations = await organisationsInOrder(tx, streetId, undefined)
  const byName = new Map(
    organisations.flatMap(
      (one) =>
        [
          [plain(one.name), one],
          [plain(one.code), one],
        ] as const,
    ),
  )
  const root = find(streetPath.replace(/^s/, ''))
  return ({ place: own, community, role }: Pick<StaffListRow, 'place' | 'community' | 'role'>): Placed => {
    const place = own ?? community
    const inOrganisation = role === 'handler' || role === 'organisation-lead'
    if (place === null) {
      if (!inOrganisation && !ofStreet.includes(role))
        return {
          ok: false,
          reason: { zh: '要写这个岗位所在的社区或网格', en: 'Name the community or grid of this post' },
        }
      if (inOrganisation || !root.ok)
        return { ok: false, reason: { zh: '要写单位名称', en: 'Name the organisation' } }
      return { ok: true, place: { area: { id: root.area.id, path: root.area.path, isStreet: true } } }
    }
    const organisation = byName.get(plain(place))
    if (organisation && inOrganisation) return { ok: true, place: { organisationId: organisation.id } }
    const inside = community === null ? undefined : find(`${community}${place}`)
    const area = inside?.ok ? inside : find(place)
    if (area.ok && !inOrganisation)
      return {
        ok: true,
        place: { area: { id: area.area.id, path: area.area.path, isStreet: area.area.parentId === null } },
      }
    if (area.ok || inOrganisation)
      return {
        ok: false,
        reason: { zh: `没有找到单位“${place}”`, en: `No organisation is called “${place}”` },
      }
    return area
  }
}

async function knownPeople({ tx, keys, streetId, today }: SheetCall): Promise<KnownPerson[]> {
  const accounts = await staffOfStreet(tx, streetId, undefined, undefined)
  const ids = accounts.map(({ id }) => id)
  const contacts = new Map((await contactsOf(tx, ids)).map((row) => [row.id, row]))
  const posts = await postsOfAccounts(tx, streetId, ids, today)
  return accounts.map((account) => {
    const contact = contacts.get(account.id)
    const open = (column: 'name' | 'phone', sealed: string | null | undefined) =>
      sealed ? keys.open(`account_contacts.${column}.${account.id}`, sealed) : null
    return {
      accountId: account.id,
      username: account.username ?? '',
      disabled: account.disabled_at !== null,
      name: open('name', contact?.name_encrypted) ?? '',
      phone: open('phone', contact?.phone_encrypted),
      posts: posts.filter((post) => post.accountId === account.id),
    }
  })
}

async function planFor(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const find = await placeFinder(call)
  const list = rows.map(({ row, values }) => ({ row, ...values }))
  return { find, plan: planStaffRows(list, find, await knownPeople(call)) }
}

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const { plan } = await planFor(call, rows)
  const wanted = rows.flatMap(({ values }) => (values.username === null ? [] : [plain(values.username)]))
  const taken = await knownUsernames(call.tx, wanted)
  const freshRows = new Set(plan.decisions.flatMap(({ row, person }) => ('fresh' in person ? [row] : [])))
  const clash = rows.filter(
    ({ row, values }) => freshRows.has(row) && values.username !== null && taken.has(plain(values.username)),
  )
  return {
    findings: [
      ...plan.faults.map((fault) => ({ ...fault, severity: 'error' as const })),
      ...plan.notes.map((note) => ({ ...note, severity: 'warning' as const })),
      ...clash.map(({ row }) => ({
        row,
        column: 'username',
        severity: 'error' as const,
        reason: { zh: '这个用户名已经有人用了', en: 'This user name is taken' },
      })),
    ],
    rows: plan.decisions.map(({ row, key, act }) => ({ row, key, act })),
  }
}

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const { find, plan } = await planFor(call, rows)
  const people = await newPeople(call, rows, plan)
  await insertAccounts(
    call.tx,
    call.keys,
    call.streetId,
    call.at,
    [...people.values()].map(({ account }) => account),
  )
  const posts: NewPost[] = []
  const told = new Set<string>()
  const byRow = new Map(plan.decisions.map((decision) => [decision.row, decision]))
  const outcomes = rows.map(({ row, values }): RowOutcome => {
    const decision = byRow.get(row)
    const found = find(values)
    if (!decision || !found.ok) return { row, refused: refusalOf(plan, row) }
    if (decision.act === 'same') return { row, act: 'same', made: [] }
    const person = 'fresh' in decision.person ? people.get(decision.person.fresh) : undefined
    const accountId = 'known' in decision.person ? decision.person.known.accountId : person?.account.id
    if (accountId === undefined) return { row, refused: refusalOf(plan, row) }
    const id = call.newId()
    const { area, organisationId } = found.place
    posts.push({
      id,
      accountId,
      role: values.role,
      fromDay: values.from ?? dayOf(call.at),
      toDay: values.to,
      ...(area ? { area } : {}),
      ...(organisationId ? { organisationId } : {}),
    })
    const isFirst = person !== undefined && !told.has(accountId)
    told.add(accountId)
    return {
      row,
      act: 'add',
      made: [...(isFirst ? [{ table: 'accounts', id: accountId }] : []), { table: 'posts', id }],
      ...(isFirst && person ? { secret: person.secret } : {}),
    }
  })
  await insertPosts(call.tx, call.streetId, posts)
  return outcomes
}

const refusalOf = (plan: StaffPlan, row: number) =>
  plan.faults.find((fault) => fault.row === row)?.reason ?? {
    zh: '情况已有变化，没有导入',
    en: 'Things have changed; left out',
  }

interface NewPerson {
  readonly account: NewAccount
  readonly secret: { readonly username: string; readonly password: string; readonly name: string }
}

/** One account for each new person, under the name given or one made of the role and a number. */
async function newPeople(
  { tx, newId }: SheetCall,
  rows: readonly SheetRow<Values>[],
  plan: StaffPlan,
): Promise<Map<string, NewPerson>> {
  const valuesOf = new Map(rows.map(({ row, values }) => [row, values]))
  const people = new Map<string, NewPerson>()
  const fresh = plan.decisions.flatMap(({ row, person, act }) =>
    'fresh' in person && act === 'add' ? [{ row, key: person.fresh }] : [],
  )
  const free = await usernameMaker(tx)
  for (const { row, key } of fresh) {
    const values = valuesOf.get(row)
    if (!values || people.has(key)) continue
    const password = makeOneTimePassword()
    const username = values.username === null ? free(values.role) : plain(values.username)
    people.set(key, {
      account: {
        id: newId(),
        kind: 'staff',
        username,
        displayName: values.name,
        ...(values.phone === null ? {} : { phone: values.phone }),
        passwordHash: await hashPassword(password),
        mustChangePassword: true,
      },
      secret: { username, password, name: values.name },
    })
  }
  return people
}

const signedIn = {
  zh: '这个人已经登录使用，账号和岗位保留',
  en: 'This person has signed in; account and post stay',
}
const atWork = { zh: '这个岗位手上已有诉求，没有撤销', en: 'This post holds a case; not undone' }

/** Rows come newest first, so an account's first row, which made it, comes after its further posts. */
async function undo(call: SheetCall, rows: readonly UndoRow[]) {
  const { tx, streetId } = call
  const outcomes = []
  for (const { row, made } of rows) {
    const posts = made.filter(({ table }) => table === 'posts').map(({ id }) => id)
    const accounts = made.filter(({ table }) => table === 'accounts').map(({ id }) => id)
    const { used, entered } = await tx.one(
      sql<{ used: boolean; entered: boolean }>`select
        exists (select from unnest(${posts}::uuid[]) as id where post_in_use(${streetId}, id)) as used,
        exists (select from posts p join accounts a on a.id = p.account_id
          where p.street_id = ${streetId} and p.id = any(${posts}::uuid[]) and a.last_sign_in_at >= p.from_day) as entered`,
    )
    if (used || entered) {
      outcomes.push({ row, refused: used ? atWork : signedIn })
      continue
    }
    await tx.run(sql`delete from posts where street_id = ${streetId} and id = any(${posts}::uuid[])`)
    await tx.run(
      sql`delete from memberships where street_id = ${streetId} and account_id = any(${accounts}::uuid[])`,
    )
    await tx.run(sql`delete from account_contacts where account_id = any(${accounts}::uuid[])`)
    await tx.run(sql`delete from accounts where id = any(${accounts}::uuid[])`)
    outcomes.push({ row })
  }
  forgetPostIndex(streetId)
  return outcomes
}

const usualRoles = (Object.keys(beginnings) as StaffRole[])
  .filter((role) => !role.endsWith('admin'))
  .map((role) => roleNames[role].zh)

const termColumn = (zh: string, en: string, synonyms: readonly string[], example: string) => ({
  words: { zh, en },
  synonyms,
  required: false,
  example,
  empty: null,
  read: readDay,
})

export const staffSheet: SheetKind = sheetKind<Values>({
  kind: 'staff',
  words: { zh: '人员与岗位', en: 'Staff and posts' },
  help: {
    zh: '每人一个账号和一次性密码，导入后打印一次分发。请先导入区域和单位。由安全管理员确认。',
    en: 'An account and a one-time password each, printed once. Areas and organisations come first; the security administrator confirms.',
  },
  position: 30,
  who: ['system-admin', 'security-admin'],
  // Rule: rights.md, "Roles": accounts and posts are the security administrator's third.
  confirmedBy: ['security-admin'],
  maxRows: 5_000,
  // Each row hashes a password.
  chunkRows: 50,
  columns: {
    name: {
      words: { zh: '姓名', en: 'Name' },
      synonyms: ['人员姓名', '网格员姓名', '网格员', '网格长姓名', '网格长', '负责人', '联系人', '名字'],
      required: true,
      example: '张试样',
      empty: '',
      read: readText(40),
    },
    phone: {
      words: { zh: '电话', en: 'Phone' },
      synonyms: ['手机', '手机号', '手机号码', '联系电话', '联系方式', '电话号码', '移动电话'],
      required: false,
      example: '13900000000',
      empty: null,
      read: readMobile,
    },
    role: {
      words: { zh: '岗位', en: 'Post' },
      synonyms: ['职务', '岗位名称', '角色', '身份', '职位', '人员类别', '人员类型'],
      required: true,
      example: '专职网格员',
      choices: usualRoles,
      empty: 'viewer',
      read: readChoice<StaffRole>(roleChoices, usualRoles),
    },
    place: {
      words: { zh: '区域或单位', en: 'Area or organisation' },
      synonyms: [
        '所在区域',
        '所属区域',
        '区域',
        '所属单位',
        '单位',
        '所属网格',
        '网格',
        '网格名称',
        '负责网格',
        '所属社区',
        '社区',
        '部门',
        '工作单位',
        '任职单位',
      ],
      required: false,
      help: { zh: '不填就是全街道；重名时把社区写在前面', en: 'Empty: the whole street' },
      example: '桐荫社区第1网格',
      empty: null,
      read: readText(80),
    },
    community: communityColumn,
    from: termColumn(
      '起',
      'From',
      ['起始日期', '任职时间', '任职日期', '上岗时间', '上岗日期', '开始日期', '到岗时间', '起聘时间'],
      '2026-03-05',
    ),
    to: termColumn('止', 'Until', ['终止日期', '离任时间', '结束日期', '到期日期', '截止日期'], ''),
    username: {
      words: { zh: '用户名', en: 'User name' },
      synonyms: ['账号', '登录名', '登录账号'],
      required: false,
      help: { zh: '不填由系统编', en: 'Made up when empty' },
      example: '',
      empty: null,
      read: ({ text }) =>
        /^[\p{L}\p{N}._-]{2,40}$/u.test(text)
          ? { ok: true, value: text }
          : {
              ok: false,
              reason: {
                zh: '用户名用 2 到 40 个字母、数字',
                en: 'A user name is 2 to 40 letters and digits',
              },
            },
    },
  },
  check,
  apply,
  undo,
})
