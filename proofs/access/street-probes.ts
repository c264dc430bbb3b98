/** Calls of the operations that name no case: for each, what is sent when its subject lies in this relation. */
import { randomUUID } from 'node:crypto'
import type { Relation } from '../access-oracle.ts'
import type { ProofStreet } from '../support/proof-street.ts'
import { bulkPlans } from './bulk-probes.ts'
import type { CastMember } from './cast.ts'
import { deskPlans } from './desk-probes.ts'
import { draftPlans } from './draft-probes.ts'
import { groundPlans } from './ground-probes.ts'
import { memberPlans } from './member-probes.ts'
import type { PlannedCase } from './planned-cases.ts'
import { pointsPlans } from './points-probes.ts'
import { safetyPlans } from './safety-probes.ts'
import { volunteeringPlans } from './volunteering-probes.ts'

export interface StreetScene {
  readonly member: CastMember
  readonly relation: Relation
  /** The street of the subject: the other one in the relation `another-street`. */
  readonly street: ProofStreet
  readonly areaCode: string
  /** A case that lies there. */
  readonly nearby: PlannedCase | undefined
}

export interface Sent {
  readonly query?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Sent as a form's part `file` in place of a body. */
  readonly file?: Uint8Array<ArrayBuffer>
  /** The subject belongs to another street, so nobody of this one may reach it. */
  readonly foreign?: boolean
  /** Answers with lists: empty ones are as good as a refusal. */
  readonly list?: boolean
}

/** Undefined: the operation has no subject, once a person is enough. */
export interface StreetPlan {
  readonly once?: true
  /** Ends or changes the session that makes the call, so it gets another. */
  readonly spareSession?: true
  send(scene: StreetScene): Sent
}

/** The smallest photo there is. */
const onePixel = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
)

const nothing = (): Sent => ({})
const abroad = ({ relation }: StreetScene) => relation === 'another-street'

/** A whistle or task that nobody has. */
const onNoWhistle = (body: (street: ProofStreet) => unknown): StreetPlan => ({
  once: true,
  send: ({ street }) => ({ params: { id: randomUUID() }, body: body(street) }),
})

export const streetPlans: Readonly<Record<string, StreetPlan>> = {
  ...deskPlans,
  ...volunteeringPlans,
  ...safetyPlans,
  ...draftPlans,
  ...bulkPlans,
  ...memberPlans,
  ...groundPlans,
  ...pointsPlans,
  'accounts.signIn': {
    once: true,
    send: () => ({ body: { username: 'nobody-here', password: 'wrong-words' } }),
  },
  'accounts.requestResidentCode': {
    once: true,
    send: ({ member }) => ({ body: { phone: '13900000000', street: member.street.code } }),
  },
  'accounts.signInResident': {
    once: true,
    send: ({ member }) => ({ body: { phone: '13900000000', code: '123456', street: member.street.code } }),
  },
  'accounts.getDemoNote': { once: true, send: nothing },
  'accounts.getSession': { once: true, send: nothing },
  'accounts.signOut': { once: true, spareSession: true, send: nothing },
  'accounts.beginTotp': { once: true, send: () => ({ body: {} }) },
  'accounts.confirmTotp': { once: true, send: () => ({ body: { totp: '000000' } }) },
  'accounts.changePassword': {
    once: true,
    send: () => ({ body: { current: 'wrong-words', next: 'Other-words-2026' } }),
  },
  'accounts.listOrganisations': { once: true, send: nothing },
  'accounts.createOrganisation': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        code: randomUUID(),
        name: '新单位',
        kind: 'property',
        areaIds: [scene.street.areaId(scene.areaCode)],
      },
    }),
  },
  'accounts.getOrganisation': {
    send: (scene) => ({ foreign: abroad(scene), params: { id: scene.street.organisationId('water') } }),
  },
  'accounts.changeOrganisation': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.organisationId('property') },
      body: { areaIds: [scene.street.areaId('c1')] },
    }),
  },
  'accounts.setOrganisationActive': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.organisationId('property') },
      body: { active: true },
    }),
  },
  'accounts.listOwnSessions': { once: true, send: nothing },
  'accounts.endOwnSession': { once: true, send: () => ({ params: { id: randomUUID() } }) },
  // Done, it would end the sessions that the other probes are made with; so it is asked wrongly.
  'accounts.endOtherSessions': { once: true, send: () => ({ body: { wrongly: true } }) },
  'accounts.listAccounts': { once: true, send: () => ({ query: { limit: '100' } }) },
  'accounts.createAccount': {
    once: true,
    send: () => ({ body: { username: `new-${randomUUID()}`, displayName: '新人' } }),
  },
  'accounts.setAccountDisabled': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.staffOf('security-admin-2').accountId },
      body: { disabled: false },
    }),
  },
  'accounts.resetPassword': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.staffOf('security-admin-2').accountId },
      body: {},
    }),
  },
  'accounts.resetSecondFactor': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.staffOf('security-admin-2').accountId },
      body: {},
    }),
  },
  'accounts.setLeave': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.staffOf('handler-property').postId },
      body: { fromDay: '2020-01-01', toDay: '2020-01-02' },
    }),
  },
  'accounts.listStandIns': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.staffOf('handler-property').postId },
    }),
  },
  'accounts.endLeave': { once: true, send: () => ({ params: { id: randomUUID() }, body: {} }) },
  'accounts.listPosts': {
    send: (scene) => ({ foreign: false, query: { areaId: scene.street.areaId(scene.areaCode) } }),
  },
  'accounts.appointPost': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        accountId: scene.member.street.staffOf('clerk-c2-2').accountId,
        role: scene.areaCode === scene.street.code ? 'dispatcher' : 'viewer',
        areaId: scene.street.areaId(scene.areaCode),
      },
    }),
  },
  'accounts.endPost': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: scene.street.staffOf(`handler-water${abroad(scene) ? '' : '-2'}`).postId },
      body: {},
    }),
  },
  'accounts.listAudit': { once: true, send: () => ({ query: { limit: '200' } }) },
  'cases.listCalendar': { once: true, send: nothing },
  'cases.getCalendarYear': { once: true, send: () => ({ params: { year: '2026' } }) },
  'cases.checkNotice': {
    once: true,
    send: () => ({ params: { year: '2030' }, body: { text: '2030-01-01,放假,元旦' } }),
  },
  'cases.importNotice': {
    once: true,
    send: () => ({ params: { year: '2030' }, body: { text: '2030-01-01,放假,元旦', source: '核对用' } }),
  },
  'cases.undoCalendarImport': {
    once: true,
    send: () => ({ params: { year: '2030' }, body: { importId: randomUUID() } }),
  },
  'settings.listSettings': { once: true, send: nothing },
  'settings.getSetting': { once: true, send: () => ({ params: { key: 'cases.closeAfterDays' } }) },
  'settings.changeSetting': {
    once: true,
    send: () => ({ params: { key: 'cases.closeAfterDays' }, body: { value: 9 } }),
  },
  'settings.resetSetting': {
    once: true,
    send: () => ({ params: { key: 'cases.closeAfterDays' }, body: {} }),
  },
  'settings.undoChange': {
    once: true,
    send: () => ({ params: { key: 'cases.closeAfterDays' }, body: { changeId: randomUUID() } }),
  },
  'settings.getWords': { once: true, send: nothing },
  'settings.seeInstallation': { once: true, send: nothing },
  'files.uploadFile': { once: true, send: () => ({ file: onePixel }) },
  'events.stream': { once: true, send: nothing },
  'areas.listAreas': { send: (scene) => ({ query: { parentId: scene.street.areaId(scene.areaCode) } }) },
  'areas.getArea': {
    send: (scene) => ({ foreign: abroad(scene), params: { id: scene.street.areaId(scene.areaCode) } }),
  },
  'areas.listAreaLevels': { once: true, send: nothing },
  'areas.getBoundaries': { once: true, send: nothing },
  'areas.locate': {
    send: ({ street, areaCode }) => {
      const { lng, lat, datum } = street.pointIn(areaCode)
      return { query: { lng: String(lng), lat: String(lat), datum } }
    },
  },
  'areas.listBuildings': { send: (scene) => ({ query: { areaId: scene.street.areaId(scene.areaCode) } }) },
  'cases.listMatters': { once: true, send: nothing },
  'cases.listWhistles': { once: true, send: nothing },
  'cases.arriveAtWhistle': onNoWhistle(() => ({ words: '已到场' })),
  'cases.giveWhistleTask': onNoWhistle((street) => ({
    words: '围挡',
    organisationId: street.organisationId('property'),
  })),
  'cases.finishWhistleTask': onNoWhistle(() => ({ words: '已完成' })),
  'cases.judgeWhistleTask': onNoWhistle(() => ({ accept: true })),
  'cases.rateWhistleCall': onNoWhistle((street) => ({
    organisationId: street.organisationId('property'),
    rating: 'satisfied',
  })),
  'cases.releaseWhistle': onNoWhistle(() => ({ words: '解除' })),
  'cases.reportHarm': {
    send: (scene) => ({
      body: {
        areaId: scene.street.areaId('c1'),
        concern: 'neglect',
        words: '孩子独自在家',
        told: [{ authority: 'police' }],
      },
      foreign: abroad(scene),
    }),
  },
  'cases.listHarmReports': { once: true, send: nothing },
  'cases.openHarmReport': onNoWhistle(() => ({})),
  'cases.addToHarmReport': onNoWhistle(() => ({ words: '已转办' })),
  'cases.releaseHarmCase': onNoWhistle(() => ({ words: '与未成年人无关' })),
  'cases.rateByCode': {
    once: true,
    send: () => ({
      body: {
        number: '20260101-0001',
        code: 'ACDE-FGHJ',
        session: randomUUID(),
        reached: true,
        solved: true,
        satisfaction: 'satisfied',
      },
    }),
  },
  'cases.listCallBacks': { once: true, send: nothing },
  'cases.getTrust': { once: true, send: () => ({ query: { from: '2026-01-01', to: '2026-12-31' } }) },
  'cases.giveTasks': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        kind: 'publicity',
        title: '消防宣传',
        words: '入户发放',
        needs: 'nothing',
        endsOn: '2099-12-31',
        areaIds: [scene.street.areaId(scene.areaCode)],
      },
    }),
  },
  'cases.listTasks': { once: true, send: nothing },
  'cases.listPetitions': { once: true, send: nothing },
  'cases.listDisputes': { once: true, send: nothing },
  'cases.listPrecedents': { once: true, send: nothing },
  'cases.listFallbacks': { once: true, send: nothing },
  'cases.setFallback': { once: true, send: () => ({ body: { matterPrefix: 'LX', organisationId: null } }) },
  'cases.listDutyRules': { once: true, send: nothing },
  'cases.exportMatters': { once: true, send: nothing },
  'cases.importMatters': { once: true, send: () => ({ file: onePixel }) },
  'sheets.listSheetKinds': { once: true, send: nothing },
  'sheets.emptySheet': { once: true, send: () => ({ params: { kind: 'areas' } }) },
  'sheets.createBatch': { once: true, send: () => ({ file: onePixel, query: { kind: 'areas' } }) },
  'sheets.listBatches': { once: true, send: nothing },
  'sheets.getBatch': { once: true, send: () => ({ params: { id: randomUUID() } }) },
  'sheets.setMatching': { once: true, send: () => ({ params: { id: randomUUID() }, body: { sheet: 0 } }) },
  'sheets.checkBatch': { once: true, send: () => ({ params: { id: randomUUID() }, body: {} }) },
  'sheets.confirmBatch': {
    once: true,
    send: () => ({ params: { id: randomUUID() }, body: { leaveOutBad: true } }),
  },
  'sheets.undoBatch': { once: true, send: () => ({ params: { id: randomUUID() }, body: {} }) },
  'sheets.discardBatch': { once: true, send: () => ({ params: { id: randomUUID() }, body: {} }) },
  'sheets.takePasswords': { once: true, send: () => ({ params: { id: randomUUID() }, body: {} }) },
  'sheets.batchReport': { once: true, send: () => ({ params: { id: randomUUID() } }) },
  'sheets.listListKinds': { once: true, send: nothing },
  'sheets.listTemplates': { once: true, send: nothing },
  'sheets.addTemplate': { once: true, send: () => ({ file: onePixel, query: { list: 'areas' } }) },
  'sheets.removeTemplate': { once: true, send: () => ({ params: { id: randomUUID() }, body: {} }) },
  'sheets.sampleTemplate': { once: true, send: () => ({ params: { list: 'areas' } }) },
  'sheets.exportList': { once: true, send: () => ({ params: { id: randomUUID() } }) },
  'cases.fileCase': {
    send: ({ street, areaCode, member }) => ({
      body: {
        text: '路面有坑',
        channel: member.person.role === 'resident' ? 'resident-app' : 'field',
        place: street.pointIn(areaCode),
      },
    }),
  },
  'cases.listCases': {
    send: (scene) => ({ query: { areaId: scene.street.areaId(scene.areaCode), limit: '100' } }),
  },
  'cases.exportCases': {
    send: (scene) => ({
      query: {
        areaId: scene.street.areaId(scene.areaCode),
        kind: 'praise',
        columns: 'number,title,state,area,place,holder',
      },
    }),
  },
  'cases.countCases': { once: true, send: nothing },
  'cases.searchCases': {
    send: ({ nearby }) => ({ body: { phone: `199${String(nearby?.index ?? 0).padStart(8, '0')}` } }),
  },
}
