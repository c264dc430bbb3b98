import { expect, test } from 'vitest'
import { decideAward } from './decide-award.ts'

const hourly = { basis: 'hour', points: 1, capActivity: 2, capDay: 4 } as const
const none = { activity: 0, day: 0 }

test.each([
  ['one hour, one point', hourly, 60, none, 1, 1, null],
  ['a started hour does not count', hourly, 119, none, 1, 1, null],
  ['two hours at most for an activity', hourly, 300, none, 2, 5, 'activity'],
  ['nothing left of the activity', hourly, 60, { activity: 2, day: 2 }, 0, 1, 'activity'],
  ['nothing left of the day', hourly, 120, { activity: 0, day: 4 }, 0, 2, 'day'],
  ['what is left of the day', hourly, 120, { activity: 0, day: 3 }, 1, 2, 'day'],
  [
    'by the time, minutes say nothing',
    { basis: 'time', points: 5, capActivity: null, capDay: null },
    0,
    none,
    5,
    5,
    null,
  ],
  [
    'ten points an hour count half hours',
    { ...hourly, points: 10, capActivity: 20, capDay: null },
    90,
    none,
    15,
    15,
    null,
  ],
] as const)('%s', (_, terms, minutes, sofar, points, uncapped, cappedBy) => {
  expect(decideAward(terms, minutes, sofar)).toEqual({ points, uncapped, cappedBy })
})
