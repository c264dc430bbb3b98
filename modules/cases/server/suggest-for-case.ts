import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { doorsOf, soundsUrgent, urgentWords } from '../emergency-words.ts'
import { higherUrgency } from '../rules/higher-urgency.ts'
import { draftsByHelper } from '../suggest-settings.ts'
import { findCase } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'
import { areaRef, namesOf, organisationRef } from './names.ts'
import { precedentsFor } from './precedents.ts'
import { guessMatters, type MatterGuess } from './suggest-matters.ts'
import { organisationsOnDuty, suggestedOrganisations, suggestedPosts } from './suggest-organisations.ts'
import { type Similar, similarPast } from './suggest-similar.ts'

/** Suggestions with their reasons; a person at the desk decides. */
export const suggestForCase = operation(contract.suggestForCase, async (call) => {
  const { tx, actor, params } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row || !mayReadTexts(row, actor)) throw new Refusal('cases/not-found')
  const names = await namesOf(tx, actor.streetId)
  const { guesses, inUse } = await guessMatters(call, row, names)
  const settled = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
  const matter = settled ?? guesses[0]?.matter
  const near = settled ? [settled] : guesses.slice(0, 2).map((guess) => guess.matter)
  const similar = (await similarPast(tx, row, near, names)).filter((one) => mayReadTexts(one.row, actor))
  const area = names.areas.byId.get(row.area_id)
  const said = `${row.title} ${row.text}`
  const dangerous = soundsUrgent(said).length > 0
  const byMatter = matter ? higherUrgency(row.urgency, matter.urgency) : row.urgency
  return {
    matters: guesses.map(suggestedMatter),
    urgency: {
      value: dangerous ? higherUrgency(byMatter, 'P1') : byMatter,
      words: dangerous ? urgentWords(said) : [],
    },
    area: area ? areaRef(area) : null,
    organisations: matter
      ? suggestedOrganisations(
          organisationsOnDuty(row, matter, names),
          handledBefore(similar),
          await precedentsFor(tx, actor.streetId, matter.id, row.area),
          (id) => organisationRef(names, id),
        )
      : [],
    posts: suggestedPosts(row, names),
    similar: similar.map(({ row: past, alike }) => ({
      id: past.id,
      number: past.number,
      title: past.title,
      state: past.state,
      outcome: past.outcome,
      organisation: organisationRef(names, past.organisation_id),
      createdAt: past.created_at.toISOString(),
      alike: Math.round(alike * 100) / 100,
    })),
    doors: doorsOf(said),
    drafts:
      call.services.drafts !== undefined &&
      !row.confidential &&
      (await readSetting(tx, actor.streetId, draftsByHelper, call.at)),
    model: { version: inUse.version, samples: inUse.model.samples },
  }
})

export const suggestedMatter = ({ matter, share, words }: MatterGuess): contract.SuggestedMatter => ({
  matter: {
    code: matter.code,
    name: matter.name,
    nameEn: matter.name_en,
    residentWords: matter.resident_words,
  },
  kind: matter.kind,
  urgency: matter.urgency,
  share: share === null ? null : Math.round(share * 100) / 100,
  why: words.join('、'),
})

function handledBefore(similar: readonly Similar[]): ReadonlyMap<string, number> {
  const handled = new Map<string, number>()
  for (const { row } of similar)
    if (row.organisation_id !== null)
      handled.set(row.organisation_id, (handled.get(row.organisation_id) ?? 0) + 1)
  return handled
}
