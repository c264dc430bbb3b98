/** `keys rotate`, `keys retire`, `keys status`: a new encryption key while the server runs, and the old one away. */
import { Client } from 'pg'
import { type DataKeys, keysAsText, replaceKeys } from '../../platform/data-folder.ts'
import { keysWrittenAt, olderVersions, withNewKey, withoutOlderKeys } from '../../platform/key-rotation.ts'
import { newestVersion, openKeys } from '../../platform/keys.ts'
import { reseal, sealedByVersion } from '../../platform/reseal.ts'
import { version } from '../../platform/settings.ts'
import { StartupRefusal } from '../../platform/startup-refusal.ts'
import type { OpenDatabase } from '../open-database.ts'
import { type Call, type Command, withApp } from './command.ts'

/** An act that began under the old key has long ended by then. */
const settledAfterMs = 60_000

async function above<T>(database: OpenDatabase, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: database.adminUrl, application_name: 'linli-keys' })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

const sum = (counts: ReadonlyMap<number, number>, versions: readonly number[]): number =>
  versions.reduce((total, one) => total + (counts.get(one) ?? 0), 0)

export const rotateCommand: Command = {
  name: 'keys rotate',
  usage: '[--new]',
  zh: '换一把加密密钥：新内容用新的，旧内容分批改用新的（服务运行时也可以；中断后再运行一次就接着做）',
  en: 'A new encryption key: new content is sealed with it, old content is sealed anew in small parts, also while the server runs; run again after a break and it goes on',
  options: { new: 'boolean' },
  run: (call) =>
    withApp(call, async ({ database }) => {
      const { folder } = database
      const going = olderVersions(folder.keys).length > 0
      // With one rotation unfinished another key would only make more to do; who wants it says so.
      const fresh = !going || call.flag('new')
      if (call.settings.keysText !== undefined && fresh) return giveText(withNewKey(folder.keys))
      const keys = fresh ? withNewKey(folder.keys) : folder.keys
      if (fresh) replaceKeys(folder.root, version, keys)
      call.say(
        `正在用第 ${newestVersion(keys)} 把密钥重新加密…… Sealing anew with key ${newestVersion(keys)}…`,
      )
      return above(database, (client) => sealAnew(call, client, keys))
    }),
}

/** Keys that the environment gives are nowhere that this program could change. */
function giveText(keys: DataKeys) {
  return {
    lines: [
      '密钥由 LINLI_KEYS 提供。请把所有服务的 LINLI_KEYS 换成下面这一行并重启，再运行一次 linli keys rotate：',
      'LINLI_KEYS gives the keys. Put the next line in LINLI_KEYS of every server, restart them, then run linli keys rotate again:',
      keysAsText(keys),
    ],
    result: { added: 0, skipped: 0, failed: 0, keys: keysAsText(keys) },
  }
}

async function sealAnew(call: Call, client: Client, keys: DataKeys) {
  const { resealed, broken } = await reseal({
    client,
    keys: openKeys(keys),
    newest: newestVersion(keys),
    signal: call.signal,
    say: call.say,
  })
  const left = sum(await sealedByVersion(client), olderVersions(keys))
  for (const place of broken.slice(0, 20)) call.say(`✗ ${place}`)
  const failed = broken.length > 0
  return {
    lines: [
      `已改用新密钥 ${resealed} 处，还剩 ${left} 处${failed ? `，其中 ${broken.length} 处打不开，没有改动` : ''}。`,
      `${resealed} sealed anew, ${left} left${failed ? `, of which ${broken.length} do not open and were left alone` : ''}.`,
      ...(left === 0
        ? [
            '旧密钥可以去掉了：一分钟以后运行 linli keys retire。更换之前做的备份仍要旧密钥才能恢复，请先另存一份现在的 keys.json。',
            'The old key can go: run linli keys retire in a minute. Backups made before still need it: keep a copy of the present keys.json for them first.',
          ]
        : ['再运行一次 linli keys rotate 就接着做。', 'Run linli keys rotate again to go on.']),
    ],
    result: { added: resealed, skipped: left, failed: broken.length, version: newestVersion(keys) },
    failed,
  }
}

export const retireCommand: Command = {
  name: 'keys retire',
  usage: '',
  zh: '去掉旧的加密密钥；只要还有内容用它，就不去掉',
  en: 'Take the old encryption keys away; refused while anything is sealed with them',
  run: (call) =>
    withApp(call, async ({ database }) => {
      const { folder } = database
      const older = olderVersions(folder.keys)
      if (older.length === 0)
        return {
          lines: ['没有旧密钥。', 'There are no old keys.'],
          result: { added: 0, skipped: 0, failed: 0 },
        }
      const inFile = call.settings.keysText === undefined
      if (inFile && Date.now() - keysWrittenAt(folder.root).getTime() < settledAfterMs)
        throw new StartupRefusal('cli/keys-too-new', {
          zh: '新密钥放好还不到一分钟，可能有操作还在用旧的：请过一分钟再运行。',
          en: 'The new key is not a minute old, and an act may still be using the old one: run this in a minute.',
        })
      const left = sum(await above(database, sealedByVersion), older)
      if (left > 0)
        throw new StartupRefusal('cli/keys-in-use', {
          zh: `还有 ${left} 处内容要用旧密钥才能读：请先运行 linli keys rotate 到没有剩余。旧密钥没有去掉。`,
          en: `${left} fields can only be read with the old key: run linli keys rotate until none is left. The old key stays.`,
        })
      const keys = withoutOlderKeys(folder.keys)
      if (!inFile) return giveText(keys)
      replaceKeys(folder.root, version, keys)
      return {
        lines: [
          `旧密钥（第 ${older.join('、')} 把）已去掉。`,
          `The old keys (${older.join(', ')}) are gone.`,
        ],
        result: { added: 0, skipped: 0, failed: 0, retired: older },
      }
    }),
}

export const keyStatusCommand: Command = {
  name: 'keys status',
  usage: '',
  zh: '每把加密密钥还加密着多少内容',
  en: 'How much is sealed with which encryption key',
  run: (call) =>
    withApp(call, async ({ database }) => {
      const counts = await above(database, sealedByVersion)
      const newest = newestVersion(database.folder.keys)
      const versions = [
        ...new Set([...counts.keys(), newest, ...olderVersions(database.folder.keys)]),
      ].toSorted((a, b) => a - b)
      return {
        lines: versions.flatMap((one) => [
          `第 ${one} 把${one === newest ? '（在用）' : ''}：${counts.get(one) ?? 0} 处`,
          `Key ${one}${one === newest ? ' (in use)' : ''}: ${counts.get(one) ?? 0} fields`,
        ]),
        result: { newest, counts: Object.fromEntries(counts) },
      }
    }),
}
