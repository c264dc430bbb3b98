/** A duty list 职责清单: which kind of organisation must, may or need not take which matters. */
import { sql } from 'kysely'
import { readChoice, readText } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetFinding,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { organisationKindNames } from '../../accounts/messages.ts'
import { dutyHolderName, dutyNames, levelNames } from '../matter-cells.ts'
import type { DutyRule } from '../seeds/read-catalogue.ts'
import { currentMatters, forgetCatalogue } from './matter-store.ts'

interface Values {
  readonly holder: string
  readonly level: DutyRule['level'] | null
  readonly matter: string
  readonly duty: DutyRule['duty']
  readonly turnTo: string | null
  readonly basis: string
  readonly basisEn: string | null
}

interface Street {
  readonly rules: ReadonlyMap<string, DutyRule>
  /** The codes that begin with a text, or that a name stands for. */
  prefixOf(matter: string): string | undefined
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const keyOf = (rule: Pick<DutyRule, 'level' | 'organisationKind' | 'matterPrefix'>): string =>
  `${rule.level}|${rule.organisationKind}|${rule.matterPrefix}`

async function readStreet({ tx, streetId }: SheetCall): Promise<Street> {
  const rules = await tx.many(
    sql<DutyRule>`select level, organisation_kind as "organisationKind", matter_prefix as "matterPrefix", duty,
        turn_to as "turnTo", basis_zh as "basisZh", basis_en as "basisEn"
      from duty_rules where street_id = ${streetId}`,
  )
  const matters = await currentMatters(tx, streetId)
  const byName = new Map<string, string>()
  for (const matter of matters) {
    byName.set(plain(matter.name), matter.code)
    if (matter.resident_words !== null) byName.set(plain(matter.resident_words), matter.code)
  }
  const classes = new Map(
    matters.map((matter) => [plain(matter.class_name), matter.code.slice(0, -3)] as const),
  )
  return {
    rules: new Map(rules.map((rule) => [keyOf(rule), rule])),
    prefixOf(matter) {
      const code = matter.toUpperCase().replace(/(?<![*×X…])[*×X…]+$/, '')
      const head = /^[A-Z0-9]{2,20}/.exec(matter.toUpperCase())?.[0]
      if (matters.some((each) => each.code.startsWith(code))) return code
      if (head !== undefined && matters.some((each) => each.code.startsWith(head))) return head
      return byName.get(plain(matter)) ?? classes.get(plain(matter))
    },
  }
}

/** A community's and a grid's list stand at their own level, an organisation's at that of departments. */
const levelOf = ({ holder, level }: Values): DutyRule['level'] =>
  level ??
  (holder === 'community'
    ? 'community'
    : holder === 'grid'
      ? 'grid'
      : holder === 'street-centre'
        ? 'street'
        : 'department')

function ruleOf(values: Values, matterPrefix: string, there: DutyRule | undefined): DutyRule {
  return {
    level: levelOf(values),
    organisationKind: values.holder,
    matterPrefix,
    duty: values.duty,
    turnTo: values.turnTo ?? there?.turnTo ?? null,
    basisZh: values.basis,
    basisEn: values.basisEn ?? (there?.basisZh === values.basis ? there.basisEn : values.basis),
  }
}

const unknownMatter = (matter: string) => ({
  zh: `目录里没有“${matter}”这个事项`,
  en: `The catalogue has no matter “${matter}”`,
})

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const street = await readStreet(call)
  const findings: SheetFinding[] = []
  const sound: { row: number; key: string; act: 'add' | 'change' | 'same' }[] = []
  for (const { row, values } of rows) {
    const prefix = street.prefixOf(values.matter)
    if (prefix === undefined) {
      findings.push({ row, column: 'matter', severity: 'error', reason: unknownMatter(values.matter) })
      continue
    }
    const key = keyOf({ level: levelOf(values), organisationKind: values.holder, matterPrefix: prefix })
    const there = street.rules.get(key)
    const rule = ruleOf(values, prefix, there)
    const act =
      there === undefined
        ? 'add'
        : JSON.stringify(rule) === JSON.stringify(inOrder(there))
          ? 'same'
          : 'change'
    sound.push({ row, key, act })
  }
  return { findings, rows: sound }
}

const inOrder = (rule: DutyRule): DutyRule => ({
  level: rule.level,
  organisationKind: rule.organisationKind,
  matterPrefix: rule.matterPrefix,
  duty: rule.duty,
  turnTo: rule.turnTo,
  basisZh: rule.basisZh,
  basisEn: rule.basisEn,
})

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const street = await readStreet(call)
  const wanted: DutyRule[] = []
  const outcomes = rows.map(({ row, values }): RowOutcome => {
    const prefix = street.prefixOf(values.matter)
    if (prefix === undefined) return { row, refused: unknownMatter(values.matter) }
    const key = keyOf({ level: levelOf(values), organisationKind: values.holder, matterPrefix: prefix })
    const there = street.rules.get(key)
    wanted.push(ruleOf(values, prefix, there))
    return {
      row,
      act: there ? 'change' : 'add',
      made: [{ table: 'duty_rules', id: key, ...(there ? { before: there } : {}) }],
    }
  })
  await putRules(call, wanted)
  return outcomes
}

async function putRules({ tx, streetId }: SheetCall, rules: readonly DutyRule[]): Promise<void> {
  await tx.run(sql`insert into duty_rules (street_id, level, organisation_kind, matter_prefix, duty, turn_to, basis_zh, basis_en)
    select ${streetId}, r.level, r."organisationKind", r."matterPrefix", r.duty, r."turnTo", r."basisZh", r."basisEn"
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(level text, "organisationKind" text, "matterPrefix" text,
      duty text, "turnTo" text, "basisZh" text, "basisEn" text)
    on conflict (street_id, level, organisation_kind, matter_prefix) do update set duty = excluded.duty,
      turn_to = excluded.turn_to, basis_zh = excluded.basis_zh, basis_en = excluded.basis_en`)
  forgetCatalogue(streetId)
}

async function undo(call: SheetCall, rows: readonly UndoRow[]) {
  const { tx, streetId } = call
  const made = rows.flatMap((row) => row.made)
  const added = made.filter(({ before }) => before === undefined).map(({ id }) => id)
  await tx.run(sql`delete from duty_rules where street_id = ${streetId}
    and level || '|' || organisation_kind || '|' || matter_prefix = any(${added}::text[])`)
  await putRules(
    call,
    made.flatMap(({ before }) => (before === undefined ? [] : [before as DutyRule])),
  )
  return rows.map(({ row }) => ({ row }))
}

const holders = ['community', 'grid', 'street-centre', ...Object.keys(organisationKindNames)].filter(
  (kind) => kind !== 'import',
)
const holderWords = holders.map((kind) => dutyHolderName(kind, 'zh'))
const holderChoices: Readonly<Record<string, string>> = {
  居委会: 'community',
  社区居委会: 'community',
  街道: 'street-centre',
  指挥中心: 'street-centre',
  执法队: 'urban-enforcement',
  综合行政执法队: 'urban-enforcement',
  综合执法: 'urban-enforcement',
  派出所: 'police',
  物业: 'property',
  物业公司: 'property',
  ...Object.fromEntries(
    holders.flatMap((kind) => [
      [kind, kind],
      [dutyHolderName(kind, 'zh'), kind],
      [dutyHolderName(kind, 'en'), kind],
    ]),
  ),
}

const fromWords = <Key extends string>(names: Readonly<Record<Key, { zh: string; en: string }>>) =>
  Object.fromEntries(
    (Object.keys(names) as Key[]).flatMap((key) => [
      [key, key],
      [names[key].zh, key],
      [names[key].en, key],
    ]),
  ) as Readonly<Record<string, Key>>

export const dutyRuleSheet: SheetKind = sheetKind<Values>({
  kind: 'duty-rules',
  words: { zh: '职责清单', en: 'Duty list' },
  help: {
    zh: '谁该办什么。社区清单之外的事派不下去。事项写编码或名称都可以。',
    en: 'Who takes what. What a community’s list does not hold cannot be pushed onto it.',
  },
  position: 60,
  who: ['system-admin'],
  columns: {
    holder: {
      words: { zh: '承办方', en: 'Who' },
      synonyms: ['承办单位类型', '责任主体', '责任单位', '单位类型', '承办单位', '主体', '牵头单位'],
      required: true,
      example: '社区',
      choices: holderWords,
      empty: 'community',
      read: readChoice<string>(holderChoices, holderWords),
    },
    level: {
      words: { zh: '层级', en: 'Level' },
      synonyms: ['清单层级'],
      required: false,
      help: { zh: '不填按承办方', en: 'Empty: as the holder says' },
      example: '',
      choices: Object.values(levelNames).map(({ zh }) => zh),
      empty: null,
      read: readChoice<DutyRule['level']>(
        fromWords(levelNames),
        Object.values(levelNames).map(({ zh }) => zh),
      ),
    },
    matter: {
      words: { zh: '事项', en: 'Matter' },
      synonyms: ['事项编码', '事项名称', '职责事项', '工作事项', '编码', '事项类别', '具体事项'],
      required: true,
      help: { zh: '编码、编码开头或名称', en: 'A code, its beginning, or a name' },
      example: 'LX01',
      empty: '',
      read: readText(80),
    },
    duty: {
      words: { zh: '职责', en: 'Duty' },
      synonyms: ['职责类型', '承办要求', '责任', '是否承办', '清单类型', '履职方式'],
      required: true,
      example: '应当承办',
      choices: Object.values(dutyNames).map(({ zh }) => zh),
      empty: 'may',
      read: readChoice<DutyRule['duty']>(
        {
          ...fromWords(dutyNames),
          应承办: 'must',
          应办: 'must',
          主责: 'must',
          基本履职: 'must',
          是: 'must',
          配合: 'may',
          协助: 'may',
          配合履职: 'may',
          可办: 'may',
          不予承办: 'refuse',
          上级收回: 'refuse',
          不办: 'refuse',
          否: 'refuse',
        },
        Object.values(dutyNames).map(({ zh }) => zh),
      ),
    },
    turnTo: {
      words: { zh: '转往', en: 'Turn to' },
      synonyms: ['应转单位', '转办单位', '上级部门', '承接部门'],
      required: false,
      example: '',
      empty: null,
      read: readText(80),
    },
    basis: {
      words: { zh: '依据', en: 'Basis' },
      synonyms: ['法律依据', '政策依据', '文件依据', '设定依据'],
      required: true,
      example: '街道职责清单（2026 年）',
      empty: '',
      read: readText(300),
    },
    basisEn: {
      words: { zh: '英文依据', en: 'Basis in English' },
      synonyms: [],
      required: false,
      example: '',
      empty: null,
      read: readText(300),
    },
  },
  check,
  apply,
  undo,
})
