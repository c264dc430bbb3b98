/** A list of buildings 楼栋表: address, compound, the grid it lies in, households. */
import { sql } from 'kysely'
import type { Datum } from '../../../lib/datum.ts'
import { readChoice, readDecimal, readText, readWholeNumber } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetFinding,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { renewAreaVersion } from './area-writes.ts'
import { placesOf } from './building-places.ts'
import { insertBuildings, type NewBuilding } from './building-store.ts'
import { communityColumn } from './community-column.ts'
import { insertMoves } from './draft-store.ts'
import { areaFinder, type FoundArea } from './find-area-sheet.ts'
import { addEntrances, compoundIds, dropRecords, keepCounts, linkCompounds } from './record-store.ts'

interface Values {
  readonly name: string
  readonly compound: string | null
  readonly address: string | null
  readonly area: string
  /** Said in a column of its own, for grids whose names repeat. */
  readonly community: string | null
  readonly code: string | null
  readonly households: number | null
  /** Entrances that the building has, numbered from 1. */
  readonly entrances: number | null
  readonly lng: number | null
  readonly lat: number | null
  readonly datum: string | null
}

interface KnownBuilding {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly address: string
  readonly compound: string | null
  readonly areaId: string
  readonly lng: number | null
  readonly lat: number | null
  readonly households: number | null
}

const addressOf = ({ address, compound, name }: Values): string => address ?? `${compound ?? ''}${name}`
/** A code names a building; without one, its address and name do. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const keyOf = (code: string | null, address: string, name: string): string =>
  code === null ? `a:${plain(address)}|${plain(name)}` : `c:${code}`

/** Only what these rows may meet: a street has thousands, and a chunk looks once. */
async function readStreet(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const find = await areaFinder(call.tx, call.streetId, call.today)
  const codes = rows.flatMap(({ values }) => values.code ?? [])
  const addresses = rows.map(({ values }) => plain(addressOf(values)))
  const known = await call.tx.many(
    sql<KnownBuilding>`select id, code, name, address, compound, area_id as "areaId", lng, lat, households
      from buildings where street_id = ${call.streetId} and (code = any(${codes}::text[])
        or lower(regexp_replace(normalize(address, nfkc), '\\s', '', 'g')) = any(${addresses}::text[]))`,
  )
  const byKey = new Map<string, KnownBuilding>()
  for (const building of known) {
    byKey.set(keyOf(building.code, '', ''), building)
    byKey.set(keyOf(null, building.address, building.name), building)
  }
  return { find, byKey }
}

/** The last number of the codes that lists made up: L00042. */
async function lastNumber({ tx, streetId }: SheetCall): Promise<number> {
  const { last } = await tx.one(
    sql<{ last: number | null }>`select max(substring(code from 2)::int) as last from buildings
      where street_id = ${streetId} and code ~ '^L[0-9]{5,8}$'`,
  )
  return last ?? 0
}

function findFor(find: (words: string) => FoundArea, { area, community }: Values): FoundArea {
  const inside = community === null ? undefined : find(`${community}${area}`)
  return inside?.ok ? inside : find(area)
}

const keyOfRow = (values: Values): string => keyOf(values.code, addressOf(values), values.name)

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const { find, byKey } = await readStreet(call, rows)
  const findings: SheetFinding[] = []
  const sound: { row: number; key: string; act: 'add' | 'change' | 'same' }[] = []
  for (const { row, values } of rows) {
    const area = findFor(find, values)
    const key = keyOfRow(values)
    if (!area.ok) findings.push({ row, column: 'area', severity: 'error', reason: area.reason })
    else if ((values.lng === null) !== (values.lat === null))
      findings.push({ row, column: 'lng', severity: 'error', reason: halfPlace })
    else if (values.lng !== null && values.datum === null)
      findings.push({ row, column: 'datum', severity: 'error', reason: noDatum })
    else {
      const there = byKey.get(key)
      const act = there === undefined ? 'add' : isSame(there, values, area.area.id) ? 'same' : 'change'
      sound.push({ row, key, act })
    }
  }
  return {
    findings,
    rows: sound,
    ...(await placesOf(
      call,
      rows.map(({ values }) => values),
    )),
  }
}

const noDatum = {
  zh: '有坐标就要写是哪个坐标系，差错会偏约 500 米',
  en: 'Coordinates need their datum: a wrong one is some 500 m off',
}
const halfPlace = { zh: '经度和纬度要一起填', en: 'Longitude and latitude come together' }

const isSame = (there: KnownBuilding, values: Values, areaId: string): boolean =>
  there.name === values.name &&
  there.address === addressOf(values) &&
  there.compound === (values.compound ?? there.compound) &&
  there.areaId === areaId &&
  there.households === (values.households ?? there.households) &&
  values.entrances === null &&
  values.lng === null

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const { tx, streetId, at } = call
  const { find, byKey } = await readStreet(call, rows)
  const wanted: (NewBuilding & { readonly id: string })[] = []
  const outcomes: RowOutcome[] = []
  const entrances = new Map<string, number>()
  let number = await lastNumber(call)
  for (const { row, values } of rows) {
    const area = findFor(find, values)
    if (!area.ok) {
      outcomes.push({ row, refused: area.reason })
      continue
    }
    const there = byKey.get(keyOfRow(values))
    const id = there?.id ?? call.newId()
    const code = there?.code ?? values.code ?? `L${String(++number).padStart(5, '0')}`
    wanted.push(merged(values, { id, code, areaId: area.area.id }, there))
    if (values.entrances !== null) entrances.set(id, values.entrances)
    outcomes.push({
      row,
      act: there ? 'change' : 'add',
      made: [{ table: 'buildings', id, ...(there ? { before: there } : {}) }],
    })
  }
  await insertBuildings(tx, streetId, at, wanted)
  await keepRecords(call, wanted, entrances)
  return outcomes
}

/** The compounds that the list names, its households as of today, and as many entrances as it says. */
async function keepRecords(
  { tx, streetId, today, newId }: SheetCall,
  buildings: readonly (NewBuilding & { readonly id: string })[],
  entrances: ReadonlyMap<string, number>,
): Promise<void> {
  const named = buildings.flatMap(({ id, compound }) => (compound ? [{ id, compound }] : []))
  const ids = await compoundIds(
    tx,
    streetId,
    named.map(({ compound }) => compound),
    today,
    newId,
  )
  await linkCompounds(
    tx,
    streetId,
    named.map(({ id, compound }) => ({
      buildingId: id,
      compoundId: ids.get(compound) ?? null,
      name: compound,
    })),
  )
  const counts = buildings.flatMap(({ id, households }) =>
    typeof households === 'number' ? [{ buildingId: id, households }] : [],
  )
  await keepCounts(tx, streetId, today, '楼栋表', counts)
  await addEntrances(
    tx,
    streetId,
    today,
    [...entrances].flatMap(([buildingId, count]) =>
      Array.from({ length: count }, (_, at) => ({ id: newId(), buildingId, code: String(at + 1) })),
    ),
  )
}

/** What the list leaves empty stays as it is. */
function merged(
  values: Values,
  ids: { id: string; code: string; areaId: string },
  there: KnownBuilding | undefined,
): NewBuilding & { readonly id: string } {
  const stood =
    there && there.lng !== null && there.lat !== null
      ? { lng: there.lng, lat: there.lat, datum: 'wgs84' as const }
      : null
  const place =
    values.lng !== null && values.lat !== null && values.datum !== null
      ? { lng: values.lng, lat: values.lat, datum: values.datum as Datum }
      : stood
  return {
    ...ids,
    name: values.name,
    address: addressOf(values),
    compound: values.compound ?? there?.compound ?? null,
    households: values.households ?? there?.households ?? null,
    place,
  }
}

const inUse = { zh: '已有诉求发生在这栋楼，没有撤销', en: 'A case lies at this building; not undone' }

async function undo(call: SheetCall, rows: readonly UndoRow[]) {
  const { tx, streetId, at } = call
  const made = rows.flatMap((row) => row.made)
  const added = made.filter(({ before }) => before === undefined).map(({ id }) => id)
  const used = new Set(
    (
      await tx.many(
        sql<{
          id: string
        }>`select id from unnest(${added}::uuid[]) as id where building_in_use(${streetId}, id)`,
      )
    ).map(({ id }) => id),
  )
  await dropRecords(
    tx,
    streetId,
    added.filter((id) => !used.has(id)),
  )
  await tx.run(sql`delete from buildings where street_id = ${streetId}
    and id = any(${added.filter((id) => !used.has(id))}::uuid[])`)
  const before = made.flatMap((each) => (each.before === undefined ? [] : [each.before as KnownBuilding]))
  await moveBack(call, before)
  await tx.run(sql`update buildings b set name = r.name, address = r.address, compound = r.compound, area_id = r."areaId",
      lng = r.lng, lat = r.lat, households = r.households
    from jsonb_to_recordset(${JSON.stringify(before)}::jsonb) as r(id uuid, name text, address text, compound text,
      "areaId" uuid, lng float8, lat float8, households int)
    where b.street_id = ${streetId} and b.id = r.id`)
  await renewAreaVersion(tx, streetId, at)
  return rows.map(({ row, made: own }) =>
    own.some(({ id }) => used.has(id)) ? { row, refused: inUse } : { row },
  )
}

/** Where the list had moved a building to another area, it moves back. */
async function moveBack({ tx, streetId, today }: SheetCall, before: readonly KnownBuilding[]): Promise<void> {
  const now = await tx.many(
    sql<{ id: string; areaId: string }>`select id, area_id as "areaId" from buildings
      where street_id = ${streetId} and id = any(${before.map(({ id }) => id)}::uuid[])`,
  )
  const stood = new Map(before.map((one) => [one.id, one.areaId]))
  const moves = now.flatMap(({ id, areaId }) => {
    const to = stood.get(id)
    return to === undefined || to === areaId ? [] : [{ buildingId: id, from: areaId, to }]
  })
  if (moves.length > 0) await insertMoves(tx, streetId, null, today, moves)
}

const datums = {
  wgs84: 'wgs84',
  'wgs-84': 'wgs84',
  cgcs2000: 'cgcs2000',
  国家2000: 'cgcs2000',
  gcj02: 'gcj02',
  'gcj-02': 'gcj02',
  高德: 'gcj02',
  腾讯: 'gcj02',
  bd09: 'bd09',
  百度: 'bd09',
} as const

export const buildingSheet: SheetKind = sheetKind<Values>({
  kind: 'buildings',
  words: { zh: '楼栋', en: 'Buildings' },
  help: {
    zh: '楼栋和它所在的网格。有了它，居民报地址就能找到网格。请先导入区域。',
    en: 'Buildings and the grid each lies in, so that an address finds its grid. Areas come first.',
  },
  position: 40,
  who: ['system-admin'],
  columns: {
    name: {
      words: { zh: '楼栋', en: 'Building' },
      synonyms: ['楼栋名称', '楼栋号', '楼号', '栋号', '幢号', '楼幢', '楼宇名称', '名称'],
      required: true,
      example: '3栋',
      empty: '',
      read: readText(60),
    },
    compound: {
      words: { zh: '小区', en: 'Compound' },
      synonyms: ['小区名称', '院落', '院落名称', '楼院'],
      required: false,
      example: '梧桐苑',
      empty: null,
      read: readText(60),
    },
    address: {
      words: { zh: '地址', en: 'Address' },
      synonyms: ['详细地址', '门牌地址', '门牌号', '楼栋地址'],
      required: false,
      help: { zh: '不填就用小区加楼栋', en: 'Empty: compound and building' },
      example: '桐荫路18号梧桐苑3栋',
      empty: null,
      read: readText(160),
    },
    area: {
      words: { zh: '所在网格', en: 'Lies in' },
      synonyms: ['所属微网格', '微网格', '所属网格', '网格', '网格名称', '所属区域', '区域', '所属社区'],
      required: true,
      help: { zh: '重名时把社区写在前面', en: 'With the community in front where names repeat' },
      example: '桐荫社区第1网格',
      empty: '',
      read: readText(80),
    },
    community: communityColumn,
    code: {
      words: { zh: '楼栋编码', en: 'Code' },
      synonyms: ['编码', '楼栋编号', '编号', '门牌编码'],
      required: false,
      help: {
        zh: '门牌或二维码上的编码；不填由系统编',
        en: 'On the door plate or QR code; made up when empty',
      },
      example: '',
      empty: null,
      read: readText(40),
    },
    households: {
      words: { zh: '户数', en: 'Households' },
      synonyms: ['总户数', '户', '住户数'],
      required: false,
      example: '48',
      empty: null,
      read: readWholeNumber(0, 5_000),
    },
    entrances: {
      words: { zh: '单元数', en: 'Entrances' },
      synonyms: ['单元', '单元个数', '门洞数', '楼道数'],
      required: false,
      help: { zh: '按 1 单元、2 单元……登记', en: 'Kept as entrance 1, 2, and so on' },
      example: '3',
      empty: null,
      read: readWholeNumber(0, 60),
    },
    lng: {
      words: { zh: '经度', en: 'Longitude' },
      synonyms: ['lng', 'lon', 'x坐标'],
      required: false,
      example: '',
      empty: null,
      read: readDecimal(73, 136),
    },
    lat: {
      words: { zh: '纬度', en: 'Latitude' },
      synonyms: ['lat', 'y坐标'],
      required: false,
      example: '',
      empty: null,
      read: readDecimal(3, 54),
    },
    datum: {
      words: { zh: '坐标系', en: 'Datum' },
      synonyms: ['坐标', '坐标类型'],
      required: false,
      requiredWith: 'lng',
      help: {
        zh: '有经纬度就要说明：WGS84（GPS）、国家2000、高德、百度',
        en: 'Asked where there are coordinates: WGS84 (GPS), CGCS2000, Amap, Baidu',
      },
      example: '',
      empty: null,
      choices: ['WGS84', 'CGCS2000', '高德', '百度'],
      read: readChoice<string>(datums, ['WGS84', '国家2000', '高德', '百度']),
    },
  },
  check,
  apply,
  undo,
})
