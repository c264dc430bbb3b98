/** The system's Chromium for journeys: pages on a phone or a desk, signed in or not, with their faults collected. */
import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { TestClient } from '../../platform/testing/test-client.ts'
import type { JourneyServer } from './server.ts'

export const phone = { width: 375, height: 667 } as const
export const desk = { width: 1440, height: 900 } as const

export interface PageOptions {
  /** `phone` unless given. */
  viewport?: { width: number; height: number }
  /** Signed in as this browser of the test server: `await server.as('clerk-c1')`. */
  as?: TestClient
  language?: 'zh' | 'en'
  /** 长辈版: 1 to 3. */
  elder?: 1 | 2 | 3
  /** Where the phone says that it is; without it the browser refuses to say. */
  at?: { lng: number; lat: number }
}

export interface JourneyPage {
  page: Page
  context: BrowserContext
  /** Errors of scripts and the console, refused requests aside. Empty at the end of a good journey. */
  faults: string[]
  close(): Promise<void>
}

export interface JourneyBrowser {
  open(path: string, options?: PageOptions): Promise<JourneyPage>
  close(): Promise<void>
}

// The one without windows comes first: it draws the same pages with half of the computing time.
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

function chromiumPath(): string {
  const path = [process.env.LINLI_CHROMIUM ?? '', ...places].find(
    (place) => place !== '' && existsSync(place),
  )
  if (path === undefined) throw new Error('no Chromium was found; set LINLI_CHROMIUM to its path')
  return path
}

/** The system's Chromium, without a window. @throws Error when there is none */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      // The map alone needs WebGL; pages drawn by a GPU in software would take five times as long.
      '--disable-gpu-rasterization',
    ],
  })

/** Starts one browser for a test file. Its clock is the server's, so that words such as 明天 agree. */
export async function openBrowser(server: JourneyServer): Promise<JourneyBrowser> {
  const browser = await launchChromium()
  return {
    open: (path, options = {}) => openPage(browser, server, path, options),
    close: () => browser.close(),
  }
}

async function openPage(
  browser: Browser,
  server: JourneyServer,
  path: string,
  options: PageOptions,
): Promise<JourneyPage> {
  const { viewport = phone, language = 'zh', elder, at } = options
  const small = viewport.width < 800
  const context = await browser.newContext({
    baseURL: server.baseUrl,
    viewport,
    isMobile: small,
    hasTouch: small,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    ...(at ? { geolocation: { longitude: at.lng, latitude: at.lat }, permissions: ['geolocation'] } : {}),
  })
  const choices = { language, ...(elder ? { elder: String(elder) } : {}) }
  // As text: the tests are compiled without the browser's types.
  await context.addInitScript({
    content: `for (const [key, value] of Object.entries(${JSON.stringify(choices)}))
      if (localStorage.getItem('linli.' + key) === null) localStorage.setItem('linli.' + key, value)`,
  })
  const cookies = [...(options.as?.cookies ?? [])]
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: server.baseUrl })))
  const page = await context.newPage()
  await page.clock.setFixedTime(server.clock.now())
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    // A refusal of the API is an answer, not a fault; the stream of events may be cut when a page closes.
    if (message.type() === 'error' && !/status of 4\d\d|api\/stream/.test(message.text()))
      faults.push(`${message.text()} (${message.location().url})`)
  })
  await page.goto(path)
  return { page, context, faults, close: () => context.close() }
}

/** What axe finds wrong on the page by WCAG 2.1 AA, each as `rule: element`. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** How many pixels the page is wider than its window; 0 when nothing has to be scrolled sideways. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)')
