/** From an address as people type it to a building or at least its area. Pure; the street's buildings are given. */
import { readDoorWords } from '../../../lib/door-words.ts'
import { chineseNumber, normaliseText } from '../../../lib/text.ts'

export interface AddressedBuilding {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly address: string
  readonly compound: string | null
  readonly areaId: string
}

export interface AddressMatch<B extends AddressedBuilding> {
  readonly building?: B
  readonly areaId: string
}

export interface AddressBook<B extends AddressedBuilding> {
  /**
   * The one building that a text names, or the one area of all buildings that it may mean; undefined when it
   * names none, or some in several areas: a wrong grid is worse than none.
   */
  match(text: string): AddressMatch<B> | undefined
  /** By what a door plate or QR code carries, in either width and case. */
  findByCode(code: string): B | undefined
  /** Buildings whose code, name, address or compound together hold every word of the text, in the order given. */
  search(words: string): B[]
}

const numeralBeforeWord =
  /(?<![零〇一二两三四五六七八九十百廿卅])[零〇一二两三四五六七八九十百廿卅]+(?=号|栋|幢|座|期|组|弄|巷|单元)/g
const buildingWord = /([a-z]?\d+|[a-z])(?:号楼|号栋|号幢|#楼|栋|幢|座)/g

/**
 * One spelling of an address: no spaces or punctuation, Arabic digits, and 栋 for 幢, 号楼, #楼 and 座, so that
 * '桐荫路十八号 梧桐苑３号楼' is '桐荫路18号梧桐苑3栋'.
 */
export function addressKey(text: string): string {
  return normaliseText(text)
    .replace(/[\s,,。、;;::()()[\]【】"“”'‘’]+/g, '')
    .replace(numeralBeforeWord, (numeral) => String(chineseNumber(numeral) ?? numeral))
    .replace(buildingWord, '$1栋')
}

/** A compound or road of one character would be found in every text. */
const shortestKey = 2

interface Entry<B> {
  readonly building: B
  readonly searchKey: string
  /** Road with house number, and compound: either is enough to say where. */
  readonly placeKeys: readonly string[]
  /** '3' of '3栋'; undefined for a building with a name of its own. */
  readonly door: string | undefined
  /** The name of a building that has one: '邮政大楼'. */
  readonly ownName: string | undefined
}

export function buildAddressBook<B extends AddressedBuilding>(buildings: readonly B[]): AddressBook<B> {
  const entries = buildings.map(makeEntry)
  const byCode = new Map(buildings.map((building) => [normaliseText(building.code), building]))
  return {
    match(text) {
      const key = addressKey(text)
      const coded = byCode.get(normaliseText(text))
      if (coded) return { building: coded, areaId: coded.areaId }
      return decide(candidates(entries, key, readDoorWords(text).building))
    },
    findByCode: (code) => byCode.get(normaliseText(code)),
    search(words) {
      const keys = words.split(/\s+/).map(addressKey).filter(Boolean)
      return entries.flatMap((entry) =>
        keys.every((key) => entry.searchKey.includes(key)) ? [entry.building] : [],
      )
    },
  }
}

function makeEntry<B extends AddressedBuilding>(building: B): Entry<B> {
  const compound = addressKey(building.compound ?? '')
  const road = /^.*?\d+号/.exec(addressKey(building.address))?.[0] ?? ''
  const door = readDoorWords(building.name).building ?? readDoorWords(building.address).building
  const name = addressKey(building.name)
  return {
    building,
    searchKey: [building.code, building.address, building.compound ?? '', building.name]
      .map(addressKey)
      .join('\n'),
    placeKeys: [compound, road].filter((key) => key.length >= shortestKey),
    door,
    ownName:
      readDoorWords(building.name).building === undefined && name.length > shortestKey ? name : undefined,
  }
}

/** The entries that the text may mean, only those of the longest place named in it. */
function candidates<B>(entries: readonly Entry<B>[], key: string, door: string | undefined): Entry<B>[] {
  const scored = entries.flatMap((entry) => {
    const named = entry.ownName !== undefined && key.includes(entry.ownName) ? entry.ownName.length : 0
    const placed = entry.placeKeys.filter((place) => holdsPlace(key, place))
    const length = Math.max(named, 0) + placed.reduce((sum, place) => sum + place.length, 0)
    // A door that is said and is another one rules the building out; one that is not said leaves all of them.
    if (length === 0 || (door !== undefined && entry.door !== undefined && door !== entry.door)) return []
    return [{ entry, length }]
  })
  const longest = Math.max(0, ...scored.map(({ length }) => length))
  return scored.flatMap(({ entry, length }) => (length === longest ? [entry] : []))
}

/** '2期' is not a part of '12期'. */
function holdsPlace(key: string, place: string): boolean {
  for (let at = key.indexOf(place); at >= 0; at = key.indexOf(place, at + 1)) {
    const before = key[at - 1] ?? ''
    if (!(/^\d/.test(place) && /\d/.test(before))) return true
  }
  return false
}

function decide<B extends AddressedBuilding>(found: readonly Entry<B>[]): AddressMatch<B> | undefined {
  const [first, ...others] = found
  if (!first) return undefined
  const { building } = first
  if (others.length === 0) return { building, areaId: building.areaId }
  return others.every((other) => other.building.areaId === building.areaId)
    ? { areaId: building.areaId }
    : undefined
}
