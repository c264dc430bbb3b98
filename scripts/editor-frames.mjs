/**
 * How smoothly the map of 网格调整 moves with a district on it: 1 street, 90 communities, 1,080 grids and 6,320 micro-grids
 * with bent borders that neighbours share. Pages are the built ones, replies are made up here, the browser draws in
 * software as in the journeys. First the street alone, one still fill: what that takes is the drawing in software itself.
 *
 * Prints frame times, and computing time for each frame, which others on the machine do not change: `page` is our script
 * with its workers, `drawing` the process that stands for a graphics card. Below stands what a graphics card does not
 * take over: computing time of the page's main thread from one frame to the next, and its longest single task. At sixty
 * frames a second there are 16.7 ms for a frame; a task above 50 ms is what people notice.
 *
 *   node scripts/editor-frames.mjs [--web dist/web] [--frames 40]
 */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { serveBuiltPages } from './look-stub.mjs'

const { values } = parseArgs({
  options: { web: { type: 'string', default: 'dist/web' }, frames: { type: 'string', default: '40' } },
})
const frames = Number(values.frames)
const [columns, rows] = [80, 79]
const bends = 4

/** A repeatable draw between 0 and 1. */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** Corners of the lattice and the bends between them, each made once, so that neighbours share them exactly. */
function lattice() {
  const random = seeded(7)
  const step = 0.0013
  const spots = new Map()
  const spot = (x, y) => {
    const key = `${x.toFixed(2)} ${y.toFixed(2)}`
    const known = spots.get(key)
    if (known) return known
    const off = () => (random() - 0.5) * 0.22
    const made = [106.4 + (x + off()) * step, 29.4 + (y + off()) * step * 0.87].map(
      (one) => Math.round(one * 1e7) / 1e7,
    )
    spots.set(key, made)
    return made
  }
  /** The ring around a block of cells, from its lower left corner. */
  return (west, south, east, north) => {
    const ring = []
    const side = (fromX, fromY, toX, toY) => {
      const steps = Math.abs(toX - fromX + toY - fromY) * (bends + 1)
      for (let at = 0; at < steps; at++)
        ring.push(spot(fromX + ((toX - fromX) * at) / steps, fromY + ((toY - fromY) * at) / steps))
    }
    side(west, south, east, south)
    side(east, south, east, north)
    side(east, north, west, north)
    side(west, north, west, south)
    return { type: 'Polygon', coordinates: [[...ring, ring[0]]] }
  }
}

const levels = ['street', 'community', 'grid', 'micro-grid']
function district() {
  const ringOf = lattice()
  const areas = []
  const add = (level, parent, number, box) => {
    const code = parent ? `${parent.code}_${number}` : 's1'
    const area = { id: randomUUID(), code, level, name: `${number}`, box, parent, geometry: ringOf(...box) }
    areas.push(area)
    return area
  }
  const blocks = ([west, south, east, north], wide, high) => {
    const found = []
    for (let y = south; y < north; y += high)
      for (let x = west; x < east; x += wide)
        found.push([x, y, Math.min(x + wide, east), Math.min(y + high, north)])
    return found
  }
  const root = add('street', undefined, 1, [0, 0, columns, rows])
  blocks(root.box, 9, 8).forEach((box, one) => {
    const community = add('community', root, one + 1, box)
    blocks(box, 3, 2).forEach((inner, two) => {
      const grid = add('grid', community, two + 1, inner)
      blocks(inner, 1, 1).forEach((cell, three) => void add('micro-grid', grid, three + 1, cell))
    })
  })
  return areas
}

const draft = {
  id: randomUUID(),
  name: '量一量',
  state: 'draft',
  baseOn: '2026-11-22',
  inForceOn: null,
  approval: null,
  changedAt: '2026-11-22T00:00:00.000Z',
  version: 1,
  counts: { add: 0, redraw: 0, rename: 0, end: 0 },
  recalled: null,
}
const me = randomUUID()

function repliesFor(areas) {
  const rootArea = { id: areas[0].id, code: 's1', level: 'street', name: '样例' }
  const post = {
    id: randomUUID(),
    role: 'duty-head',
    area: rootArea,
    areaPath: 's1',
    organisation: null,
    fromDay: '2026-01-01',
    toDay: null,
  }
  return {
    '/api/session': {
      kind: 'staff',
      accountId: me,
      displayName: '值班长',
      street: { id: 1, code: '990101001', name: '样例街道' },
      roles: ['duty-head'],
      posts: [post],
      standingIn: [],
      demo: false,
      mustEnrolTotp: false,
      mustChangePassword: false,
    },
    [`/api/area-drafts/${draft.id}`]: { draft, areas: [], takenCodes: [], tiles: null },
    '/api/areas': {
      items: areas.map(({ id, code, level, name, parent }) => ({
        id,
        code,
        level,
        levelName: level,
        name,
        kind: 'ordinary',
        parentId: parent?.id ?? null,
        path: code,
        boundsText: null,
        hasBoundary: true,
      })),
      nextCursor: null,
    },
    '/api/area-boundaries': {
      type: 'FeatureCollection',
      synthetic: true,
      features: areas.map(({ id, level, name, code, geometry }) => ({
        type: 'Feature',
        id,
        properties: { level, name, code },
        geometry,
      })),
    },
    '/api/area-levels': {
      items: levels.map((level, position) => ({ level, name: level, nameEn: level, position })),
    },
    '/api/building-pins': { items: [] },
    '/api/divisions': { items: [] },
  }
}

const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) =>
  existsSync(process.env.LINLI_CHROMIUM ?? one),
)
const pages = await serveBuiltPages(resolve(values.web))
const server = await chromium.launchServer({
  executablePath: process.env.LINLI_CHROMIUM ?? path,
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-gpu-rasterization',
  ],
})
const browser = await chromium.connect(server.wsEndpoint())

/** Milliseconds that the browser's processes have computed so far, by kind; the kernel counts in hundredths of a second. */
function computed() {
  const parents = new Map()
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const facts = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')
      const kind = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('type=gpu-process')
        ? 'drawing'
        : 'page'
      parents.set(Number(id), {
        parent: Number(facts[1]),
        ms: (Number(facts[11]) + Number(facts[12])) * 10,
        kind,
      })
    } catch {
      // It has ended since the folder was read.
    }
  const isOurs = (id) => id === server.process().pid || (parents.has(id) && isOurs(parents.get(id).parent))
  const sums = { drawing: 0, page: 0 }
  for (const [id, { ms, kind }] of parents) if (isOurs(id)) sums[kind] += ms
  return sums
}

/** Frame times in milliseconds while `work` goes on, and what was computed meanwhile for each frame. */
async function measure(page, work) {
  await page.evaluate(() => {
    const times = []
    let last
    const tick = (now) => {
      if (last !== undefined) times.push(now - last)
      last = now
      if (!window.linliStop) requestAnimationFrame(tick)
    }
    window.linliTimes = times
    window.linliStop = false
    requestAnimationFrame(tick)
  })
  const before = computed()
  await work()
  const after = computed()
  const times = await page.evaluate(() => {
    window.linliStop = true
    return window.linliTimes
  })
  const at = (part) => Math.round(share(times, part))
  const each = (kind) => Math.round((after[kind] - before[kind]) / Math.max(1, times.length))
  return `${String(times.length).padStart(3)} frames · median ${at(0.5)} ms · p95 ${at(0.95)} · longest ${at(1)} · computed for each: drawing ${each('drawing')} ms, page ${each('page')} ms`
}

const share = (values, at) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0
}

/** What the main thread computed meanwhile, in milliseconds: sums from one animation frame to the next, and single tasks. */
async function mainThread(page, work) {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] })
  const result = await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString())
  const threadOf = ({ pid, tid }) => `${pid}/${tid}`
  const began = (one, other) => one.ts - other.ts
  const starts = traceEvents.filter(({ ph, name }) => ph === 'X' && name === 'FireAnimationFrame').sort(began)
  const thread = starts[0] && threadOf(starts[0])
  const tasks = traceEvents
    .filter((one) => one.ph === 'X' && threadOf(one) === thread && one.name.endsWith('RunTask'))
    .sort(began)
  const ms = ({ tdur, dur }) => (tdur ?? dur) / 1_000
  const frames = []
  let next = 0
  for (const task of tasks) {
    for (; starts[next] && starts[next].ts < task.ts + task.dur; next++) frames.push(0)
    if (frames.length) frames[frames.length - 1] += ms(task)
  }
  const single = tasks.map(ms)
  const to = (value) => value.toFixed(1)
  const longer = single.filter((one) => one > 50).length
  const main = `main thread a frame: median ${to(share(frames, 0.5))} ms · p95 ${to(share(frames, 0.95))} · longest task ${to(share(single, 1))} ms, ${longer} above 50`
  return `${result}\n${' '.repeat(16)}${main}`
}

async function run(areas) {
  const replies = repliesFor(areas)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  await page.route('**/api/**', (route) => {
    const found = replies[new URL(route.request().url()).pathname]
    return found ? route.fulfill({ json: found }) : route.fulfill({ status: 404, json: { title: 'none' } })
  })
  const told = async (name, work) =>
    console.log(`${name.padEnd(12)}${await mainThread(page, () => measure(page, work))}`)
  const begun = Date.now()
  const computedBefore = computed()
  await page.goto(`${pages.base}/console/areas/drafts/${draft.id}`)
  await page.locator('.editor-map[data-ready=true]').waitFor({ timeout: 120_000 })
  const opened = computed().page - computedBefore.page
  console.log(`${areas.length} areas · ${values.web}`)
  console.log(`open        ${Date.now() - begun} ms until the map is there · page computed ${opened} ms`)
  await page.waitForTimeout(4_000)
  const box = await page.locator('.editor-map .canvas').boundingBox()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const pan = async () => {
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let at = 1; at <= frames; at++)
      await page.mouse.move(x + Math.sin(at / 9) * 180, y + Math.cos(at / 11) * 120)
    await page.mouse.up()
  }
  const wheel = async (by, times) => {
    await page.mouse.move(x, y)
    for (let at = 0; at < times; at++) {
      await page.mouse.wheel(0, by)
      await page.waitForTimeout(60)
    }
    await page.waitForTimeout(600)
  }
  // Once unmeasured, so that tiles are cut and shaders made.
  await pan()
  await told('pan whole', pan)
  await told('zoom in', () => wheel(-480, 6))
  await page.waitForTimeout(2_000)
  await pan()
  await told('pan near', pan)
  await page.waitForTimeout(1_000)
  await told('hover', async () => {
    for (let at = 0; at < frames; at++) await page.mouse.move(x + (at % 30) * 8 - 120, y + (at % 17) * 8)
  })
  await page.mouse.click(x, y)
  await page.waitForTimeout(1_000)
  await told('choose', async () => {
    for (let at = 0; at < 8; at++) {
      await page.mouse.click(x + (at % 4) * 90 - 130, y + Math.floor(at / 4) * 90)
      await page.waitForTimeout(200)
    }
  })
  await page.close()
}

const areas = district()
await run(areas.slice(0, 1))
await run(areas)
await server.close()
pages.close()
