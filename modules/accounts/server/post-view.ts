/** Posts as contracts show them, and in words. */
import type { Language } from '../../../lib/language.ts'
import type { Tx } from '../../../platform/db.ts'
import { areaRefs } from '../../areas/server/index.ts'
import type { PostView } from '../contract.ts'
import { roleNames } from '../messages.ts'
import type { PostRow } from './post-store.ts'

/** The view of each row, in the same order; areas are looked up in one round trip. */
export async function postViews(tx: Tx, streetId: number, rows: readonly PostRow[]): Promise<PostView[]> {
  const areaIds = rows.flatMap((row) => (row.areaId === null ? [] : [row.areaId]))
  const areas = await areaRefs(tx, streetId, areaIds)
  return rows.map((row) => {
    return {
      id: row.id,
      role: row.role,
      area: areas.get(row.areaId ?? '') ?? null,
      organisation:
        row.organisationId === null
          ? null
          : { id: row.organisationId, code: row.organisationCode ?? '', name: row.organisationName ?? '' },
      fromDay: row.fromDay,
      toDay: row.toDay,
    }
  })
}

/** A post in words, never a person's name: 天桥社区 · 全科社工. */
export function describePost(
  post: Pick<PostView, 'role' | 'area' | 'organisation'>,
  language: Language = 'zh',
): string {
  const place = post.area?.name ?? post.organisation?.name
  const role = roleNames[post.role][language]
  return place === undefined ? role : `${place} · ${role}`
}
