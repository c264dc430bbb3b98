import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { chainOf } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { kindsOnDuty } from '../rules/duty-list.ts'
import { suggestMatter } from '../rules/suggest-matter.ts'
import type { CaseRow } from './case-row.ts'
import { findCase } from './case-store.ts'
import type { MatterRow } from './matter-store.ts'
import { areaRef, type Names, namesOf } from './names.ts'

/** Suggestions with their reasons; a person at the desk decides. */
export const suggestForCase = operation(contract.suggestForCase, async ({ tx, actor, params }) => {
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  const names = await namesOf(tx, actor.streetId)
  const matters = suggestedMatters(row, names)
  const matter = (row.matter_id && names.matters.byId.get(row.matter_id)) || matters[0]?.matter
  const area = names.areas.byId.get(row.area_id)
  return {
    matters: matters.map(({ matter: one, why }) => ({
      matter: { code: one.code, name: one.name, nameEn: one.name_en, residentWords: one.resident_words },
      kind: one.kind,
      urgency: one.urgency,
      why,
    })),
    area: area ? areaRef(area) : null,
    organisations: matter ? suggestedOrganisations(row, matter, names) : [],
    posts: suggestedPosts(row, names),
  }
})

/** Matters by the words of a text, the best first. */
export function suggestedMatters(
  row: Pick<CaseRow, 'title' | 'text'>,
  names: Names,
): { matter: MatterRow; why: string }[] {
  const all = names.matters.inOrder.map((matter) => ({
    key: matter.code,
    nameZh: matter.name,
    residentWords: matter.resident_words ?? '',
    keywords: matter.keywords,
    shownToResidents: matter.local_extension,
  }))
  return suggestMatter(`${row.title} ${row.text}`, all, 5).flatMap(({ key, matchedWords }) => {
    const matter = names.matters.byCode.get(key)
    return matter ? [{ matter, why: matchedWords.join('、') }] : []
  })
}

/** By the duty list, within the areas in which an organisation works; those that must come before those that may. */
function suggestedOrganisations(row: CaseRow, matter: MatterRow, names: Names) {
  const around = new Set(chainOf(names.areas, row.area).map((area) => area.id))
  const organisations = [...names.people.organisations.values()].filter((one) => one.active)
  return kindsOnDuty(names.matters.duties, matter.code)
    .flatMap(({ kind, rule }) =>
      organisations
        .filter(
          (one) =>
            one.kind === kind && (one.areaIds.length === 0 || one.areaIds.some((id) => around.has(id))),
        )
        .map(({ id, code, name }) => ({ organisation: { id, code, name }, why: rule.basisZh })),
    )
    .slice(0, 8)
}

/** Grid and community people whose area covers the place, the nearest first. */
function suggestedPosts(row: CaseRow, names: Names) {
  const roles = ['grid-worker', 'grid-head', 'micro-grid-member', 'clerk']
  return [...names.people.posts.values()]
    .filter(
      (post) =>
        post.current &&
        roles.includes(post.role) &&
        post.areaPath !== null &&
        `${row.area}.`.startsWith(`${post.areaPath}.`),
    )
    .sort(
      (a, b) =>
        roles.indexOf(a.role) - roles.indexOf(b.role) ||
        (b.areaPath ?? '').length - (a.areaPath ?? '').length,
    )
    .slice(0, 8)
    .map((post) => ({
      postId: post.id,
      role: post.role,
      place: (post.areaId && names.areas.byId.get(post.areaId)?.name) || '',
    }))
}
