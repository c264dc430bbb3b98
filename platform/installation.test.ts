import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { finding } from './finding.ts'
import { type Seen, signalsOf, watchInstallation } from './installation.ts'
import { recentRequests } from './recent-requests.ts'

const at = new Date('2026-09-14T01:00:00Z')
const hoursAgo = (hours: number) => new Date(at.getTime() - hours * 3_600_000)
const figures: Seen['figures'] = {
  up: 1,
  outboxJobs: 0,
  outboxOldestSeconds: 0,
  waiting: 0,
  running: 0,
  retried: 0,
  givenUp: 0,
  queueOldestSeconds: 0,
  sealWaiting: 0,
  sealOldestSeconds: 0,
  sealLastAt: null,
}
const well: Seen = {
  figures,
  at,
  disk: { free: 50e9, size: 100e9 },
  backup: { at: hoursAgo(8), file: '/backups/one.tar.gz', bytes: 7 },
  requests: { perMinute: 30, requests: 150, slowShare: 0.01, faultShare: 0 },
  missingFiles: 0,
  memory: { used: 2e8, free: 2e9, size: 4e9 },
}
const statesOf = (seen: Seen) =>
  Object.fromEntries(signalsOf(seen).flatMap(({ key, state }) => (state === 'ok' ? [] : [[key, state]])))

test('where all is well every signal is green, and the last backup says its age, size and place', () => {
  expect(statesOf(well)).toEqual({})
  expect(signalsOf(well)).toHaveLength(9)
  expect(signalsOf(well).find(({ key }) => key === 'backup')?.facts).toEqual({
    ageSeconds: 8 * 3600,
    bytes: 7,
    place: '/backups/one.tar.gz',
  })
})

const turned: [string, Partial<Seen>, Record<string, string>][] = [
  ['a disk with little left', { disk: { free: 4.9e9, size: 100e9 } }, { disk: 'warn' }],
  ['a disk about to be full', { disk: { free: 0.4e9, size: 100e9 } }, { disk: 'fail' }],
  ['no backup ever', { backup: undefined }, { backup: 'fail' }],
  ['a backup of two days ago', { backup: { at: hoursAgo(37) } }, { backup: 'fail' }],
  ['a job given up', { figures: { ...figures, givenUp: 1 } }, { jobs: 'fail' }],
  ['a job tried again', { figures: { ...figures, retried: 1 } }, { jobs: 'warn' }],
  ['a late job', { figures: { ...figures, waiting: 1, queueOldestSeconds: 301 } }, { jobs: 'fail' }],
  [
    'an outbox that nobody empties',
    { figures: { ...figures, outboxJobs: 1, outboxOldestSeconds: 61 } },
    { outbox: 'fail' },
  ],
  [
    'entries without a seal',
    { figures: { ...figures, sealWaiting: 1, sealOldestSeconds: 7201 } },
    { seals: 'fail' },
  ],
  ['answers that fail', { requests: { ...well.requests, faultShare: 0.001 } }, { requests: 'fail' }],
  ['answers that are slow', { requests: { ...well.requests, slowShare: 0.06 } }, { requests: 'warn' }],
  ['a file that is not on the disk', { missingFiles: 1 }, { files: 'fail' }],
  ['little memory', { memory: { used: 2e8, free: 3e8, size: 4e9 } }, { memory: 'warn' }],
]
test.each(turned)('%s is shown, and nothing else turns', (_, change, states) => {
  expect(statesOf({ ...well, ...change })).toEqual(states)
})

test('while the database is away nothing is said of what only it knows, and the doctor is not sent', async () => {
  const root = mkdtempSync(join(tmpdir(), 'linli-installation-'))
  let examined = 0
  let up: 0 | 1 = 0
  const watch = watchInstallation({
    version: '1.2.3',
    startedAt: at,
    root,
    clock: systemClock,
    figures: async () => ({ ...figures, up }),
    recent: recentRequests(),
    missingFiles: async () => 0,
    examine: async () => {
      examined++
      return [finding('fsync', 'ok', '好。', 'Good.')]
    },
  })
  const away = await watch.look()
  expect(away.signals.map(({ key }) => key)).toEqual([
    'database',
    'disk',
    'backup',
    'requests',
    'files',
    'memory',
  ])
  expect([away.signals[0]?.state, away.findings, examined]).toEqual(['fail', null, 0])
  up = 1
  expect((await watch.look()).findings).toHaveLength(1)
  // Trying passwords takes a while: one examination serves all looks of ten minutes.
  await watch.look()
  expect(examined).toBe(1)
  rmSync(root, { recursive: true, force: true })
})
