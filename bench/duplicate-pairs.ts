/**
 * Precision and recall of “these two cases are one thing” on labelled pairs of real messages (duplicate-pairs.csv: row
 * ids, label, reason): `npx tsx bench/duplicate-pairs.ts REQUESTS.jsonl.gz…`. The texts stay where they are. The area
 * of a message is the place that its title names; the files write cities as a letter and districts as a number.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseCsvRows } from '../lib/csv.ts'
import { likenessAmong } from '../lib/text-likeness.ts'
import { type ClusterFacts, seemOne } from '../modules/cases/rules/cluster-cases.ts'

interface Request {
  readonly id: string
  readonly user: string
  readonly title: string
  readonly text: string
  readonly time: string
}

const files = process.argv.slice(2)
if (files.length === 0) throw new Error('name the files of requests')
const byId = new Map<string, Request>()
for (const file of files)
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')) {
    const request = JSON.parse(line) as Request
    if (!byId.has(request.id)) byId.set(request.id, request)
  }
const requests = [...byId.values()]
const at = new Map(requests.map(({ id }, index) => [id, index]))

function factsOf({ title, user }: Request): ClusterFacts {
  const [, letter = '', district = ''] = /([A-M])(\d{0,2})\s?[市区县]/.exec(title) ?? []
  const place = letter === '' ? 's' : district === '' ? `s.${letter}` : `s.${letter}.${letter}${district}`
  // Years lie between some of them; only meaning, place and person are measured.
  return { area: place, buildingId: null, createdAt: new Date(0), matterKey: null, reporter: user }
}

/** A city holds its districts; two districts, or two cities, are two places. */
function samePlace(a: ClusterFacts, b: ClusterFacts): boolean {
  const [one, two] = [a.area.split('.'), b.area.split('.')]
  const shared = Math.min(one.length, two.length)
  return one.slice(0, shared).join('.') === two.slice(0, shared).join('.')
}

const likeness = likenessAmong(requests)
const counts = { right: 0, wrong: 0, missed: 0, pairs: 0, absent: 0 }
const csv = readFileSync(new URL('./duplicate-pairs.csv', import.meta.url), 'utf8')
for (const { cells } of parseCsvRows(csv).slice(1)) {
  const [a, b] = [at.get(cells[0] ?? ''), at.get(cells[1] ?? '')]
  const [one, two] = [requests[a ?? -1], requests[b ?? -1]]
  if (a === undefined || b === undefined || !one || !two) {
    counts.absent++
    continue
  }
  counts.pairs++
  const [x, y] = [factsOf(one), factsOf(two)]
  // Below a city nothing finer is known, so that the rule is asked as for cases without a place.
  const said = samePlace(x, y) && seemOne({ ...x, area: 's' }, { ...y, area: 's' }, likeness.between(a, b))
  const same = cells[2] === '1'
  if (said && same) counts.right++
  else if (said) counts.wrong++
  else if (same) counts.missed++
  if (said !== same && process.env.SHOW)
    console.log(said, same, likeness.between(a, b).toFixed(2), one.title, '|', two.title)
}
const share = (part: number, rest: number) => (part + rest === 0 ? '—' : (part / (part + rest)).toFixed(3))
console.log(JSON.stringify(counts))
console.log(`precision ${share(counts.right, counts.wrong)}, recall ${share(counts.right, counts.missed)}`)
