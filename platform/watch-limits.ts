/**
 * From where on a figure of the machine is bad: one place for the alerts (deploy/alerts.yaml, held to this by a test), the
 * doctor and the page of the installation.
 */
export const watchLimits = {
  /** A worker drains what acts ask for every second. */
  outboxLateSeconds: 60,
  queueLateSeconds: 300,
  /** Sealed each hour; twice is patience. */
  sealLateSeconds: 7200,
  /** A night may be missed by half a day, not by a whole one. */
  backupLateHours: 36,
  diskLittleBytes: 5e9,
  diskFullBytes: 0.5e9,
  /** Longer than this an answer is slow. */
  slowSeconds: 1,
  /** What the alert says of the 95th percentile, said as a share. */
  slowShare: 0.05,
  /** Of the machine's memory; below it Linux begins to end programs. */
  memoryLittleShare: 0.1,
} as const
