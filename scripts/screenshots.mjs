/**
 * The pictures of the README, taken from a running demo street:
 * `LINLI_DEMO_PASSWORD=… npm start`, then `node scripts/screenshots.mjs http://127.0.0.1:8080 PASSWORD`.
 */
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [base = 'http://127.0.0.1:8080', password = process.env.LINLI_DEMO_PASSWORD ?? ''] =
  process.argv.slice(2)
const folder = 'docs/images'
const desk = { width: 1280, height: 800 }
const phone = { width: 375, height: 667 }

/** Opens the first line of the list that stands on the page. */
async function openFirst(page, selector) {
  await page.locator(selector).first().click()
  await page.waitForTimeout(1500)
}

const pictures = [
  { name: 'console-today', path: '/console/', as: 'clerk', viewport: desk },
  {
    name: 'console-case',
    path: '/console/cases?state=in-progress',
    as: 'dispatcher',
    viewport: desk,
    after: (page) => openFirst(page, 'tbody tr'),
  },
  { name: 'console-areas', path: '/console/areas', as: 'dispatcher', viewport: desk },
  { name: 'resident-file', path: '/m/', as: '13800000001', viewport: phone },
  {
    name: 'resident-request',
    path: '/m/requests',
    as: '13800000001',
    viewport: phone,
    after: (page) => openFirst(page, 'a[href*="/m/requests/"]'),
  },
  { name: 'field-today', path: '/m/field', as: 'grid-worker', viewport: phone },
]

async function signIn(context, as) {
  const resident = /^\d{11}$/.test(as)
  const reply = await context.request.post(`${base}/api/${resident ? 'resident-session' : 'session'}`, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: resident ? { phone: as, code: '000000' } : { username: as, password },
  })
  if (!reply.ok()) throw new Error(`${as} could not sign in: ${await reply.text()}`)
}

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  for (const { name, path, as, viewport, after } of pictures) {
    const context = await browser.newContext({ viewport, locale: 'zh-CN' })
    await signIn(context, as)
    const page = await context.newPage()
    await page.goto(base + path)
    await page.waitForLoadState('domcontentloaded')
    await page.waitForTimeout(2500)
    if (after) await after(page)
    await page.screenshot({ path: `${folder}/${name}.png` })
    await context.close()
    console.log(`${folder}/${name}.png`)
  }
} finally {
  await browser.close()
}
