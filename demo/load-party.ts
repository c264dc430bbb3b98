/** 党组织、招募和人口户数 of the demo street: the party tree over the areas, a call for members, figures with their source. */
import { addDays, startOfDay } from '../lib/time.ts'
import type { PartyLevel, PartyTitle } from '../modules/accounts/contract.ts'
import {
  insertApplication,
  insertPartyBody,
  insertPartyPost,
  insertRecruitCall,
} from '../modules/accounts/server/index.ts'
import { insertFigures, type NewFigure, usualFigures } from '../modules/areas/server/index.ts'
import type { Tx } from '../platform/db.ts'
import { foundedAt, wanted } from './load-place.ts'
import type { LoadWorld } from './load-world.ts'
import type { DemoArea, DemoStreet } from './types.ts'

interface Load {
  readonly tx: Tx
  readonly world: LoadWorld
  readonly street: DemoStreet
}

export async function loadParty(load: Load): Promise<void> {
  await loadFigures(load)
  await loadBodies(load)
  await loadCall(load)
}

/** Made up: so many people to a household that is registered, and to one that lives there. */
const registered = 2.4
const residents = 2.8

/** Counted in the micro-grids by their buildings; an area above has what its parts have together. */
async function loadFigures({ tx, world, street }: Load): Promise<void> {
  const onDay = addDays(street.today, -120)
  const source = '示范数据（编造）'
  const counted = street.areas
    .filter(({ level }) => level === 'micro-grid')
    .map(({ code, path }) => {
      const households = street.buildings
        .filter(({ microGridCode }) => microGridCode === code)
        .reduce((sum, { dwellings }) => sum + dwellings, 0)
      return {
        path,
        registered: Math.round(households * registered),
        residents: Math.round(households * residents),
        residentHouseholds: households,
      }
    })
  const figures = street.areas.flatMap((area): NewFigure[] => {
    const areaId = wanted(world.areas.get(area.code), area.code).id
    const beneath = counted.filter(({ path }) => `${path}.`.startsWith(`${area.path}.`))
    return (['registered', 'residents', 'residentHouseholds'] as const).map((key) => ({
      areaId,
      ...usualFigures[key],
      value: beneath.reduce((sum, one) => sum + one[key], 0),
      onDay,
      source,
    }))
  })
  await insertFigures(tx, world.streetId, figures)
}

/** 一网格一支部; one grid has none yet, so that the report of the checks shows what that looks like. */
async function loadBodies({ tx, world, street }: Load): Promise<void> {
  const founded = foundedAt(street.today)
  const from = addDays(street.today, -1_000)
  const idOf = (key: string) => world.idOf(`party:${key}`, founded.getTime())
  const body = async (
    area: DemoArea,
    level: PartyLevel,
    name: string,
    post?: { role: string; title: PartyTitle },
  ) => {
    const place = wanted(world.areas.get(area.code), area.code)
    await insertPartyBody(
      tx,
      world.streetId,
      {
        id: idOf(area.code),
        level,
        name,
        parentId: area.parentCode === null ? null : idOf(area.parentCode),
        area: place,
        buildingId: null,
        joint: false,
      },
      from,
    )
    const holder = street.posts.find(({ role, areaCode }) => role === post?.role && areaCode === area.code)
    if (!post || !holder) return
    await insertPartyPost(tx, world.streetId, {
      id: idOf(`${area.code}:${post.title}`),
      bodyId: idOf(area.code),
      accountId: wanted(world.posts.get(holder.key), holder.key).accountId,
      title: post.title,
      fromDay: from,
      toDay: null,
    })
  }
  const grids = street.areas.filter(({ level }) => level === 'grid')
  for (const area of street.areas) {
    if (area.level === 'street')
      await body(area, 'working-committee', `${area.name}党工委`, { role: 'duty-head', title: 'secretary' })
    if (area.level === 'community')
      await body(area, 'community-committee', `${area.name}党委`, { role: 'secretary', title: 'secretary' })
  }
  for (const area of grids.slice(0, -1))
    await body(area, 'grid-branch', `${area.name}党支部`, { role: 'grid-head', title: 'secretary' })
}

/** One call that is open now, with two who asked. */
async function loadCall({ tx, world, street }: Load): Promise<void> {
  const community = wanted(
    street.areas.find(({ level }) => level === 'community'),
    'community',
  )
  const area = wanted(world.areas.get(community.code), community.code)
  const secretary = wanted(
    street.posts.find(({ role, areaCode }) => role === 'secretary' && areaCode === community.code),
    'secretary',
  )
  const opensOn = addDays(street.today, -5)
  const at = startOfDay(opensOn)
  const id = world.idOf('party:call', at.getTime())
  await insertRecruitCall(
    tx,
    world.streetId,
    {
      id,
      area,
      title: '招募微网格员',
      words:
        '熟悉邻里、愿意帮忙，党员、楼栋长、退役军人、业委会骨干优先。平时看看楼道、传个话，不占上班时间。',
      opensOn,
      closesOn: addDays(street.today, 25),
      termMonths: 24,
    },
    { by: wanted(world.posts.get(secretary.key), secretary.key).accountId, at },
  )
  const microGrids = street.areas.filter(
    ({ level, path }) => level === 'micro-grid' && path.startsWith(area.path),
  )
  const applicants = [
    { pool: 'building-head', words: '我在这栋楼住了十二年，楼里的人都认识。' },
    { pool: 'resident', words: '退休在家，想给邻居做点事。' },
  ] as const
  for (const [index, { pool, words }] of applicants.entries()) {
    const resident = wanted([...world.residents.values()][index + 1], 'resident')
    const place = wanted(world.areas.get(wanted(microGrids[index], 'micro-grid').code), 'micro-grid')
    await insertApplication(
      tx,
      world.streetId,
      {
        id: world.idOf(`party:application:${index}`, at.getTime()),
        callId: id,
        accountId: resident.accountId,
        areaId: place.id,
        areaPath: place.path,
        pool,
        words,
      },
      startOfDay(addDays(opensOn, 1 + index)),
    )
  }
}
