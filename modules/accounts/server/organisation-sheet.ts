/** A list of organisations 单位表. */
import { sql } from 'kysely'
import { readChoice, readList, readText } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetFinding,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { areaFinder } from '../../areas/server/index.ts'
import type { OrganisationView } from '../contract.ts'
import { organisationKindNames } from '../messages.ts'
import { insertOrganisations, type OrganisationRow, organisationsInOrder } from './organisation-store.ts'
import { forgetPostIndex } from './post-index.ts'

type Kind = OrganisationView['kind']

interface Values {
  readonly name: string
  readonly kind: Kind
  readonly code: string | null
  readonly areas: readonly string[]
}

const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

async function readStreet(call: SheetCall) {
  const organisations = await organisationsInOrder(call.tx, call.streetId, undefined)
  const find = await areaFinder(call.tx, call.streetId, call.today)
  const byName = new Map(organisations.map((one) => [plain(one.name), one]))
  const byCode = new Map(organisations.map((one) => [one.code, one]))
  const areasOf = (values: Values) => {
    const found = values.areas.map((words) => find(words))
    const bad = found.find((each) => !each.ok)
    return bad && !bad.ok
      ? { ok: false as const, reason: bad.reason }
      : { ok: true as const, ids: found.flatMap((each) => (each.ok ? [each.area.id] : [])).sort() }
  }
  return { byName, byCode, areasOf }
}

/** An organisation is known by its code, else by its name. */
const known = (street: Awaited<ReturnType<typeof readStreet>>, values: Values): OrganisationRow | undefined =>
  (values.code === null ? undefined : street.byCode.get(values.code)) ?? street.byName.get(plain(values.name))

const isSame = (there: OrganisationRow, values: Values, areaIds: readonly string[]): boolean =>
  there.name === values.name &&
  there.kind === values.kind &&
  (areaIds.length === 0 || JSON.stringify([...there.areaIds].sort()) === JSON.stringify(areaIds))

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const street = await readStreet(call)
  const findings: SheetFinding[] = []
  const sound: { row: number; key: string; act: 'add' | 'change' | 'same' }[] = []
  for (const { row, values } of rows) {
    const areas = street.areasOf(values)
    if (!areas.ok) findings.push({ row, column: 'areas', severity: 'error', reason: areas.reason })
    else {
      const there = known(street, values)
      const act = there === undefined ? 'add' : isSame(there, values, areas.ids) ? 'same' : 'change'
      sound.push({ row, key: there?.id ?? plain(values.name), act })
    }
  }
  return { findings, rows: sound }
}

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const { tx, streetId } = call
  const street = await readStreet(call)
  const codes = new Set(street.byCode.keys())
  const fresh: { id: string; code: string; name: string; kind: Kind; areaIds: string[] }[] = []
  const outcomes: RowOutcome[] = []
  let number = codes.size
  for (const { row, values } of rows) {
    const areas = street.areasOf(values)
    if (!areas.ok) {
      outcomes.push({ row, refused: areas.reason })
      continue
    }
    const there = known(street, values)
    if (there) {
      await change(call, there, values, areas.ids)
      outcomes.push({ row, act: 'change', made: [{ table: 'organisations', id: there.id, before: there }] })
      continue
    }
    const id = call.newId()
    let code = values.code
    while (code === null || codes.has(code)) code = `dw${String(++number).padStart(3, '0')}`
    codes.add(code)
    fresh.push({ id, code, name: values.name, kind: values.kind, areaIds: areas.ids })
    outcomes.push({ row, act: 'add', made: [{ table: 'organisations', id }] })
  }
  if (fresh.length > 0) await insertOrganisations(tx, streetId, fresh)
  return outcomes
}

async function change(
  { tx, streetId }: SheetCall,
  there: OrganisationRow,
  { name, kind }: Pick<Values, 'name' | 'kind'>,
  areaIds: readonly string[],
): Promise<void> {
  await tx.run(sql`update organisations set name = ${name}, kind = ${kind}, version = version + 1
    where street_id = ${streetId} and id = ${there.id}`)
  if (areaIds.length > 0) await putAreas({ tx, streetId }, there.id, areaIds)
  forgetPostIndex(streetId)
}

async function putAreas(
  { tx, streetId }: Pick<SheetCall, 'tx' | 'streetId'>,
  id: string,
  areaIds: readonly string[],
): Promise<void> {
  await tx.run(sql`delete from organisation_areas where street_id = ${streetId} and organisation_id = ${id}`)
  await tx.run(sql`insert into organisation_areas (street_id, organisation_id, area_id)
    select ${streetId}, ${id}, area from unnest(${[...areaIds]}::uuid[]) as area`)
}

const inUse = { zh: '已经有诉求交给这个单位，没有撤销', en: 'A case was given to it; not undone' }

async function undo(call: SheetCall, rows: readonly UndoRow[]) {
  const { tx, streetId } = call
  const outcomes = []
  for (const { row, made } of rows) {
    let used = false
    for (const { id, before } of made) {
      if (before !== undefined) {
        const there = before as OrganisationRow
        await change(call, there, there, [])
        await putAreas(call, id, there.areaIds)
        continue
      }
      const { in_use } = await tx.one(
        sql<{ in_use: boolean }>`select organisation_in_use(${streetId}, ${id}) as in_use`,
      )
      used ||= in_use
      if (in_use) continue
      await tx.run(
        sql`delete from organisation_areas where street_id = ${streetId} and organisation_id = ${id}`,
      )
      await tx.run(sql`delete from organisations where street_id = ${streetId} and id = ${id}`)
    }
    outcomes.push(used ? { row, refused: inUse } : { row })
  }
  forgetPostIndex(streetId)
  return outcomes
}

/** What lists call the kinds besides our own words. */
const alsoCalled: Readonly<Record<string, Kind>> = {
  执法队: 'urban-enforcement',
  综合执法: 'urban-enforcement',
  综合行政执法队: 'urban-enforcement',
  综合执法大队: 'urban-enforcement',
  城管: 'urban-enforcement',
  城管执法: 'urban-enforcement',
  市场监管所: 'market-regulation',
  市监所: 'market-regulation',
  派出所: 'police',
  公安: 'police',
  交警: 'traffic-police',
  交巡警: 'traffic-police',
  消防: 'fire-rescue',
  消防站: 'fire-rescue',
  司法: 'justice',
  住建: 'housing',
  应急: 'emergency',
  应急办: 'emergency',
  市政: 'municipal-works',
  环卫: 'sanitation',
  环卫所: 'sanitation',
  园林: 'greening',
  供水: 'water',
  自来水: 'water',
  水务: 'water',
  燃气公司: 'gas',
  电力: 'power',
  供电公司: 'power',
  供电所: 'power',
  物业: 'property',
  物业公司: 'property',
  物业服务企业: 'property',
  社会组织: 'community-service',
  共建: 'partner',
  部门: 'department',
  科室: 'department',
  职能部门: 'department',
  其他: 'department',
}
const kinds = Object.keys(organisationKindNames).filter((kind) => kind !== 'import') as Kind[]
const kindWords = kinds.map((kind) => organisationKindNames[kind].zh)
const kindChoices: Readonly<Record<string, Kind>> = {
  ...alsoCalled,
  ...Object.fromEntries(
    kinds.flatMap((kind) => [
      [kind, kind],
      [organisationKindNames[kind].zh, kind],
      [organisationKindNames[kind].en, kind],
    ]),
  ),
}

export const organisationSheet: SheetKind = sheetKind<Values>({
  kind: 'organisations',
  words: { zh: '单位', en: 'Organisations' },
  help: {
    zh: '部门、物业、水电气等承办单位。要写负责区域时请先导入区域。',
    en: 'Departments, property firms, utilities. Areas come first where they are named.',
  },
  position: 20,
  who: ['system-admin'],
  columns: {
    name: {
      words: { zh: '单位名称', en: 'Organisation' },
      synonyms: ['名称', '单位', '部门', '部门名称', '承办单位', '机构名称', '企业名称'],
      required: true,
      example: '桐荫物业服务有限公司',
      empty: '',
      read: readText(80),
    },
    kind: {
      words: { zh: '类型', en: 'Kind' },
      synonyms: ['单位类型', '单位类别', '类别', '性质', '单位性质', '行业'],
      required: true,
      example: '物业企业',
      choices: kindWords,
      empty: 'department',
      read: readChoice<Kind>(kindChoices, kindWords),
    },
    code: {
      words: { zh: '单位编码', en: 'Code' },
      synonyms: ['编码', '代码', '编号', '单位代码', '统一社会信用代码'],
      required: false,
      help: { zh: '不填由系统编', en: 'Made up when empty' },
      example: '',
      empty: null,
      read: readText(40),
    },
    areas: {
      words: { zh: '负责区域', en: 'Works in' },
      synonyms: ['服务区域', '服务范围', '责任区域', '所在社区', '所属社区', '社区', '管辖区域'],
      required: false,
      help: { zh: '不填就是全街道；几个之间用顿号', en: 'Empty: the whole street' },
      example: '桐荫社区',
      empty: [],
      read: readList(40),
    },
  },
  check,
  apply,
  undo,
})
