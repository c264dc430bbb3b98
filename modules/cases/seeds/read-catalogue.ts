/** Parses the seed catalogues of this folder into typed rows. Pure: texts in, rows out. */
import { type CsvRecord, parseCsv } from '../../../lib/csv.ts'
import type { ExtraFields } from '../extra-fields.ts'
import { readExtraFields } from '../rules/extra-fields.ts'
import {
  type Component,
  type DutyRule,
  duties,
  type Matter,
  matterKinds,
  matterLevels,
  urgencies,
} from './catalogue-types.ts'
import { gbMatter } from './gb47678-defaults.ts'

export * from './catalogue-types.ts'

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

function extraCell(record: CsvRecord): ExtraFields | null {
  const fields = readExtraFields(record.values.extra_fields ?? '')
  if (fields === undefined) throw new Error(`line ${record.line}: extra_fields is no list of fields`)
  return fields
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
    extraFields: extraCell(record),
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
