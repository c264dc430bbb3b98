/**
 * Shoots the pages of all web apps onto one contact sheet in `look/`, to be looked at before a screen is done.
 *
 *   npm run look -- [--base http://127.0.0.1:8080] [--only PART-OF-NAME,…] [--variant NAME] [--password …]
 *
 * With --base the pages of a running server are shot, signed in as the demo's roles (LINLI_DEMO_PASSWORD or
 * --password). Without it the built pages of dist/web are served from here and the API is a made-up one that knows
 * sessions only, which is enough for the shells.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { tsImport } from 'tsx/esm/api'
import { states } from './look-states.mjs'
import { serveBuiltPages, stubSession } from './look-stub.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    only: { type: 'string' },
    variant: { type: 'string' },
    password: { type: 'string' },
  },
})
const password = options.password ?? process.env.LINLI_DEMO_PASSWORD ?? ''

const { lookRoutes: consoleRoutes } = await tsImport('../apps/console/look.ts', import.meta.url)
const { lookRoutes: residentRoutes } = await tsImport('../apps/resident/look.ts', import.meta.url)
const routes = [...residentRoutes, ...consoleRoutes].filter((route) =>
  (options.only ?? '').split(',').some((part) => route.name.includes(part)),
)

const wide = { width: 1440, height: 900 }
const phone = { width: 375, height: 667 }
const inConsole = (route) => route.path.startsWith('/console')
/** States are made from a server's replies, and only a signed-in page asks for any. */
const withData = (where) => (route) => options.base !== undefined && route.role !== null && where(route)
const inHand = (route) => route.path.startsWith('/m/')
const variants = [
  { name: 'wide', size: wide },
  { name: 'phone', size: phone },
  { name: 'wide-en', size: wide, language: 'en', on: inConsole },
  { name: 'wide-dark', size: wide, theme: 'dark', on: inConsole },
  { name: 'phone-en', size: phone, language: 'en', on: (route) => !inConsole(route) },
  { name: 'phone-dark', size: phone, theme: 'dark', on: (route) => !inConsole(route) },
  { name: 'phone-elder', size: phone, elder: '2', on: inHand },
  ...['empty', 'failed', 'longest'].flatMap((state) => [
    { name: `wide-${state}`, size: wide, state, on: withData(inConsole) },
    { name: `phone-${state}`, size: phone, state, on: withData(inHand) },
  ]),
].filter((variant) => variant.name.includes(options.variant ?? ''))

const id = () => crypto.randomUUID()
const kept = new Map()

/** The cookies of a demo user, who is called like the role; signed in once. */
async function cookiesOf(browser, base, role) {
  if (role === null || !options.base) return []
  if (!kept.has(role)) {
    const context = await browser.newContext({ baseURL: base })
    const resident = role === 'resident'
    const reply = await context.request.post(resident ? '/api/resident-session' : '/api/session', {
      headers: { 'idempotency-key': id() },
      data: resident ? { phone: '13800000001', code: '000000' } : { username: role, password },
    })
    if (!reply.ok()) console.error(`sign-in as ${role}: ${reply.status()} ${await reply.text()}`)
    kept.set(role, (await context.storageState()).cookies)
    await context.close()
  }
  return kept.get(role)
}

/**
 * The path of a route with its records named: `{/api/cases?limit=1}` stands for the id of the first item that the
 * role's own list answers. Null when there is none, or no server to ask.
 */
async function pathOf(browser, base, route) {
  const list = /\{([^}]+)\}/.exec(route.path)
  if (!list) return route.path
  if (!options.base) return null
  const context = await browser.newContext({ baseURL: base })
  await context.addCookies(await cookiesOf(browser, base, route.user ?? route.role))
  const reply = await context.request.get(list[1])
  const first = reply.ok() ? (await reply.json()).items[0] : undefined
  await context.close()
  if (!first) console.error(`${route.name}: ${list[1]} answers nothing to open`)
  return first ? route.path.replace(list[0], first.id) : null
}

/** Resolves when the page has asked for nothing for a moment; its live stream, which never ends, does not count. */
function whenSettled(page) {
  let running = 0
  let last = Date.now()
  const counts = (request) => !request.url().includes('/api/stream')
  page.on('request', (request) => {
    if (counts(request)) running += 1
  })
  const ended = (request) => {
    if (!counts(request)) return
    running -= 1
    last = Date.now()
  }
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  return async () => {
    const until = Date.now() + 8000
    while (Date.now() < until && (running > 0 || Date.now() - last < 500)) await page.waitForTimeout(50)
  }
}

async function shoot(browser, base, route, variant) {
  const context = await browser.newContext({
    viewport: variant.size,
    baseURL: base,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  })
  await context.addCookies(await cookiesOf(browser, base, route.user ?? route.role))
  await context.addInitScript(
    (choice) => {
      for (const [key, value] of Object.entries(choice))
        if (value) localStorage.setItem(`linli.${key}`, value)
    },
    { language: variant.language, theme: variant.theme, elder: variant.elder },
  )
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/40[134]|500/.test(message.text())) faults.push(message.text())
  })
  if (!options.base) await stubSession(page, route.role)
  if (variant.state) await states[variant.state](page)
  const settled = whenSettled(page)
  await page.goto(route.address, { waitUntil: 'load' })
  await settled()
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (wider > 0) faults.push(`${wider} px wider than the screen`)
  const file = `${route.name}.${variant.name}.png`
  await page.screenshot({ path: `${root}look/${file}` })
  await context.close()
  for (const fault of faults) console.error(`${file}: ${fault}`)
  return {
    file,
    title: `${route.name} · ${variant.name}${route.role ? ` · ${route.role}` : ''}`,
    size: variant.size,
    faults,
  }
}

function sheetHtml(shots) {
  const plain = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
  const figures = shots.map(
    ({ file, title, size, faults }) =>
      `<figure class="${size.width > 800 ? 'wide' : 'phone'}"><a href="${file}"><img src="${file}" alt=""></a><figcaption>${plain(title)}${faults.map((fault) => `<b>${plain(fault)}</b>`).join('')}</figcaption></figure>`,
  )
  return `<!doctype html><meta charset="utf-8"><title>look</title><style>body{margin:16px;background:#8b8d8c;font:13px/18px system-ui;display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}figure{margin:0}img{display:block;width:100%}.wide{width:560px}.phone{width:220px}figcaption{padding:4px 0;color:#fff}b{display:block;color:#ffe08a}</style>${figures.join('')}`
}

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
if (!existsSync(executablePath)) {
  console.error(
    `No Chromium at ${executablePath}; set CHROMIUM to its path, or: apt-get install chromium fonts-noto-cjk`,
  )
  process.exit(1)
}
rmSync(`${root}look`, { recursive: true, force: true })
mkdirSync(`${root}look`, { recursive: true })
const served = options.base ? null : await serveBuiltPages(`${root}dist/web`)
const base = options.base ?? served.base
const browser = await chromium.launch({
  executablePath,
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    // The map alone needs WebGL; pages drawn by a GPU in software would take five times as long.
    '--disable-gpu-rasterization',
  ],
})
const shots = []
for (const route of routes) {
  const address = await pathOf(browser, base, route)
  if (address === null) continue
  for (const variant of variants) {
    if (!variant.on || variant.on(route))
      shots.push(await shoot(browser, base, { ...route, address }, variant))
  }
}
writeFileSync(`${root}look/index.html`, sheetHtml(shots))
const sheet = await browser.newPage({ viewport: { width: 1800, height: 900 } })
await sheet.setContent(
  sheetHtml(
    shots.map((shot) => ({
      ...shot,
      file: `data:image/png;base64,${readFileSync(`${root}look/${shot.file}`).toString('base64')}`,
    })),
  ),
)
await sheet.screenshot({ path: `${root}look/contact-sheet.png`, fullPage: true })
await browser.close()
served?.close()
console.log(
  `${shots.length} pictures in look/, ${shots.filter((shot) => shot.faults.length > 0).length} with faults; look/contact-sheet.png shows all.`,
)
