import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesModule } from '../modules/cases/server/index.ts'
import { staticSite } from '../platform/static-site.ts'
import { startTestServer, type TestServer } from '../platform/testing/test-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const web = mkdtempSync(join(tmpdir(), 'linli-test-api-docs-'))
let t: TestServer
beforeAll(async () => {
  // As scripts/build.mjs puts them together.
  cpSync(join(root, 'apps/api-docs'), join(web, 'api-docs'), { recursive: true })
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css', 'favicon-32x32.png'])
    cpSync(join(root, 'node_modules/swagger-ui-dist', name), join(web, 'api-docs', name))
  t = await startTestServer({
    modules: [casesModule, staticSite(web)],
    authenticator: () => async () => undefined,
  })
})
afterAll(async () => {
  await t.close()
  rmSync(web, { recursive: true, force: true })
})

test('the API can be browsed under our own rules for scripts, and nothing is asked of another site', async () => {
  const browser = await chromium.launch({
    executablePath: process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium',
    // As the other journeys: a GPU in software draws a long page for minutes.
    args: ['--disable-gpu-rasterization', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    const page = await browser.newPage()
    const faults: string[] = []
    const foreign: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith(t.baseUrl) && !request.url().startsWith('data:'))
        foreign.push(request.url())
    })
    await page.goto(`${t.baseUrl}/api/docs`)
    await page
      .locator('.opblock', { hasText: /accept/ })
      .first()
      .click({ timeout: 60_000 })
    await page.getByText('Idempotency-Key').first().waitFor()
    expect(await page.title()).toBe('邻里 API · Linli API')
    expect(faults).toEqual([])
    expect(foreign).toEqual([])
  } finally {
    await browser.close()
  }
})
