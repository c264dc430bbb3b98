/**
 * Puts a page into the states that real data seldom shows: empty lists, a failing server, and the longest name with
 * the rarest character. Replies pass through from the running server and are changed on the way.
 */

/** A name as long as any that the forms take, with a character outside the basic plane and letters without a break. */
const longest = '𬱖𬍛路街道第一社区居民委员会物业管理与邻里互助联合服务站（临时办公点）Llanfairpwllgwyngyll'

/** What may stand at such length: names and titles that people type. */
const longFields = new Set(['name', 'title', 'displayName', 'placeText', 'addressText', 'username'])

const isData = (url) =>
  url.pathname.startsWith('/api/') &&
  !['/api/session', '/api/demo-note', '/api/stream', '/api/words'].includes(url.pathname)

function lengthened(value) {
  if (Array.isArray(value)) return value.map(lengthened)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      longFields.has(key) && typeof inner === 'string' ? longest : lengthened(inner),
    ]),
  )
}

const emptied = (value) => (Array.isArray(value?.items) ? { ...value, items: [], nextCursor: null } : value)

/** Changes the JSON of every successful read by `change`. */
async function changeReads(page, change) {
  await page.route(isData, async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    const reply = await route.fetch()
    if (!reply.ok() || !(reply.headers()['content-type'] ?? '').includes('json'))
      return route.fulfill({ response: reply })
    return route.fulfill({ response: reply, json: change(await reply.json()) })
  })
}

export const states = {
  empty: (page) => changeReads(page, emptied),
  longest: (page) => changeReads(page, lengthened),
  failed: (page) =>
    page.route(isData, (route) =>
      route.fulfill({
        status: 500,
        headers: { 'content-type': 'application/problem+json' },
        body: JSON.stringify({
          type: 'about:blank',
          title: '',
          status: 500,
          code: 'platform/fault',
          detail: '',
        }),
      }),
    ),
}
