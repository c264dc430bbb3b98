/**
 * How this installation fares, as its administrator is shown it: each signal with its state by the limits of the alerts, its
 * figures, and what the doctor finds. Figures of the machine only; no person is counted.
 */
import { freemem, totalmem } from 'node:os'
import type { Clock } from './clock.ts'
import type { Finding } from './finding.ts'
import { diskOf, lastBackup } from './last-backup.ts'
import type { OperationFigures } from './metrics-operations.ts'
import type { RecentRequests } from './recent-requests.ts'
import { watchLimits } from './watch-limits.ts'

export type SignalKey =
  | 'database'
  | 'disk'
  | 'backup'
  | 'jobs'
  | 'outbox'
  | 'seals'
  | 'requests'
  | 'files'
  | 'memory'

export interface Signal {
  readonly key: SignalKey
  readonly state: Finding['state']
  /** Figures by name: bytes, seconds, counts and shares; texts only where they name a place. Null: not known. */
  readonly facts: Readonly<Record<string, number | string | null>>
}

export interface Installation {
  readonly version: string
  readonly startedAt: Date
  readonly signals: readonly Signal[]
  /** Null: the doctor could not look. */
  readonly findings: readonly Finding[] | null
}

/** What operations ask; the same object as long as the server runs. */
export interface InstallationWatch {
  look(): Promise<Installation>
}

export interface Watched {
  readonly version: string
  readonly startedAt: Date
  readonly root: string
  readonly clock: Clock
  readonly figures: () => Promise<OperationFigures>
  readonly recent: RecentRequests
  /** Photos and papers that were asked for and not found since the start. */
  readonly missingFiles: () => Promise<number>
  /** The doctor; it looks at most every ten minutes, for it tries passwords, which takes a while. */
  readonly examine: () => Promise<readonly Finding[]>
}

const doctorKeptMs = 600_000

export function watchInstallation(watched: Watched): InstallationWatch {
  let examined: { findings: Promise<readonly Finding[] | null>; untilMs: number } | undefined
  const findings = () => {
    const now = performance.now()
    if (examined === undefined || examined.untilMs <= now)
      examined = { findings: watched.examine().catch(() => null), untilMs: now + doctorKeptMs }
    return examined.findings
  }
  return {
    async look() {
      const figures = await watched.figures()
      return {
        version: watched.version,
        startedAt: watched.startedAt,
        signals: signalsOf({
          figures,
          at: watched.clock.now(),
          disk: diskOf(watched.root),
          backup: lastBackup(watched.root),
          requests: watched.recent.shares(),
          missingFiles: await watched.missingFiles(),
          memory: { used: process.memoryUsage().rss, free: freemem(), size: totalmem() },
        }),
        // A doctor asked of a database that is away would wait for it.
        findings: figures.up === 0 ? null : await findings(),
      }
    },
  }
}

export interface Seen {
  readonly figures: OperationFigures
  readonly at: Date
  readonly disk: { readonly free: number; readonly size: number }
  readonly backup: ReturnType<typeof lastBackup>
  readonly requests: ReturnType<RecentRequests['shares']>
  readonly missingFiles: number
  readonly memory: { readonly used: number; readonly free: number; readonly size: number }
}

/** Red where the alerts ring, amber where somebody should look today. */
export function signalsOf(seen: Seen): Signal[] {
  const { figures: f, disk, memory, requests } = seen
  const known = f.up === 1
  return [
    { key: 'database', state: known ? 'ok' : 'fail', facts: {} },
    {
      key: 'disk',
      state: worst(disk.free < watchLimits.diskFullBytes, disk.free < watchLimits.diskLittleBytes),
      facts: { freeBytes: disk.free, sizeBytes: disk.size },
    },
    backupSignal(seen),
    ...(known ? queueSignals(f) : []),
    {
      key: 'requests',
      state: worst(requests.faultShare > 0, requests.slowShare > watchLimits.slowShare),
      facts: { ...requests },
    },
    { key: 'files', state: worst(seen.missingFiles > 0, false), facts: { missing: seen.missingFiles } },
    {
      key: 'memory',
      state: worst(false, memory.free / memory.size < watchLimits.memoryLittleShare),
      facts: { usedBytes: memory.used, freeBytes: memory.free, sizeBytes: memory.size },
    },
  ]
}

const worst = (bad: boolean, doubtful: boolean): Finding['state'] => (bad ? 'fail' : doubtful ? 'warn' : 'ok')

function backupSignal({ backup, at }: Seen): Signal {
  if (backup === undefined) return { key: 'backup', state: 'fail', facts: { ageSeconds: null } }
  const ageSeconds = Math.max(0, Math.round((at.getTime() - backup.at.getTime()) / 1000))
  return {
    key: 'backup',
    state: worst(ageSeconds > watchLimits.backupLateHours * 3600, false),
    facts: { ageSeconds, bytes: backup.bytes ?? null, place: backup.file ?? null },
  }
}

function queueSignals(f: OperationFigures): Signal[] {
  return [
    {
      key: 'jobs',
      state: worst(f.givenUp > 0 || f.queueOldestSeconds > watchLimits.queueLateSeconds, f.retried > 0),
      facts: {
        waiting: f.waiting,
        running: f.running,
        retried: f.retried,
        givenUp: f.givenUp,
        oldestSeconds: Math.round(f.queueOldestSeconds),
      },
    },
    {
      key: 'outbox',
      state: worst(f.outboxOldestSeconds > watchLimits.outboxLateSeconds, false),
      facts: { waiting: f.outboxJobs, oldestSeconds: Math.round(f.outboxOldestSeconds) },
    },
    {
      key: 'seals',
      state: worst(f.sealWaiting > 0 && f.sealOldestSeconds > watchLimits.sealLateSeconds, false),
      facts: {
        waiting: f.sealWaiting,
        oldestSeconds: Math.round(f.sealOldestSeconds),
        lastAt: f.sealLastAt,
      },
    },
  ]
}
