import { expect, test } from 'vitest'
import { type DispatchFacts, decideDispatch, type WhyNot } from './auto-dispatch.ts'

const good: DispatchFacts = {
  state: 'pending',
  desk: 'community',
  text: '3栋的楼道灯不亮了',
  confidential: false,
  fromAbove: false,
  placeKnown: true,
  urgency: 'P2',
  matter: { code: 'LX01005', sensitive: false, asksMore: false },
  share: 0.95,
  mustTake: ['property'],
  switchedOn: [{ matterCode: 'LX01005', atLeastPercent: 95 }],
}

test('what a street switched on, surely guessed and with one organisation that must act, is dispatched', () => {
  expect(decideDispatch(good)).toEqual({ organisationId: 'property' })
})

test.each<[string, Partial<DispatchFacts>, WhyNot]>([
  ['nothing is switched on', { switchedOn: [] }, 'not-switched-on'],
  [
    'another matter is switched on',
    { switchedOn: [{ matterCode: 'LX01001', atLeastPercent: 80 }] },
    'not-switched-on',
  ],
  ['the guess is a little less sure than asked', { share: 0.9499 }, 'not-sure'],
  ['somebody has it already', { state: 'accepted' }, 'not-new'],
  ['it came from above', { fromAbove: true }, 'not-new'],
  ['it is urgent', { urgency: 'P0' }, 'urgent'],
  ['it sounds like an emergency', { text: '楼道灯不亮，老人摔伤了' }, 'urgent'],
  ['it was told in confidence', { confidential: true }, 'confidential'],
  ['its matter is sensitive', { matter: { ...good.matter, sensitive: true } }, 'confidential'],
  ['nobody knows where it is', { placeKnown: false }, 'no-place'],
  ['the matter asks for more', { matter: { ...good.matter, asksMore: true } }, 'asks-more'],
  ['it speaks of a court', { text: '楼道灯不亮，已经起诉物业' }, 'other-door'],
  ['no organisation must act', { mustTake: [] }, 'no-single-organisation'],
  ['two must act', { mustTake: ['a', 'b'] }, 'no-single-organisation'],
])('a person looks where %s', (_, more, why) => {
  expect(decideDispatch({ ...good, ...more })).toEqual({ why })
})
