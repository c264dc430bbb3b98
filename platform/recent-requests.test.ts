import { expect, test } from 'vitest'
import { recentRequests } from './recent-requests.ts'

test('shares of slow and failed requests are of the last five minutes; what is older is forgotten', () => {
  let ms = 0
  const recent = recentRequests(() => ms)
  expect(recent.shares()).toEqual({ perMinute: 0, requests: 0, slowShare: 0, faultShare: 0 })
  for (let i = 0; i < 6; i++) recent.note(0.1, 200)
  recent.note(1.5, 200)
  recent.note(0.1, 503)
  expect(recent.shares()).toEqual({ perMinute: 8, requests: 8, slowShare: 1 / 8, faultShare: 1 / 8 })
  ms = 4 * 60_000
  recent.note(0.1, 404)
  recent.note(0.1, 404)
  expect(recent.shares()).toMatchObject({ perMinute: 2.5, requests: 10 })
  ms = 6 * 60_000
  expect(recent.shares()).toEqual({ perMinute: 0.4, requests: 2, slowShare: 0, faultShare: 0 })
})
