/** `verify`: the seals counted again from the entries, and held against checkpoints that were kept elsewhere. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { plainSettings } from '../../platform/backup-tables.ts'
import { verifierKey } from '../../platform/checkpoint.ts'
import { openKeys } from '../../platform/keys.ts'
import { compareWithKept, type Kept, openKept, sizesOf } from '../../platform/seals-outside.ts'
import { type Recount, recountSeals } from '../../platform/seals-recount.ts'
import { openUnmigrated } from '../open-database.ts'
import { type Command, type Outcome, wrongInput } from './command.ts'

/** On the screen; --json gives them all. */
const mostTold = 20

/** The files of folders, and files. */
function readKept(paths: readonly string[]): Kept[] {
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) throw wrongInput(`没有找到 ${path}。`, `There is no ${path}.`)
    const files = found.isDirectory()
      ? readdirSync(path)
          .filter((name) => name.endsWith('.txt'))
          .map((name) => join(path, name))
      : [path]
    return files.map((name) => ({ name, text: readFileSync(name, 'utf8') }))
  })
}

export const verifyCommand: Command = {
  name: 'verify',
  usage: '[FILE|FOLDER…]',
  zh: '重新核对封存：审计、办理记录、积分明细有没有被改动；可附上在外保存的检查点',
  en: 'Count the seals again: was any audit entry, case entry or line of the ledger changed; with checkpoints kept elsewhere if given',
  async run(call) {
    const folder = process.env.LINLI_SEAL_FOLDER
    const kept = readKept([...call.words, ...(folder ? [folder] : [])])
    const database = await openUnmigrated(call.settings, call.say)
    const client = new Client({ connectionString: database.adminUrl, application_name: 'linli-verify' })
    try {
      await client.connect()
      return await verify(client, openKeys(database.folder.keys).seals.publicKey, kept, call.say)
    } finally {
      await client.end()
      await database.stop()
    }
  },
}

async function verify(
  client: Client,
  publicKey: Buffer,
  keptTexts: readonly Kept[],
  say: (line: string) => void,
): Promise<Outcome> {
  await client.query(plainSettings)
  await client.query('begin transaction isolation level repeatable read read only')
  const { rows: streets } = await client.query<{ id: number; name: string }>(
    'select street_id as id, name from streets order by street_id',
  )
  const kept = openKept(keptTexts, publicKey)
  const recounts: Recount[] = []
  for (const { id, name } of streets) {
    const recount = await recountSeals(client, id, publicKey, sizesOf(kept, id))
    recounts.push(recount)
    say(`  ${name}: ${recount.size} + ${recount.waiting}`)
  }
  await client.query('commit')
  const findings = [...recounts.flatMap((one) => one.findings), ...compareWithKept(recounts, kept)]
  const sum = (count: (one: Recount) => number) => recounts.reduce((total, one) => total + count(one), 0)
  const [sealed, waiting, checkpoints] = [
    sum((r) => r.size),
    sum((r) => r.waiting),
    sum((r) => r.checkpoints),
  ]
  const found = findings.length + sum((r) => r.unlisted)
  return {
    lines: [
      ...findings.slice(0, mostTold).flatMap(({ zh, en }) => [`✗ ${zh}`, `  ${en}`]),
      ...(found > mostTold ? [`… ${found - mostTold}`] : []),
      `已核对 ${sealed} 条封存记录、${checkpoints} 个检查点，另有 ${waiting} 条待封存；发现 ${found} 处问题。`,
      `Counted ${sealed} sealed entries and ${checkpoints} checkpoints again, ${waiting} more wait to be sealed; found ${found}.`,
      ...(kept.checkpoints.length > 0
        ? [
            `与在外保存的 ${kept.checkpoints.length} 个检查点对照过。`,
            `Held against ${kept.checkpoints.length} checkpoints that were kept elsewhere.`,
          ]
        : [
            '没有可对照的在外检查点：同时掌握数据库和密钥的人若把历史整段重新封存，只有在外保存的检查点才看得出（LINLI_SEAL_FOLDER 或 LINLI_SEAL_URL）。',
            'No checkpoint kept elsewhere was given: whoever holds both database and keys can seal a changed history anew, and only a checkpoint outside shows that (LINLI_SEAL_FOLDER or LINLI_SEAL_URL).',
          ]),
      `公钥 public key: ${verifierKey(publicKey)}`,
    ],
    result: {
      ok: found === 0,
      sealed,
      waiting,
      checkpoints,
      outside: kept.checkpoints.length,
      publicKey: verifierKey(publicKey),
      findings,
      found,
    },
    failed: found > 0,
  }
}
