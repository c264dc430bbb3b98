import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { leaveWhenIdle } from './leave-when-idle.ts'

const page = new EventTarget()
const kept = new Map<string, string>()
let open = true
let left = 0
let end: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  kept.clear()
  open = true
  left = 0
  end = leaveWhenIdle({
    idleMinutes: 30,
    isOpen: () => open,
    leave: () => {
      left++
      open = false
    },
  })
})
afterEach(() => {
  end()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const minutes = (count: number) => vi.advanceTimersByTime(count * 60_000)
const press = () => page.dispatchEvent(new Event('keydown'))

test('a page that nobody uses for thirty minutes leaves once; whoever uses it, here or in another tab, stays', () => {
  minutes(29)
  press()
  minutes(29)
  expect(left).toBe(0)
  kept.set('linli.usedAt', String(Date.now()))
  minutes(29)
  expect(left).toBe(0)
  minutes(2)
  expect(left).toBe(1)
  minutes(120)
  expect(left).toBe(1)
})

test('a key pressed after the machine slept ends the session instead of going on with it', () => {
  minutes(1)
  vi.setSystemTime(Date.now() + 31 * 60_000)
  press()
  expect(left).toBe(1)
})

test('the time of who signs in begins anew, whatever somebody left behind', () => {
  open = false
  minutes(60)
  open = true
  minutes(29)
  expect(left).toBe(0)
  minutes(2)
  expect(left).toBe(1)
})
