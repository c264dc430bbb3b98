/** The areas of the street as a list that goes out into a template. */
import { Type } from 'typebox'
import { dayOf } from '../../../lib/time.ts'
import { type ListKind, staffRoles } from '../../../platform/sheets/list-kind.ts'
import { kindSpellings } from '../area-kinds.ts'
import { areasInForce } from './area-store.ts'

export const areaList: ListKind = {
  list: 'areas',
  words: { zh: '区域清单', en: 'Areas' },
  who: staffRoles,
  fields: [
    { key: 'name', words: { zh: '名称', en: 'Name' } },
    { key: 'parent', words: { zh: '上级', en: 'Lies in' } },
    { key: 'level', words: { zh: '层级', en: 'Level' } },
    { key: 'kind', words: { zh: '类别', en: 'Kind' } },
    { key: 'code', words: { zh: '编码', en: 'Code' } },
    { key: 'bounds', words: { zh: '四至', en: 'Described bounds' } },
  ],
  filters: Type.Object(
    { level: Type.Optional(Type.String({ maxLength: 40 })) },
    { additionalProperties: false },
  ),
  async *rows({ tx, actor, at }, filters) {
    const { level } = filters as { level?: string }
    const areas = await areasInForce(tx, actor.streetId, dayOf(at))
    const byId = new Map(areas.map((area) => [area.id, area]))
    const shown = areas.filter((area) => level === undefined || area.level === level)
    for (const area of shown.sort((a, b) => (a.path < b.path ? -1 : 1)))
      yield {
        name: area.name,
        parent: byId.get(area.parentId ?? '')?.name ?? '',
        level: area.levelName,
        kind: kindSpellings[area.kind][0] ?? area.kind,
        code: area.code,
        bounds: area.boundsText ?? '',
      }
  },
}
