/** The names that a view puts beside ids: areas, organisations, posts, matters. All from memory, one load a street. */
import type { Tx } from '../../../platform/db.ts'
import { organisationNameAt, type PostIndex, postIndex } from '../../accounts/server/index.ts'
import { type AreaIndex, areaIndex, type IndexedArea } from '../../areas/server/index.ts'
import type { ByPost } from '../contract.ts'
import { type Catalogue, catalogueOf } from './matter-store.ts'
import { type Sources, sourcesOf } from './upstream-source-store.ts'

export interface Names {
  areas: AreaIndex
  people: PostIndex
  matters: Catalogue
  sources: Sources
}

export async function namesOf(tx: Tx, streetId: number): Promise<Names> {
  // One connection runs one statement at a time, so these follow each other; mostly none is sent.
  const areas = await areaIndex(tx, streetId)
  const people = await postIndex(tx, streetId)
  return {
    areas,
    people,
    matters: await catalogueOf(tx, streetId),
    sources: await sourcesOf(tx, streetId),
  }
}

export const areaRef = ({ id, code, level, name }: IndexedArea) => ({ id, code, level, name })

export function organisationRef(names: Names, id: string | null) {
  const found = id === null ? undefined : names.people.organisations.get(id)
  return found ? { id: found.id, code: found.code, name: found.name } : null
}

/** A post in words, with the name that its organisation had `at` that instant; a resident, or the system, where there is none. */
export function byPost(
  names: Names,
  postId: string | null,
  accountId: string | null,
  systemId: string,
  at?: Date,
): ByPost {
  if (accountId === systemId) return { role: 'system', place: null }
  const post = postId === null ? undefined : names.people.posts.get(postId)
  if (!post) return { role: 'resident', place: null }
  const area = post.areaId === null ? undefined : names.areas.byId.get(post.areaId)
  const organisation =
    post.organisationId === null ? undefined : names.people.organisations.get(post.organisationId)
  const firm = organisation && (at ? organisationNameAt(organisation, at) : organisation.name)
  return { role: post.role, place: area?.name ?? firm ?? null }
}
