import { type DutyRule, findDuty } from '../seeds/read-catalogue.ts'

/**
 * May this matter be put on a community or grid? Only what its duty list 职责清单 holds.
 * Rule: rights.md, assign; 北京市接诉即办工作条例 art. 17 (rules.md 4.2): nothing outside the list is pushed down.
 */
export function onDutyList(
  rules: readonly DutyRule[],
  kind: 'community' | 'grid',
  matterCode: string,
): boolean {
  const rule = findDuty(rules, kind, matterCode)
  return rule !== null && rule.duty !== 'refuse'
}

/** Why a list does not take a matter, in words for whoever is refused; the line that decides, or that there is none. */
export function outsideDutyWords(
  rules: readonly DutyRule[],
  kind: string,
  matterCode: string,
): { ruleZh: string; ruleEn: string } {
  const rule = findDuty(rules, kind, matterCode)
  return rule === null
    ? { ruleZh: '清单里没有这一项', ruleEn: 'the list does not hold it' }
    : { ruleZh: rule.basisZh, ruleEn: rule.basisEn }
}

/** An organisation may be given whatever its list does not name as refused. */
export function organisationMayTake(rules: readonly DutyRule[], kind: string, matterCode: string): boolean {
  return findDuty(rules, kind, matterCode)?.duty !== 'refuse'
}

/** Kinds of organisations that must or may take a matter, those that must first. */
export function kindsOnDuty(
  rules: readonly DutyRule[],
  matterCode: string,
): { kind: string; rule: DutyRule }[] {
  const kinds = [...new Set(rules.map((rule) => rule.organisationKind))]
  const found = kinds.flatMap((kind) => {
    const rule = findDuty(rules, kind, matterCode)
    return rule && rule.duty !== 'refuse' ? [{ kind, rule }] : []
  })
  return found.sort((a, b) => Number(b.rule.duty === 'must') - Number(a.rule.duty === 'must'))
}
