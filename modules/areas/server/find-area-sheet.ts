/** Areas as lists name them: by name, code, or a name with the one above in front (天桥社区第1网格, 天桥社区/第1网格). */
import type { Bilingual } from '../../../lib/language.ts'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { plainName } from '../rules/plan-area-rows.ts'
import { type AreaRow, areasInForce } from './area-store.ts'

export type FoundArea =
  | { readonly ok: true; readonly area: AreaRow }
  | { readonly ok: false; readonly reason: Bilingual }

/** All areas in force on a day, ready to be found by words; straight from the database. */
export async function areaFinder(
  tx: Tx,
  streetId: number,
  today: Day,
): Promise<(words: string) => FoundArea> {
  const areas = await areasInForce(tx, streetId, today)
  const byId = new Map(areas.map((area) => [area.id, area]))
  const byWords = new Map<string, AreaRow[]>()
  for (const area of areas)
    for (const words of spellings(area, byId)) byWords.set(words, [...(byWords.get(words) ?? []), area])
  return (words) => {
    const found = byWords.get(plain(words)) ?? []
    const [area] = found
    if (area && found.length === 1) return { ok: true, area }
    return { ok: false, reason: area ? several(words, found.length) : unknown(words) }
  }
}

const plain = (words: string): string => plainName(words).replace(/[/\\>·,\-—、\uff0c]/g, '')

/** Every name that ends in its own: 微网格03, 第2网格微网格03, 天桥社区第2网格微网格03; the parts already there are not said twice. */
function spellings(area: AreaRow, byId: ReadonlyMap<string, AreaRow>): Set<string> {
  const own = plain(area.name)
  const words = new Set([own, plain(area.code)])
  let whole = own
  for (let above = byId.get(area.parentId ?? ''); above; above = byId.get(above.parentId ?? '')) {
    const name = plain(above.name)
    if (whole.startsWith(name)) continue
    whole = `${name}${whole}`
    words.add(whole)
    words.add(`${name}${own}`)
  }
  return words
}

/** As a list names an area so that it is found again: from below the street down, the parts already there not said twice. */
export function spelledOut(
  area: Pick<AreaRow, 'name' | 'parentId'>,
  byId: ReadonlyMap<string, Pick<AreaRow, 'name' | 'parentId'>>,
): string {
  let whole = area.name
  for (
    let above = byId.get(area.parentId ?? '');
    above && above.parentId !== null;
    above = byId.get(above.parentId)
  )
    if (!whole.startsWith(above.name)) whole = `${above.name}${whole}`
  return whole
}

const unknown = (words: string): Bilingual => ({
  zh: `没有找到区域“${words}”`,
  en: `No area is called “${words}”`,
})
const several = (words: string, count: number): Bilingual => ({
  zh: `有 ${count} 个区域叫“${words}”，请把上级写在前面，例如“天桥社区第1网格”`,
  en: `${count} areas are called “${words}”; write the one above in front`,
})
