/** Organisations, and people in their posts, as lists that go out into templates. */
import { Type } from 'typebox'
import { dayOf } from '../../../lib/time.ts'
import { type ListKind, staffRoles } from '../../../platform/sheets/list-kind.ts'
import { areaRefs } from '../../areas/server/index.ts'
import { organisationKindNames, roleNames } from '../messages.ts'
import { displayNames } from './display-names.ts'
import { organisationsInOrder } from './organisation-store.ts'
import { postsInOrder } from './post-store.ts'

const nothing = Type.Object({}, { additionalProperties: false })

export const organisationList: ListKind = {
  list: 'organisations',
  words: { zh: '单位名录', en: 'Organisations' },
  who: staffRoles,
  fields: [
    { key: 'name', words: { zh: '单位名称', en: 'Organisation' } },
    { key: 'kind', words: { zh: '类型', en: 'Kind' } },
    { key: 'code', words: { zh: '单位编码', en: 'Code' } },
    { key: 'areas', words: { zh: '负责区域', en: 'Works in' } },
  ],
  filters: nothing,
  async *rows({ tx, actor }, _filters, language) {
    const organisations = await organisationsInOrder(tx, actor.streetId, undefined)
    const areas = await areaRefs(
      tx,
      actor.streetId,
      organisations.flatMap(({ areaIds }) => areaIds),
    )
    for (const one of organisations.filter(({ kind, active }) => active && kind !== 'import'))
      yield {
        name: one.name,
        kind: organisationKindNames[one.kind][language],
        code: one.code,
        areas: one.areaIds.map((id) => areas.get(id)?.name ?? '').join('、'),
      }
  },
}

/** Names and posts, as every staff member sees them; no phone. */
export const postList: ListKind = {
  list: 'posts',
  words: { zh: '人员与岗位', en: 'Staff and posts' },
  who: staffRoles,
  fields: [
    { key: 'name', words: { zh: '姓名', en: 'Name' } },
    { key: 'role', words: { zh: '岗位', en: 'Post' } },
    { key: 'place', words: { zh: '区域或单位', en: 'Area or organisation' } },
    { key: 'from', words: { zh: '起', en: 'From' } },
    { key: 'to', words: { zh: '止', en: 'Until' } },
  ],
  filters: nothing,
  async *rows({ tx, actor, at, services }, _filters, language) {
    const posts = await postsInOrder(tx, actor.streetId, dayOf(at), {})
    const areas = await areaRefs(
      tx,
      actor.streetId,
      posts.flatMap(({ areaId }) => areaId ?? []),
    )
    const names = await displayNames(
      tx,
      services.keys,
      posts.map(({ accountId }) => accountId),
    )
    for (const post of posts)
      yield {
        name: names.get(post.accountId) ?? '',
        role: roleNames[post.role][language],
        place: post.organisationName ?? areas.get(post.areaId ?? '')?.name ?? '',
        from: post.fromDay,
        to: post.toDay ?? '',
      }
  },
}
