/**
 * Whose rows are whose, table by table, written from the rights page and from what the tables say they hold, and not
 * from their policies. A table that is not named here belongs to everybody of its street and to nobody else.
 */
import type { Person } from '../access-oracle.ts'

/** Any of these is enough. */
export interface Reach {
  /** Column with the path of an area: whoever has that area or one above it. */
  readonly area?: string
  /** Also whoever works somewhere below that area, unless it is the street's own. */
  readonly above?: boolean
  readonly organisation?: string
  /** Column that lists several: each of them reaches the row. */
  readonly organisations?: string
  /** Column with the path of an area: only whoever holds a supervising post there or above it. */
  readonly supervised?: string
  /** Column with the path of an area: only whoever holds a post at its desk or at one above it. */
  readonly desk?: string
  /** Column that lists people: each of them reaches the row. */
  readonly readers?: string
  /** Columns that name a person. */
  readonly persons?: readonly string[]
  /** A column that has to be set, whoever of the street it is. */
  readonly set?: string
}

/** `street`: whoever is of the street. */
export type Scope = Reach | 'street'

export interface TableScope {
  readonly read: Scope
  readonly add: Scope
  readonly change: Scope
  readonly remove: Scope
}

const ofStreet: TableScope = { read: 'street', add: 'street', change: 'street', remove: 'street' }
const all = (scope: Scope): TableScope => ({ read: scope, add: scope, change: scope, remove: scope })
const byArea = all({ area: 'area' })
const swapOrDesk: Reach = { area: 'desk_path', persons: ['asked_by', 'with_account'] }

const aboutPeople = [
  'people',
  'person_contacts',
  'guardian_consents',
  'volunteers',
  'group_members',
  'volunteer_skills',
  'volunteer_trainings',
  'shift_sign_ups',
  'volunteer_needs',
  'service_sessions',
  'service_evidence',
  'volunteer_hours',
  'activity_evaluations',
  'wishes',
  'volunteer_certificates',
] as const
/** Everybody of the street reads what is offered; who has the area keeps it. */
const onOffer = ['volunteer_groups', 'activity_series', 'volunteer_activities', 'activity_shifts'] as const

/** Supervisors and duty heads of the place, and whoever made the report. */
const watched: Reach = { supervised: 'area', persons: ['made_by'] }

/** A case that a mandatory report names: place and organisation open it to nobody else. */
export const guardedCase: Reach = { supervised: 'area', persons: ['guarded_by'] }

const dispute: Reach = { desk: 'area', readers: 'readers' }

const called: Reach = { area: 'area', organisations: 'called_organisations', persons: ['raised_by'] }

const scopes: Readonly<Record<string, TableScope>> = {
  // What is read and changed of a case is held against each planned case by itself.
  cases: { ...ofStreet, add: { persons: ['filed_by'] } },
  case_entries: { ...ofStreet, add: { persons: ['actor_id'] } },
  idempotency_keys: all({ persons: ['actor_id'] }),
  // What passed between posts is seen by whoever had the case in sight.
  case_hand_overs: { ...ofStreet, read: { area: 'area', organisation: 'organisation_id' } },
  // Being told: one's own, and at the place of the subject whom else it told and whom to phone.
  notices: {
    ...ofStreet,
    read: { area: 'area', persons: ['account_id'] },
    change: { persons: ['account_id'] },
  },
  notice_deliveries: byArea,
  // The roster hangs on the wall of the street and is kept at its desk.
  duty_shifts: { ...all({ area: 'desk_path' }), read: 'street' },
  call_chains: { ...all({ area: 'desk_path' }), read: 'street' },
  shift_swaps: { ...all(swapOrDesk), add: { persons: ['asked_by'] } },
  handover_notes: { ...ofStreet, read: { area: 'desk_path', above: true }, add: { persons: ['written_by'] } },
  handover_reads: { ...ofStreet, add: { persons: ['account_id'] } },
  call_runs: byArea,
  // Keys and things: who has the area, who keeps them, and who gave them on. What became of them is added to.
  kept_items: all({ area: 'area', persons: ['account_id', 'handed_by'] }),
  kept_item_entries: all({ area: 'area', persons: ['account_id', 'by_account'] }),
  // A card hangs on the door for the whole street; only the person hangs it there.
  post_cards: { ...all({ persons: ['account_id'] }), read: 'street' },
  // What a re-cut wrote goes again with the re-cut; what was written by itself stays.
  area_renames: { ...ofStreet, remove: { set: 'draft_id' } },
  building_moves: { ...ofStreet, remove: { set: 'draft_id' } },
  // An account is seen where it is kept, and by the organisation whose it is.
  ledger_accounts: all({ area: 'area', organisation: 'organisation_id' }),
  point_requests: byArea,
  quarter_runs: byArea,
  quarter_lines: byArea,
  quarter_objections: byArea,
  vouchers: byArea,
  kin_links: byArea,
  point_honours: all({ area: 'area', organisation: 'organisation_id' }),
  // What a shop took is its own too; an offline list is the shop's alone.
  voucher_ends: all({ area: 'area', organisation: 'organisation_id' }),
  voucher_returns: all({ area: 'area', organisation: 'organisation_id' }),
  shop_payments: all({ area: 'area', organisation: 'organisation_id' }),
  offline_lists: all({ organisation: 'organisation_id' }),
  // Meetings of a place, and what it says of its cases.
  meetings: byArea,
  meeting_decisions: byArea,
  gatherings: byArea,
  gathering_needs: byArea,
  public_summaries: byArea,
  // Whose duty something is hangs on the wall; who wrote it down wrote it as themselves.
  // Which text model the street uses: whoever switches it does so in their own name.
  text_models: { ...ofStreet, add: { persons: ['used_by'] } },
  duty_precedents: { ...ofStreet, add: { persons: ['decided_by'] } },
  // A whistle is seen by its place, by whom it called and by who blew it; only place and caller change the whistle itself.
  whistles: {
    ...all(called),
    add: { persons: ['raised_by'] },
    change: { area: 'area', persons: ['raised_by'] },
  },
  whistle_calls: { ...all(called), add: { persons: ['raised_by'] } },
  whistle_tasks: all(called),
  // What somebody did to many cases is theirs alone to see, and to take back.
  case_batches: all({ persons: ['made_by'] }),
  case_batch_items: all({ persons: ['made_by'] }),
  harm_reports: { ...all(watched), add: { persons: ['made_by'] } },
  // Written in one's own name, on a report that one has in sight.
  harm_report_entries: { ...all(watched), add: { persons: ['made_by', 'actor_id'] } },
  // A dispute: the desks of its place, and whom its parties and mediators are; what its list says hangs on the wall.
  mediations: all(dispute),
  mediation_parties: all(dispute),
  mediation_entries: all(dispute),
  mediation_reminders: all(dispute),
  mediators: { ...all({ desk: 'area' }), read: 'street' },
  campaigns: { ...all({ desk: 'area' }), read: 'street' },
  // A line of a ledger: its place and who sees to it read it, the desk keeps it.
  hazards: { ...all({ desk: 'area' }), read: { area: 'area', organisation: 'organisation_id' } },
  // A violation: the desk lists it; whoever sees to it or re-checks there writes down how much was removed.
  violations: { ...all({ area: 'area', organisation: 'organisation_id' }), add: { desk: 'area' } },
  // A request that is mediated: its place and its person know that it is, its desk turns it into one.
  mediation_requests: {
    ...all({ desk: 'area' }),
    read: { area: 'area', persons: ['reporter_id'] },
    add: { desk: 'area', persons: ['reporter_id'] },
  },
  // Sums and parts of figures: by the place that they are of.
  case_facts: byArea,
  case_times: byArea,
  case_rollups: byArea,
  rating_traces: byArea,
  rating_flags: byArea,
  duty_fallbacks: { ...ofStreet, add: { persons: ['set_by'] } },
  ...Object.fromEntries(onOffer.map((table) => [table, { ...byArea, read: 'street' as const }])),
  service_sheets: byArea,
  pattern_checks: byArea,
  pattern_calls: byArea,
  // People and what they do of their own will: the area's that keeps the register, and their own.
  ...Object.fromEntries(aboutPeople.map((table) => [table, all({ area: 'area', persons: ['account_id'] })])),
}

export function scopeOf(table: string): TableScope {
  return scopes[table] ?? ofStreet
}

/** Columns by which any of the four is decided. */
export function scopeColumns(scope: TableScope): string[] {
  const columns = Object.values(scope).flatMap((one: Scope) =>
    one === 'street'
      ? []
      : [
          one.area,
          one.supervised,
          one.desk,
          one.readers,
          one.organisation,
          one.organisations,
          one.set,
          ...(one.persons ?? []),
        ],
  )
  return [...new Set(columns)].filter((column) => column !== undefined)
}

/** Rule: rights.md: the desk is the community's (clerk, secretary) or the street centre's (dispatcher, duty-head). */
const atDesk: readonly string[] = ['clerk', 'secretary', 'dispatcher', 'duty-head']

export type ScopeRow = Readonly<Record<string, unknown>>

export function reaches(person: Person, scope: Scope, row: ScopeRow): boolean {
  if (row.street_id !== person.street) return false
  if (scope === 'street') return true
  const path = scope.area === undefined ? undefined : row[scope.area]
  const lies = (one: unknown, under: unknown) =>
    typeof one === 'string' && typeof under === 'string' && (one === under || one.startsWith(`${under}.`))
  return (
    lies(path, person.area) ||
    (scope.supervised !== undefined &&
      (person.role === 'supervisor' || person.role === 'duty-head') &&
      lies(row[scope.supervised], person.area)) ||
    (scope.desk !== undefined && atDesk.includes(person.role) && lies(row[scope.desk], person.area)) ||
    (scope.readers !== undefined && ((row[scope.readers] ?? []) as string[]).includes(person.accountId)) ||
    (scope.above === true && String(path).includes('.') && lies(person.area, path)) ||
    (scope.organisation !== undefined &&
      person.organisation !== null &&
      row[scope.organisation] === person.organisation) ||
    (scope.organisations !== undefined &&
      person.organisation !== null &&
      ((row[scope.organisations] ?? []) as string[]).includes(person.organisation)) ||
    (scope.set !== undefined && row[scope.set] !== null) ||
    (scope.persons ?? []).some((column) => row[column] === person.accountId)
  )
}

/** Every column that decides anywhere: a write that should only reach a row leaves these as they are. */
export const decidingColumns: readonly string[] = [...new Set(Object.values(scopes).flatMap(scopeColumns))]
