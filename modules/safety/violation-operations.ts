/** 治脏治乱治违: the register of violations; each is a case that somebody reported or found, and names a place and nobody. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { caseStates, FileRef } from '../cases/contract.ts'
import { ledgerReaders } from './campaign-operations.ts'
import { desk } from './mediation-operations.ts'
import { Short, strict } from './mediation-views.ts'
import { violationStages, violationTypes } from './violation-words.ts'

/** Whole square centimetres: 10,000 are a square metre. */
const AreaCm2 = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })
const KindCode = Type.String({ minLength: 1, maxLength: 30 })
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })

export const ViolationLine = Type.Object({
  /** Of its case. */
  id: Id,
  number: Type.String(),
  title: Type.String(),
  area: Nullable(AreaRef),
  placeText: Nullable(Type.String()),
  kind: Type.String(),
  /** As the street calls it; where it no longer does, as on the day when it was listed. */
  kindName: Type.Object({ zh: Type.String(), en: Type.String() }),
  type: Words(violationTypes),
  supervisor: Nullable(OrganisationRef),
  /** Until when it has to be put right, as it stands now; null where that was done on the spot. */
  rectifyBy: Nullable(Instant),
  putOff: Type.Boolean(),
  stage: Words(violationStages),
  state: Words(caseStates),
  late: Type.Boolean(),
  listedOn: Day,
  areaCm2: Nullable(Type.Integer()),
  removedCm2: Nullable(Type.Integer()),
  /** The paper by which it went to the law-enforcement body. */
  handedOver: Nullable(Type.Object({ to: Type.String(), documentNumber: Type.String(), on: Day })),
})
export type ViolationLine = Static<typeof ViolationLine>

export const ViolationCount = Type.Object({
  kind: Type.String(),
  areaId: Id,
  month: Month,
  stage: Words(violationStages),
  count: Type.Integer(),
  measured: Type.Integer(),
  removedCm2: Type.Integer(),
})
export type ViolationCount = Static<typeof ViolationCount>

const registerQuery = {
  /** Of the day of listing; this year unless told. */
  year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2999 })),
  month: Type.Optional(Month),
  type: Type.Optional(Words(violationTypes)),
  kind: Type.Optional(KindCode),
  stage: Type.Optional(Words(violationStages)),
  /** A community, or the street itself for what lies in none: as the counters name them. */
  areaId: Type.Optional(Id),
  /** Only lines that say how much was removed. */
  measured: Type.Optional(Words(['yes'] as const)),
}

export const listViolations = defineOperation({
  name: 'safety.listViolations',
  method: 'GET',
  path: '/api/violations',
  summary:
    'The register of a year within sight, the newest first, and how many of each kind, place and month stand where',
  who: ledgerReaders,
  query: Type.Object(registerQuery, strict),
  output: Type.Object({
    year: Type.Integer(),
    /** The first year with a line within sight, or this year. */
    firstYear: Type.Integer(),
    /** At most 500. */
    items: Type.Array(ViolationLine),
    /** How many lines the filters leave, also beyond those that are shown. */
    total: Type.Integer(),
    late: Type.Integer(),
    /** Over all lines of the year within sight, whatever else is filtered. */
    counts: Type.Array(ViolationCount),
    /** Names for the places of the counters. */
    areas: Type.Array(AreaRef),
    kinds: Type.Array(
      Type.Object({
        code: Type.String(),
        zh: Type.String(),
        en: Type.String(),
        type: Words(violationTypes),
        measured: Type.Boolean(),
      }),
    ),
  }),
})

export const exportViolations = defineOperation({
  name: 'safety.exportViolations',
  method: 'GET',
  path: '/api/violation-register',
  summary: 'The register as a workbook, under the same filters',
  who: ledgerReaders,
  audit: 'read',
  query: Type.Object({ ...registerQuery, language: Type.Optional(Words(['zh', 'en'] as const)) }, strict),
  output: Bytes(xlsxMediaType),
})

export const ViolationView = Type.Object({
  ...ViolationLine.properties,
  measured: Type.Boolean(),
  can: Type.Object({ give: Type.Boolean(), measure: Type.Boolean(), handOver: Type.Boolean() }),
})
export type ViolationView = Static<typeof ViolationView>

export const getViolation = defineOperation({
  name: 'safety.getViolation',
  method: 'GET',
  path: '/api/violations/{id}',
  summary: 'One line of the register, by its case',
  who: ledgerReaders,
  params: IdParams,
  output: ViolationView,
  refusals: ['safety/not-found'],
})

export const putViolation = defineOperation({
  name: 'safety.putViolation',
  method: 'PUT',
  path: '/api/violations/{id}',
  summary:
    'Puts a case with a photo of what was found on the register and gives it out; what was put right on the spot is listed as it is',
  who: desk,
  params: IdParams,
  body: Type.Object(
    {
      kind: KindCode,
      /** The organisation that sees to it, or a post of the grid; neither where it was put right on the spot. */
      organisationId: Type.Optional(Id),
      postId: Type.Optional(Id),
      rectifyOn: Type.Optional(Day),
      areaCm2: Type.Optional(AreaCm2),
      removedCm2: Type.Optional(AreaCm2),
      /** Photos of what was found, beside those that the case has. */
      fileIds: Type.Optional(Type.Array(Id, { maxItems: 9 })),
    },
    strict,
  ),
  output: ViolationView,
  refusals: [
    'safety/not-found',
    'safety/not-your-area',
    'safety/kind-unknown',
    'safety/date-wrong',
    'safety/size-wrong',
    'safety/holder-unknown',
    'safety/petition-is-no-violation',
    'safety/case-elsewhere',
    'safety/photo-before-missing',
    'safety/photo-after-missing',
    'cases/file-unknown',
  ],
})

export const measureViolation = defineOperation({
  name: 'safety.measureViolation',
  method: 'POST',
  path: '/api/violations/{id}/measure',
  summary: 'How large it was and how much was removed, until somebody else has re-checked it',
  who: ledgerReaders,
  params: IdParams,
  body: Type.Object({ areaCm2: Nullable(AreaCm2), removedCm2: Nullable(AreaCm2) }, strict),
  output: ViolationView,
  refusals: ['safety/not-found', 'safety/not-yours', 'safety/wrong-stage', 'safety/size-wrong'],
})

export const handOverViolation = defineOperation({
  name: 'safety.handOverViolation',
  method: 'POST',
  path: '/api/violations/{id}/hand-over',
  summary:
    'Handed to the law-enforcement body 综合执法 by a paper with a number; checked by somebody else like any result',
  who: desk,
  params: IdParams,
  body: Type.Object(
    {
      to: Short,
      documentNumber: Type.String({ minLength: 1, maxLength: 60 }),
      on: Day,
      /** The paper or how it looks now. */
      fileIds: Type.Array(Id, { minItems: 1, maxItems: 9 }),
    },
    strict,
  ),
  output: ViolationView,
  refusals: [
    'safety/not-found',
    'safety/not-your-area',
    'safety/wrong-stage',
    'safety/date-wrong',
    'cases/file-unknown',
  ],
})

/** Photos of a hazard or violation: those of what was found beside those of what is there now. */
export const getEvidence = defineOperation({
  name: 'safety.getEvidence',
  method: 'GET',
  path: '/api/case-evidence/{id}',
  summary: 'Photos of a hazard or a violation, before and after',
  who: ledgerReaders,
  audit: 'read',
  params: IdParams,
  output: Type.Object({ before: Type.Array(FileRef), after: Type.Array(FileRef) }),
  refusals: ['safety/not-found'],
})

export const violationOperations = [
  listViolations,
  exportViolations,
  getViolation,
  putViolation,
  measureViolation,
  handOverViolation,
  getEvidence,
] as const
