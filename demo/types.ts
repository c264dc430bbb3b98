/**
 * The made-up demo street as plain data, before it meets a database. Everything is linked by readable keys that are
 * stable for a seed; a loader turns keys into ids. Instants are ISO 8601 with the offset +08:00, days YYYY-MM-DD.
 */
import type { Role, StaffRole } from '../lib/contract.ts'
import type { organisationKinds } from '../modules/accounts/contract.ts'
import type {
  Act,
  CaseKind,
  CaseState,
  Channel,
  checkModes,
  contactModes,
  DeclineReason,
  Desk,
  evidenceModes,
  Outcome,
  Satisfaction,
  SuspendReason,
  Urgency,
} from '../modules/cases/words.ts'

export type DemoLevel = 'street' | 'community' | 'grid' | 'micro-grid'
/** [longitude, latitude] in WGS-84 degrees, seven decimals. */
export type LngLat = readonly [number, number]

export interface DemoArea {
  /** 9 digits street, 12 community, 15 grid, 17 micro-grid; codes under 990101001 are fictitious. */
  readonly code: string
  readonly level: DemoLevel
  readonly name: string
  readonly nameEn: string
  readonly parentCode: string | null
  /** ltree: 's990101001.c01.g02.m03'. */
  readonly path: string
  /** One closed ring, counter-clockwise. Children tile their parent exactly along shared vertices. Synthetic. */
  readonly ring: readonly LngLat[]
  /** Described bounds 四至. */
  readonly boundsText: string
}

/** A grouping across micro-grids of one grid, not a level. */
export interface DemoCompound {
  readonly code: string
  readonly name: string
  readonly address: string
  readonly gridCode: string
  readonly microGridCodes: readonly string[]
  /** The property firm, an organisation code. */
  readonly propertyOrganisation: string
}

export interface DemoBuilding {
  readonly code: string
  /** '3栋' */
  readonly name: string
  readonly compoundCode: string
  readonly microGridCode: string
  /** '桐荫路18号 梧桐苑 3栋' */
  readonly addressText: string
  readonly place: LngLat
  readonly entrances: number
  readonly floors: number
  readonly dwellings: number
}

export interface DemoOrganisation {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** Also the kind of organisation in the duty list (modules/cases/seeds/duty-list.csv). */
  readonly kind: (typeof organisationKinds)[number]
  /** Null: works in the whole street. Otherwise area codes. */
  readonly areaCodes: readonly string[] | null
  /** Keys of the matters that it must take by the duty list. */
  readonly mustMatterKeys: readonly string[]
}

/** A staff member. Names are put together from common characters; they belong to nobody. */
export interface DemoPerson {
  readonly key: string
  readonly userName: string
  readonly name: string
  readonly generated: true
}

export interface DemoPost {
  readonly key: string
  readonly personKey: string
  readonly role: StaffRole
  /** Exactly one of the two is set: organisation for handler and organisation-lead, area for all others. */
  readonly areaCode: string | null
  readonly organisationCode: string | null
  readonly fromDay: string
  /** One member of each micro-grid leads it. */
  readonly isLead: boolean
}

/** A resident. Phones 1380000000x are the demo sign-ins, 1390000xxxx the others: made up. */
export interface DemoResident {
  readonly key: string
  readonly name: string
  readonly phone: string
  readonly buildingCode: string
  /** '2单元 5-3' */
  readonly room: string
  readonly generated: true
}

export type DemoActor = { readonly post: string } | { readonly resident: string } | { readonly system: true }

/** What an act needs beside words; the fields mean what the act's contract means by them, ids replaced by keys. */
export interface DemoActData {
  readonly kind?: CaseKind
  readonly matterKey?: string
  readonly urgency?: Urgency
  /** send-down: the community. */
  readonly areaCode?: string
  readonly answer?: string
  readonly declineReason?: DeclineReason
  readonly suspendReason?: SuspendReason
  readonly whereToTurn?: string
  readonly parentCase?: string
  readonly organisation?: string
  readonly helpers?: readonly string[]
  /** assign, hand-on: a post key. */
  readonly post?: string
  readonly mode?: (typeof contactModes)[number] | (typeof checkModes)[number]
  readonly reached?: boolean
  readonly outcome?: Outcome
  /** submit-result recorded by the desk 代录. */
  readonly onBehalf?: (typeof evidenceModes)[number]
  readonly pass?: boolean
  readonly solved?: boolean
  readonly satisfaction?: Satisfaction
  readonly reviewOn?: string
  readonly until?: string
  /** approve, refuse: the act that was asked for. */
  readonly of?: Act
}

/** One entry of a case's history. */
export interface DemoAct {
  readonly act: Act
  readonly at: string
  readonly by: DemoActor
  /** The role under which a post acted; 'resident' or null for the system. */
  readonly role: Role | null
  readonly fromState: CaseState | null
  readonly toState: CaseState
  readonly words: string | null
  readonly data: DemoActData
}

export interface DemoRating {
  readonly at: string
  readonly reached: boolean
  readonly solved: boolean
  readonly satisfaction: Satisfaction
  readonly words: string | null
}

export interface DemoCase {
  /** 'case:0001', counted in the order of filing. */
  readonly key: string
  readonly createdAt: string
  readonly kind: CaseKind
  readonly matterKey: string
  readonly urgency: Urgency
  readonly title: string
  readonly text: string
  readonly channel: Channel
  readonly confidential: boolean
  /** Whose matter it is: a resident, or the staff member who found it. */
  readonly reporter: { readonly resident: string } | { readonly post: string }
  /** Null when no place was given: such a case starts at the street desk. */
  readonly place: LngLat | null
  readonly addressText: string | null
  readonly buildingCode: string | null
  readonly microGridCode: string | null
  /** The community whose desk holds or held it; null only without a place. */
  readonly communityCode: string | null
  readonly history: readonly DemoAct[]
  /** Where the history leads: made by folding it (fold-history.ts), never set by hand. */
  readonly now: DemoCaseNow
}

export interface DemoCaseNow {
  readonly state: CaseState
  readonly desk: Desk
  readonly outcome: Outcome | null
  readonly organisation: string | null
  readonly helpers: readonly string[]
  /** The post it was given to, or that took it inside the organisation. */
  readonly holderPost: string | null
  readonly assignedBy: string | null
  readonly acceptedAt: string | null
  readonly contactedAt: string | null
  readonly answeredAt: string | null
  readonly closedAt: string | null
  /** The words that the resident was sent. */
  readonly answer: string | null
  readonly rating: DemoRating | null
  readonly reviewOn: string | null
  readonly parentCase: string | null
  readonly reworkCount: number
  readonly reopenCount: number
  readonly supervised: boolean
  /** The approved end of an extension, deferral or suspension that is in force. */
  readonly marked: { readonly act: 'extend' | 'defer' | 'suspend'; readonly until: string } | null
  readonly pendingApproval: {
    readonly act: 'return' | 'extend' | 'defer' | 'suspend' | 'close'
    readonly by: string
    readonly at: string
    readonly reason: string
    readonly until: string | null
    readonly outcome: Outcome | null
    readonly reviewOn: string | null
  } | null
}

export interface DemoStreet {
  readonly seed: number | string
  readonly today: string
  /** Said on every map: the shapes are made up. */
  readonly synthetic: true
  readonly name: string
  readonly nameEn: string
  readonly code: string
  /** Parents before children. */
  readonly areas: readonly DemoArea[]
  readonly compounds: readonly DemoCompound[]
  readonly buildings: readonly DemoBuilding[]
  readonly organisations: readonly DemoOrganisation[]
  readonly people: readonly DemoPerson[]
  readonly posts: readonly DemoPost[]
  readonly residents: readonly DemoResident[]
  /** In the order of filing; a parent always stands before its children. */
  readonly cases: readonly DemoCase[]
}
