import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { watchLimits } from './watch-limits.ts'

const alerts = readFileSync(new URL('../deploy/alerts.yaml', import.meta.url), 'utf8')
const ruleOf = (name: string): string =>
  alerts
    .split(`- alert: ${name}\n`)[1]
    ?.split('- alert:')[0]
    ?.match(/expr: (.*)/)?.[1] ?? ''

test.each([
  ['LinliJobsNotTaken', `linli_outbox_oldest_seconds > ${watchLimits.outboxLateSeconds}`],
  ['LinliJobsLate', `linli_queue_oldest_seconds > ${watchLimits.queueLateSeconds}`],
  ['LinliJobsGivenUp', 'linli_queue_jobs{state="given-up"} > 0'],
  ['LinliNotSealed', `linli_seal_waiting > 0 and linli_seal_oldest_seconds > ${watchLimits.sealLateSeconds}`],
  ['LinliNoBackup', `time() - linli_last_backup_seconds > ${watchLimits.backupLateHours} * 3600`],
  ['LinliDiskFull', `linli_disk_free_bytes < ${watchLimits.diskLittleBytes / 1e9}e9`],
  ['LinliMissingFiles', 'increase(linli_missing_files_total[1h]) > 0'],
])('the alert %s begins where the page of the installation turns', (name, expression) => {
  expect(ruleOf(name)).toBe(expression)
})

test('the alert for slow answers and the page of the installation mean the same share and the same seconds', () => {
  expect(ruleOf('LinliSlow')).toContain(`histogram_quantile(${1 - watchLimits.slowShare},`)
  expect(ruleOf('LinliSlow')).toMatch(new RegExp(`> ${watchLimits.slowSeconds}$`))
})
