/** Parses the seed catalogues of this folder into typed rows. Pure: texts in, rows out. */
import { type CsvRecord, parseCsv } from '../../../lib/csv.ts'
import { gbMatter } from './gb47678-defaults.ts'

export const matterLevels = ['grid', 'community', 'street', 'department'] as const
export type MatterLevel = (typeof matterLevels)[number]
export const matterKinds = ['inquiry', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const
export type MatterKind = (typeof matterKinds)[number]
/** P0 safety of persons · P1 lifelines · P2 ordinary · P3 long and difficult. */
export const urgencies = ['P0', 'P1', 'P2', 'P3'] as const
export type Urgency = (typeof urgencies)[number]
export const duties = ['must', 'may', 'refuse'] as const
export type Duty = (typeof duties)[number]

/** A class of case 事项. */
export interface Matter {
  /** Unique: 'GB06010' for the national standard, 'LX01001' for the local extension. */
  readonly key: string
  readonly standard: 'GB/T 47678.5-2026' | 'local'
  /** As printed: '06010', 'LX01001'. Not unique over components and matters of the standard. */
  readonly code: string
  readonly classCode: string
  readonly classNameZh: string
  readonly classNameEn: string
  readonly nameZh: string
  /** For national matters the Chinese name: residents never see them. */
  readonly nameEn: string
  /** The plain words in which a resident would say it. */
  readonly residentWords: string
  /** The level that should settle it; `department` starts at the street desk. */
  readonly level: MatterLevel
  /** The kind a new case has unless the words say otherwise. */
  readonly kind: MatterKind
  readonly urgency: Urgency
  /** True for public matters, false for personal ones. Only public ones are merged. */
  readonly public: boolean
  /** True when the text itself is private: family, health, hardship. */
  readonly sensitive: boolean
  /** True when the check is made on site, false when a call to the reporter is the check. */
  readonly onSiteCheck: boolean
  readonly keywords: readonly string[]
  /** True for local matters: an extension of the standard. */
  readonly extension: boolean
  readonly shownToResidents: boolean
}

/** A managed object 部件 of the national standard: a thing, not a case. */
export interface Component {
  readonly standard: string
  readonly code: string
  readonly classCode: string
  readonly className: string
  readonly name: string
}

/** One line of the duty list 职责清单. */
export interface DutyRule {
  readonly level: MatterLevel
  /** 'community', 'grid', 'property', 'urban-enforcement' …: the kind of organisation the rule is about. */
  readonly organisationKind: string
  /** Holds for every matter whose key begins so. */
  readonly matterPrefix: string
  readonly duty: Duty
  /** With `refuse`: the kind of organisation that should take it. */
  readonly turnTo: string | null
  readonly basisZh: string
  readonly basisEn: string
}

function cell(record: CsvRecord, column: string): string {
  const value = record.values[column]
  if (value === undefined || value === '') throw new Error(`line ${record.line}: ${column} is empty`)
  return value
}

function oneOf<T extends string>(record: CsvRecord, column: string, words: readonly T[]): T {
  const value = cell(record, column)
  const found = words.find((word) => word === value)
  if (found === undefined)
    throw new Error(`line ${record.line}: ${column} “${value}” is none of ${words.join(', ')}`)
  return found
}

const truth = (record: CsvRecord, column: string) => oneOf(record, column, ['true', 'false']) === 'true'

/** The rows of gb47678-matters.csv: matters completed by defaults, components as they are. */
export function readGb47678(text: string): { matters: Matter[]; components: Component[] } {
  const matters: Matter[] = []
  const components: Component[] = []
  for (const record of parseCsv(text)) {
    const row = {
      code: cell(record, 'code'),
      classCode: cell(record, 'class_code'),
      className: cell(record, 'class_name'),
      name: cell(record, 'name'),
    }
    if (oneOf(record, 'kind', ['matter', 'component']) === 'matter') matters.push(gbMatter(row))
    else components.push({ standard: cell(record, 'standard'), ...row })
  }
  return { matters, components }
}

/** The rows of local-matters.csv. Throws with the line and column of the first bad cell. */
export function readLocalMatters(text: string): Matter[] {
  return parseCsv(text).map((record) => ({
    key: cell(record, 'code'),
    standard: 'local',
    code: cell(record, 'code'),
    classCode: cell(record, 'class_code'),
    classNameZh: cell(record, 'class_name_zh'),
    classNameEn: cell(record, 'class_name_en'),
    nameZh: cell(record, 'name_zh'),
    nameEn: cell(record, 'name_en'),
    residentWords: cell(record, 'resident_words'),
    level: oneOf(record, 'level', matterLevels),
    kind: oneOf(record, 'kind', matterKinds),
    urgency: oneOf(record, 'urgency', urgencies),
    public: truth(record, 'public'),
    sensitive: truth(record, 'sensitive'),
    onSiteCheck: truth(record, 'on_site_check'),
    keywords: cell(record, 'keywords').split(/\s+/),
    extension: true,
    shownToResidents: true,
  }))
}

/** The rows of duty-list.csv. Throws with the line and column of the first bad cell. */
export function readDutyList(text: string): DutyRule[] {
  return parseCsv(text).map((record) => ({
    level: oneOf(record, 'level', matterLevels),
    organisationKind: cell(record, 'organisation_kind'),
    matterPrefix: cell(record, 'matter_prefix'),
    duty: oneOf(record, 'duty', duties),
    turnTo: record.values.turn_to || null,
    basisZh: cell(record, 'basis_zh'),
    basisEn: cell(record, 'basis_en'),
  }))
}

/**
 * The rule that decides whether a kind of organisation must, may or may refuse to take a matter: the longest
 * prefix wins. Null means outside its list, which an assignment has to treat as `refuse`.
 */
export function findDuty(
  rules: readonly DutyRule[],
  organisationKind: string,
  matterKey: string,
): DutyRule | null {
  let found: DutyRule | null = null
  for (const rule of rules) {
    if (rule.organisationKind !== organisationKind || !matterKey.startsWith(rule.matterPrefix)) continue
    if (found === null || rule.matterPrefix.length > found.matterPrefix.length) found = rule
  }
  return found
}
