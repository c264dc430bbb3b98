import { expect, test } from 'vitest'
import { needsCall, portsOf } from './ports-of-notice.ts'

const settings = { textEvents: ['case.answered'], chatEvents: ['case.assigned'], hasChat: true }

test.each([
  ['case.answered', 'resident', 'P2', ['text']],
  ['case.accepted', 'resident', 'P2', []],
  ['case.accepted', 'resident', 'P0', ['text']],
  ['case.assigned', 'holder', 'P2', ['chat']],
  ['case.handed-on', 'holder', 'P2', []],
  ['case.handed-on', 'holder', 'P0', ['text', 'chat']],
  ['case.filed-urgent', 'desk', 'P0', ['text', 'chat']],
] as const)('%s for the %s at %s leaves by %o', (event, reader, urgency, ports) => {
  expect(portsOf({ event, reader, urgency }, settings)).toEqual(ports)
})

test('without a robot nothing goes to a group', () => {
  const notice = { event: 'case.assigned', reader: 'holder', urgency: 'P0' } as const
  expect(portsOf(notice, { ...settings, hasChat: false })).toEqual(['text'])
})

test.each([
  ['resident', 'P2', false, 'text', true],
  ['resident', 'P2', true, 'text', false],
  ['holder', 'P2', false, 'text', false],
  ['holder', 'P0', false, 'text', true],
  ['holder', 'P0', false, 'chat', false],
  ['resident', 'P2', false, 'phone', false],
] as const)('%s %s, read %s, after %s: a person calls: %s', (reader, urgency, read, port, calls) => {
  expect(needsCall({ event: 'case.answered', reader, urgency, read }, port)).toBe(calls)
})
