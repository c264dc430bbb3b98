import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type LiveEvent, subscribe } from './subscribe.ts'

class FakeSource {
  static made: FakeSource[] = []
  readyState = 0
  onopen: (() => void) | undefined
  onmessage: ((message: { data: string }) => void) | undefined
  onerror: (() => void) | undefined
  readonly url: string

  constructor(url: string) {
    this.url = url
    FakeSource.made.push(this)
  }
  close() {
    this.readyState = 2
  }
}

function latest(): FakeSource {
  const source = FakeSource.made.at(-1)
  if (!source) throw new Error('no stream was opened')
  return source
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeSource.made = []
  vi.stubGlobal('EventSource', FakeSource)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('all listeners of a page share one stream, which closes with the last of them', () => {
  const heard: LiveEvent[] = []
  const listen = (event: LiveEvent) => heard.push(event)
  const ends = [subscribe(listen), subscribe(listen)]
  expect(FakeSource.made.map((source) => source.url)).toEqual(['/api/stream'])
  latest().onmessage?.({ data: '{"type":"cases.changed","subjectId":"c1"}' })
  latest().onmessage?.({ data: 'not ours' })
  expect(heard).toEqual([
    { type: 'cases.changed', subjectId: 'c1' },
    { type: 'cases.changed', subjectId: 'c1' },
  ])
  ends[0]?.()
  expect(latest().readyState).toBe(0)
  ends[1]?.()
  expect(latest().readyState).toBe(2)
})

test('while the stream is down listeners look again every 20 seconds, and once more when it is back', () => {
  const heard: string[] = []
  const end = subscribe((event) => heard.push(event.type))
  latest().onerror?.()
  vi.advanceTimersByTime(40_000)
  expect(heard).toEqual(['refresh', 'refresh'])
  latest().onopen?.()
  vi.advanceTimersByTime(60_000)
  expect(heard).toEqual(['refresh', 'refresh', 'refresh'])
  end()
})

test('a stream that the browser gave up is opened again', () => {
  const end = subscribe(() => {})
  latest().readyState = 2
  latest().onerror?.()
  vi.advanceTimersByTime(20_000)
  expect(FakeSource.made).toHaveLength(2)
  end()
})

test('a browser without streams polls', () => {
  vi.stubGlobal('EventSource', undefined)
  const heard: string[] = []
  const end = subscribe((event) => heard.push(event.type))
  vi.advanceTimersByTime(20_000)
  end()
  vi.advanceTimersByTime(60_000)
  expect(heard).toEqual(['refresh'])
})
