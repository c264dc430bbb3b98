import { afterEach, expect, test, vi } from 'vitest'
import { forgetTyped } from './forget-typed.ts'

afterEach(() => vi.unstubAllGlobals())

test('whoever signs out leaves nothing typed behind on the device, and a browser that keeps nothing lets them go too', () => {
  const kept = new Map([['linli.draft.case', '{"text":"三单元"}']])
  vi.stubGlobal('sessionStorage', { clear: () => kept.clear() })
  forgetTyped()
  expect(kept.size).toBe(0)
  vi.stubGlobal('sessionStorage', {
    clear: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  forgetTyped()
})
