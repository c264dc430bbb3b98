/** `demo` and `migrate`. */
import { randomInt } from 'node:crypto'
import { loadDemo } from '../../demo/load-demo.ts'
import { dayOf, isDay } from '../../lib/time.ts'
import { makeOneTimePassword } from '../../modules/accounts/server/index.ts'
import { migrate } from '../../platform/migrate.ts'
import { openUnmigrated } from '../open-database.ts'
import { type Command, withApp, wrongInput } from './command.ts'

export const demoCommand: Command = {
  name: 'demo',
  usage: '[--seed N] [--today YYYY-MM-DD]',
  zh: '写入编造的示范街道（可中止后再次运行）',
  en: 'Write the made-up demo street; may be stopped and run again',
  options: { seed: 'string', today: 'string' },
  async run(call) {
    const today = call.option('today') ?? call.settings.demoToday ?? dayOf(new Date())
    if (!isDay(today)) throw wrongInput(`--today 不是日期：${today}。`, `--today is no day: ${today}.`)
    const password = call.settings.demoPassword ?? `${makeOneTimePassword()}${randomInt(10)}`
    const seed = call.option('seed') ?? '1'
    const report = await withApp(call, ({ pool, keys }) =>
      loadDemo({ pool, keys, today, password, seed, say: call.say, signal: call.signal }),
    )
    const { areas, people, residents, cases } = report.added
    const added = areas + people + residents + cases
    return {
      lines: report.wasThere
        ? ['示范街道已经在了，没有改动。', 'The demo street is there already; nothing was changed.']
        : report.stopped
          ? ['已中止，再次运行会接着写入。', 'Stopped; run it again to go on.']
          : [
              `示范街道已写入：区域 ${areas}，工作人员 ${people}，居民 ${residents}，诉求 ${cases}。密码 ${password}（只显示这一次）`,
              `The demo street is there: ${areas} areas, ${people} staff, ${residents} residents, ${cases} cases. Password ${password} (shown once)`,
            ],
      result: {
        added,
        skipped: report.wasThere ? 1 : 0,
        failed: 0,
        stopped: report.stopped,
        ...report.added,
      },
      failed: report.stopped,
    }
  },
}

export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  zh: '把数据库升级到本程序的结构',
  en: 'Bring the database to the schema of this program',
  async run(call) {
    const database = await openUnmigrated(call.settings, call.say)
    try {
      const added = await migrate(database.ownerUrl, (name) => call.say(`  ${name}`))
      return {
        lines: [`数据库结构已是最新（执行了 ${added} 项）。`, `The schema is up to date (${added} applied).`],
        result: { added, skipped: 0, failed: 0 },
      }
    } finally {
      await database.stop()
    }
  },
}
