import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { type DutyRule, findDuty } from '../seeds/read-catalogue.ts'
import { catalogueOf } from './matter-store.ts'

/** Community and grid first, then by kind of organisation and prefix. With a matter, what decides for it. */
export const listDutyRules = operation(contract.listDutyRules, async ({ tx, actor, query }) => {
  const { duties } = await catalogueOf(tx, actor.streetId)
  const { matterCode, organisationKind } = query
  const ofKind = organisationKind
    ? duties.filter((rule) => rule.organisationKind === organisationKind)
    : duties
  const shown = matterCode === undefined ? [...ofKind] : deciding(ofKind, matterCode)
  return { items: shown.sort(inOrder).map(view) }
})

function deciding(rules: readonly DutyRule[], matterCode: string): DutyRule[] {
  const kinds = new Set(rules.map((rule) => rule.organisationKind))
  return [...kinds].flatMap((kind) => findDuty(rules, kind, matterCode) ?? [])
}

const places = ['grid', 'community', 'street', 'department']

const inOrder = (a: DutyRule, b: DutyRule): number =>
  places.indexOf(a.level) - places.indexOf(b.level) ||
  a.organisationKind.localeCompare(b.organisationKind) ||
  a.matterPrefix.localeCompare(b.matterPrefix)

const view = (rule: DutyRule): contract.DutyRuleView => ({
  level: rule.level,
  organisationKind: rule.organisationKind,
  matterPrefix: rule.matterPrefix,
  duty: rule.duty,
  turnTo: rule.turnTo,
  basis: { zh: rule.basisZh, en: rule.basisEn },
})
