/** What the seed catalogues hold: matters, managed components, lines of the duty list. */

import type { ExtraFields } from '../extra-fields.ts'

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
  /** What the desk asks for at acceptance. */
  readonly extraFields: ExtraFields | null
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
