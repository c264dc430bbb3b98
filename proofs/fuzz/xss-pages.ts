/** Opens pages over data full of payloads, looks into rows, tabs and hints, and tells what became of the words. */
import type { BrowserContext, Page } from 'playwright-core'
import type { LookRoute } from '../../apps/look-route.ts'
import { launchChromium } from '../../e2e/support/browser.ts'
import type { Role } from '../../lib/contract.ts'
import { inParallel } from '../access/http-caller.ts'
import type { Violation } from '../proof.ts'

/** A page as one person sees it. */
export interface Visit extends LookRoute {
  /** Rules for scripts put aside, so that what got in really runs; with them, what got in is refused and told. */
  readonly bare: boolean
}

export type Who = Pick<LookRoute, 'role' | 'user'>

export interface PagesServer {
  readonly baseUrl: string
  /** The session of who plays this role; undefined for nobody. */
  tokenOf(who: Who): Promise<string | undefined>
}

export interface SeenPages {
  readonly pages: number
  /** Pages whose record does not exist here, or whose person plays no part. */
  readonly without: readonly string[]
  /** Moments at which a page was looked over: after it came, and after each row, tab and hint. */
  readonly looks: number
  /** Payloads by page that really stood there. */
  readonly shown: number
  readonly payloads: number
  readonly violations: readonly Violation[]
}

const desk = { width: 1440, height: 900 }
const phone = { width: 375, height: 667 }
const pagesAtOnce = 2
/** Of each kind of thing on a page that opens something. */
const mostOpened = 6

/** In the page, before its own scripts. As text: the proofs are compiled without the browser's types. */
const watch = `window.__refused = []
document.addEventListener('securitypolicyviolation', (event) => window.__refused.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`

/** What a payload made, by whichever way: an element, a handler, an address that is a script. */
const look = `(() => {
  const marked = [...document.querySelectorAll('[data-xq]')]
  const made = [...document.querySelectorAll('*')].filter((one) => /^xq-/i.test(one.localName) ||
    [...one.attributes].some(({ name, value }) => /^on/.test(name) || (/^(?:href|src|action|data|srcdoc|formaction|xlink:href)$/.test(name) && /^[\\s\\u0000-\\u001f]*(?:j\\s*a\\s*v\\s*a|vb)\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t\\s*:/i.test(value))))
  const text = document.documentElement.outerHTML
  return {
    ran: window.__xss,
    refused: window.__refused ?? [],
    made: [...marked, ...made].slice(0, 3).map((one) => one.outerHTML.slice(0, 160)),
    shown: [...new Set([...text.matchAll(/xq-?(\\d+)[x&>]/g)].map((found) => Number(found[1])))],
  }
})()`

interface Look {
  readonly ran: unknown
  readonly refused: readonly string[]
  readonly made: readonly string[]
  readonly shown: readonly number[]
}

export async function seePages(server: PagesServer, visits: readonly Visit[]): Promise<SeenPages> {
  const browser = await launchChromium()
  const violations: Violation[] = []
  const without: string[] = []
  const payloads = new Set<number>()
  let looks = 0
  let shown = 0
  try {
    await inParallel(visits, pagesAtOnce, async (visit) => {
      const token = visit.role === null ? undefined : await server.tokenOf(visit)
      const context = await browser.newContext({
        baseURL: server.baseUrl,
        viewport: visit.path.startsWith('/m/') ? phone : desk,
        locale: 'zh-CN',
        reducedMotion: 'reduce',
        serviceWorkers: 'block',
        bypassCSP: visit.bare,
      })
      try {
        if (token) await context.addCookies([{ name: 'linli', value: token, url: server.baseUrl }])
        const address = visit.role !== null && !token ? null : await addressOf(context, visit)
        if (address === null) {
          without.push(`${visit.name} (${visit.user ?? visit.role})`)
          return
        }
        const seen = await seeOne(context, server.baseUrl, address, visit)
        looks += seen.looks
        shown += seen.shown.size
        for (const nth of seen.shown) payloads.add(nth)
        violations.push(...seen.violations)
      } finally {
        await context.close()
      }
    })
  } finally {
    await browser.close()
  }
  return {
    pages: visits.length - without.length,
    without,
    looks,
    shown,
    payloads: payloads.size,
    violations,
  }
}

/** Addresses of the console that the role finds in its navigation. */
export async function linksOf(server: PagesServer, role: Role): Promise<string[]> {
  const token = await server.tokenOf({ role })
  if (!token) return []
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ baseURL: server.baseUrl, viewport: desk })
    await context.addCookies([{ name: 'linli', value: token, url: server.baseUrl }])
    const page = await context.newPage()
    const settled = whenSettled(page)
    await page.goto('/console/', { waitUntil: 'load' })
    await settled()
    return await page.evaluate<string[]>(
      `[...new Set([...document.querySelectorAll('nav a[href^="/console/"]')].map((one) => one.getAttribute('href')))]`,
    )
  } finally {
    await browser.close()
  }
}

/** With the id of the first item of the list that stands in braces; null where the list is empty. */
async function addressOf(context: BrowserContext, { path }: LookRoute): Promise<string | null> {
  const list = /\{(\/[^}]+)\}/.exec(path)
  if (!list?.[1]) return path
  const reply = await context.request.get(list[1])
  const items = reply.ok() ? ((await reply.json()) as { items?: { id: string }[] }).items : undefined
  return items?.[0] ? path.replace(list[0], items[0].id) : null
}

interface SeenOne {
  looks: number
  readonly shown: Set<number>
  readonly violations: Violation[]
}

async function seeOne(
  context: BrowserContext,
  baseUrl: string,
  address: string,
  visit: Visit,
): Promise<SeenOne> {
  const seen: SeenOne = { looks: 0, shown: new Set(), violations: [] }
  const where = `${visit.name} as ${visit.user ?? visit.role ?? 'nobody'}: ${address}`
  const hold = (what: string, more: string) =>
    seen.violations.push({ what, where: `${where} ${more}`.slice(0, 400) })
  const pathOf = (url: string) => new URL(url, baseUrl).pathname
  await context.addInitScript({ content: watch })
  const page = await context.newPage()
  const settled = whenSettled(page)
  page.on('dialog', (dialog) => {
    hold('a payload opened a dialog', dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = request.url()
    if (/^(?:data|blob|about):/.test(url)) return
    if (!url.startsWith(baseUrl)) hold('a page asks for something elsewhere', url)
    // The address that the visit itself opens may be a payload.
    else if (pathOf(url) !== pathOf(address) && pathOf(url).includes('__xq'))
      hold('a payload was taken for an address', url)
  })
  page.on('response', (response) => {
    if (response.status() >= 500)
      hold('a call of a page fails over payloads', `${response.status()} ${response.url()}`)
  })
  const lookOver = async (moment: string) => {
    const state = await calmly(page, () => page.evaluate<Look>(look))
    if (!state) {
      hold('a page went away under a payload', `${moment} ${page.url()}`)
      return
    }
    const { ran, refused, made, shown } = state
    seen.looks += 1
    for (const nth of shown) seen.shown.add(nth)
    if (ran !== undefined) hold('a payload ran', `${moment} window.__xss=${String(ran)}`)
    for (const one of refused.slice(0, 3))
      hold('the rules for scripts had to refuse something', `${moment} ${one}`)
    for (const one of made) hold('a payload made an element', `${moment} ${one}`)
  }
  await page
    .goto(address, { waitUntil: 'load' })
    .catch((error: Error) => hold('a page does not come', error.message))
  await settled()
  await lookOver('at first')
  await openThings(page, settled, lookOver)
  return seen
}

/** What opens more of the page, without changing anything: tabs, rows, folded parts, marks on the map, hints. */
const openers: readonly (readonly [what: string, selector: string, act: 'click' | 'hover'])[] = [
  ['a tab', '.page-tabs .tab:not(.here), [role=tab]:not([aria-selected=true])', 'click'],
  ['a mark on the map', '.map-point, .map-cluster', 'click'],
  ['a hint', '[title], .el-tooltip__trigger', 'hover'],
  ['a folded part', 'summary, [aria-expanded=false]:not([role=row])', 'click'],
  ['a row', '[data-row]', 'click'],
  ['a record', 'main ul a[href^="/m/"], main ul a[href^="/console/"]', 'click'],
]

async function openThings(
  page: Page,
  settled: () => Promise<void>,
  lookOver: (moment: string) => Promise<void>,
): Promise<void> {
  const home = page.url()
  for (const [what, selector, act] of openers) {
    const only = what === 'a tab' ? mostOpened : what === 'a folded part' ? 2 : 1
    const many = Math.min((await calmly(page, () => page.locator(selector).count())) ?? 0, only)
    for (let nth = 0; nth < many; nth += 1) {
      const one = page.locator(selector).nth(nth)
      const done = await one[act]({ timeout: 400 }).then(
        () => true,
        () => false,
      )
      if (!done) continue
      await settled()
      await lookOver(`after ${what}`)
      if (what === 'a row') await lookIntoRecord(page, settled, lookOver)
      if (act === 'click') await page.keyboard.press('Escape')
      if (page.url() !== home && what !== 'a row' && what !== 'a record') {
        await page.goto(home, { waitUntil: 'load' }).catch(() => undefined)
        await settled()
      }
    }
  }
}

/** A page that is just going elsewhere is asked once more when it has come. */
async function calmly<T>(page: Page, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch {
    await page.waitForLoadState('load', { timeout: 3_000 }).catch(() => undefined)
    return ask().catch(() => undefined)
  }
}

async function lookIntoRecord(
  page: Page,
  settled: () => Promise<void>,
  lookOver: (moment: string) => Promise<void>,
): Promise<void> {
  const folded = page.getByRole('dialog').locator('summary, [role=tab], [aria-expanded=false]')
  const many = Math.min((await calmly(page, () => folded.count())) ?? 0, 3)
  for (let nth = 0; nth < many; nth += 1) {
    const opened = await folded
      .nth(nth)
      .click({ timeout: 400 })
      .then(
        () => true,
        () => false,
      )
    if (!opened) continue
    await settled()
    await lookOver('in a record')
  }
}

/** Resolves when nothing has been asked for a moment; the stream of events, which never ends, does not count. */
function whenSettled(page: Page): () => Promise<void> {
  let running = 0
  let last = Date.now()
  const counted = (work: () => void) => (request: { url(): string }) => {
    if (!request.url().includes('/api/stream')) work()
  }
  const ended = counted(() => {
    running -= 1
    last = Date.now()
  })
  page.on(
    'request',
    counted(() => {
      running += 1
    }),
  )
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  return async () => {
    const until = Date.now() + 4_000
    await page.waitForTimeout(60)
    while (Date.now() < until && (running > 0 || Date.now() - last < 120)) await page.waitForTimeout(30)
  }
}
