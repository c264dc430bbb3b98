/** Words that a page might run, brought through every text field that an operation takes. */
import type { TSchema } from 'typebox'
import type { OperationContract } from '../../lib/contract.ts'
import { createSeededRandom } from '../../lib/seeded-random.ts'
import { deedsOf } from '../access/choose-deeds.ts'
import { type Ask, callHttp, inParallel } from '../access/http-caller.ts'
import type { SetScene } from '../access/set-the-scene.ts'
import type { ProofRun } from '../proof.ts'
import { type Payload, shortPayload } from './xss-payloads.ts'

type Place = readonly (string | number)[]

interface TextField {
  readonly place: Place
  readonly most: number
}

interface Schema {
  type?: string
  enum?: unknown
  const?: unknown
  format?: string
  pattern?: string
  maxLength?: number
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** Free words only: a choice, a day, an id or a code is none. */
const takesWords = ({ type, enum: choices, const: only, format, pattern }: Schema): boolean =>
  type === 'string' && choices === undefined && only === undefined && format === undefined && !pattern

/** Where the schema takes words, below what the call really sends; an optional field that it leaves out counts too. */
function textFields(schema: Schema, body: unknown, at: Place = []): TextField[] {
  if (takesWords(schema)) return [{ place: at, most: schema.maxLength ?? Number.POSITIVE_INFINITY }]
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  if (branches.length > 0) return dropTwins(branches.flatMap((branch) => textFields(branch, body, at)))
  if (schema.items) {
    const sent = Array.isArray(body) ? body[0] : undefined
    if (sent === undefined && !takesWords(schema.items)) return []
    return textFields(schema.items, sent, [...at, 0])
  }
  const object = body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : undefined
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
    object || at.length === 0 ? textFields(inner, object?.[key], [...at, key]) : [],
  )
}

const nameOf = (place: Place): string => place.map((part) => (part === 0 ? '[]' : part)).join('.')

function dropTwins(fields: readonly TextField[]): TextField[] {
  return [...new Map(fields.map((field) => [nameOf(field.place), field])).values()]
}

function put(value: unknown, [first, ...rest]: Place, word: string): unknown {
  if (first === undefined) return word
  if (typeof first === 'number') {
    const list = Array.isArray(value) ? value : []
    return [put(list[0], rest, word), ...list.slice(1)]
  }
  const object = (value ?? {}) as Record<string, unknown>
  return { ...object, [first]: put(object[first], rest, word) }
}

/** What the field can hold, and another one each time. */
function wordFor({ most }: TextField, payloads: readonly Payload[], turn: number): string {
  for (let step = 0; step < payloads.length; step += 1) {
    const text = payloads[(turn + step * 7) % payloads.length]?.text ?? ''
    if (text.length <= most) return text
  }
  return shortPayload(turn % payloads.length).slice(0, most)
}

export interface FilledFields {
  readonly operations: number
  readonly fields: number
  readonly taken: number
  /** `operation field: code` of those that no call could fill. */
  readonly refused: readonly string[]
}

/** Calls for one field at most, each by another person or at another place. */
const triesEach = 3

export async function fillTextFields(
  run: ProofRun,
  scene: SetScene,
  baseUrl: string,
  payloads: readonly Payload[],
): Promise<FilledFields> {
  const refused: string[] = []
  let operations = 0
  let fields = 0
  let taken = 0
  const changing = scene.contracts.filter(({ method }) => method !== 'GET')
  await inParallel(changing, 4, async (contract) => {
    const deeds = [...deedsOf(scene, contract)].filter(({ file }) => file === undefined)
    const all = dropTwins(textFields(contract.body as TSchema & Schema, deeds[0]?.body ?? {}))
    if (all.length === 0 || deeds.length === 0) return
    operations += 1
    fields += all.length
    const left = await fillOne(run, { contract, deeds, all, baseUrl, payloads })
    taken += all.length - left.length
    refused.push(...left)
  })
  return { operations, fields, taken, refused: refused.sort() }
}

interface Filling {
  readonly contract: OperationContract
  readonly deeds: readonly Ask[]
  readonly all: readonly TextField[]
  readonly baseUrl: string
  readonly payloads: readonly Payload[]
}

/** All fields at once; where that is refused, one after the other. @returns those that took none */
async function fillOne(run: ProofRun, filling: Filling): Promise<string[]> {
  const { contract, deeds, all, baseUrl, payloads } = filling
  const random = createSeededRandom(`${run.seed} fields ${contract.name}`)
  let next = 0
  const send = async (fields: readonly TextField[]): Promise<string | undefined> => {
    let code = 'no call'
    for (let tries = 0; tries < triesEach; tries += 1) {
      const deed = deeds[next++ % deeds.length]
      if (!deed) break
      const body = fields.reduce<unknown>(
        (sent, field) => put(sent, field.place, wordFor(field, payloads, random.int(payloads.length))),
        deed.body ?? {},
      )
      const answer = await callHttp(baseUrl, { ...deed, body })
      if (answer.status < 300) return undefined
      code = answer.code
    }
    return code
  }
  const together = await send(all)
  if (together === undefined) return []
  if (all.length === 1) return [`${contract.name} ${nameOf(all[0]?.place ?? [])}: ${together}`]
  const left: string[] = []
  for (const field of all) {
    const code = await send([field])
    if (code !== undefined) left.push(`${contract.name} ${nameOf(field.place)}: ${code}`)
  }
  return left
}
