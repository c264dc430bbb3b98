import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandModule } from '../modules/command/server/index.ts'
import { staticSite } from '../platform/static-site.ts'
import { startTestServer, type TestServer } from '../platform/testing/test-server.ts'
import { launchChromium } from './support/browser.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const web = mkdtempSync(join(tmpdir(), 'linli-test-api-docs-'))
let t: TestServer
beforeAll(async () => {
  // As scripts/build.mjs puts them together.
  cpSync(join(root, 'apps/api-docs'), join(web, 'api-docs'), { recursive: true })
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css', 'favicon-32x32.png'])
    cpSync(join(root, 'node_modules/swagger-ui-dist', name), join(web, 'api-docs', name))
  t = await startTestServer({
    modules: [commandModule, staticSite(web)],
    authenticator: () => async () => undefined,
  })
})
afterAll(async () => {
  await t.close()
  rmSync(web, { recursive: true, force: true })
})

test('the API can be browsed under our own rules for scripts, and nothing is asked of another site', async () => {
  const browser = await launchChromium()
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
    await page.locator('.opblock-tag[data-tag="command"]').click()
    await page.locator('.opblock', { hasText: /POST/ }).first().click()
    await page.getByText('Idempotency-Key').first().waitFor()
    expect(await page.title()).toBe('邻里 API · Linli API')
    expect(faults).toEqual([])
    expect(foreign).toEqual([])
  } finally {
    await browser.close()
  }
})
