/** The door words of a Chinese address: building (栋, 幢, 号楼, A座), entrance (单元) and room. */
import { chineseNumber, normaliseText } from './text.ts'

/** The building, entrance and room that an address names, as plain numbers or letters: '12', 'a', '3'. */
export interface DoorWords {
  readonly building?: string
  readonly entrance?: string
  readonly room?: string
}

const numeral = '[a-z]?(?:\\d{1,4}|[零〇一二两三四五六七八九十百廿卅]{1,5})|[a-z]'
/** 号楼 is a building, 号 alone is a house number of the street; 座 only with a letter (A座, B2座), 坐 is never meant. */
const buildingPattern = new RegExp(`(${numeral})\\s?(?:栋|幢|号楼|#楼|号栋|号幢)|([a-z]\\d{0,2})\\s?座`, 'i')
const entrancePattern = new RegExp(`(${numeral})\\s?(?:单元|门洞)`, 'i')
const roomPattern = /((?:\d{1,2}[-—–])?\d{1,4})\s?(?:室|房|户)/i
/** 3-2-501 is building 3, entrance 2, room 501. */
const dashedPattern = /(?:^|[^\d-])(\d{1,3})[-—–](\d{1,2})[-—–](\d{3,4})(?!\d)/
const bareRoomPattern = /(?:单元|栋|幢|号楼)\s?((?:\d{1,2}[-—–])?\d{1,4})(?![\d栋幢楼层号单米年月日])/

/**
 * Where the building word of an address ends, and which building it is; undefined when none is named.
 * The text must be NFKC (normaliseText is); `end` counts UTF-16 units of it.
 */
export function findBuilding(text: string): { name: string; end: number } | undefined {
  const match = buildingPattern.exec(text)
  if (!match) return undefined
  return { name: plainNumeral(match[1] ?? match[2] ?? ''), end: match.index + match[0].length }
}

/** The door words of an address text: '三栋2单元501室' is building 3, entrance 2, room 501. */
export function readDoorWords(text: string): DoorWords {
  const normal = normaliseText(text)
  const building = findBuilding(normal)
  const dashed = building ? null : dashedPattern.exec(normal)
  if (dashed)
    return {
      building: plainNumeral(dashed[1] ?? ''),
      entrance: plainNumeral(dashed[2] ?? ''),
      room: dashed[3] ?? '',
    }
  const rest = building ? normal.slice(building.end) : normal
  const entrance = entrancePattern.exec(rest)?.[1]
  const room = roomPattern.exec(rest)?.[1] ?? bareRoomPattern.exec(normal)?.[1]
  return {
    ...(building && { building: building.name }),
    ...(entrance && { entrance: plainNumeral(entrance) }),
    ...(room && { room: room.replace(/[—–]/g, '-') }),
  }
}

/** '二十三' and '023' become '23', 'B3' becomes 'b3', a lone letter stays. */
function plainNumeral(text: string): string {
  const lower = text.toLowerCase()
  const [, letter = '', number = ''] = /^([a-z]?)(.*)$/s.exec(lower) ?? []
  return number === '' ? letter : `${letter}${chineseNumber(number) ?? number}`
}
