/** `backup` and `restore`: one file out, and into an empty system again. */
import { resolve } from 'node:path'
import { backup } from '../../platform/backup.ts'
import { restore, type VerifiedBackup, verifyBackup } from '../../platform/backup-restore.ts'
import { fingerprint, fingerprints, keysAsText, parseKeys, replaceKeys } from '../../platform/data-folder.ts'
import { openKeys } from '../../platform/keys.ts'
import { noteBackup } from '../../platform/last-backup.ts'
import { version } from '../../platform/settings.ts'
import { openUnmigrated } from '../open-database.ts'
import { type Command, refuseUsage, withApp, wrongInput } from './command.ts'

export const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE [--with-keys]',
  zh: '备份数据库与文件到一个 .tar.gz（服务运行时也可以）',
  en: 'Save database and files into one .tar.gz, also while the server runs',
  options: { 'with-keys': 'boolean' },
  async run(call) {
    const [file, ...more] = call.words
    if (!file || more.length > 0) throw refuseUsage(backupCommand)
    const withKeys = call.flag('with-keys')
    const report = await withApp(call, async ({ database }) => {
      const saved = await backup({
        adminUrl: database.adminUrl,
        filesFolder: database.folder.files,
        keysFingerprint: fingerprint(database.folder.keys),
        seals: openKeys(database.folder.keys).seals,
        ...(withKeys ? { keysText: keysAsText(database.folder.keys) } : {}),
        file: resolve(file),
        madeBy: version,
        at: new Date(),
        say: call.say,
        signal: call.signal,
      })
      noteBackup(database.folder.root, { at: new Date(), file: resolve(file), bytes: saved.bytes })
      return saved
    })
    const keysPlace = `${call.settings.dataDir}/keys.json`
    return {
      lines: [
        `已备份 ${report.tables} 张表、${report.rows} 行、${report.files} 个文件，共 ${report.bytes} 字节：${file}`,
        `Saved ${report.tables} tables, ${report.rows} rows and ${report.files} files in ${report.bytes} bytes: ${file}`,
        ...(withKeys
          ? [
              '密钥在备份里：拿到这个文件的人能读出全部个人信息，请加锁保管。',
              'The keys are inside: whoever has this file can read all personal data. Lock it away.',
            ]
          : [
              `密钥不在备份里。没有 ${keysPlace}（或 LINLI_KEYS）就读不出个人信息：请另抄一份，与备份分开保管。`,
              `The keys are not inside. Without ${keysPlace} (or LINLI_KEYS) personal data cannot be read: keep a copy of it, apart from the backup.`,
            ]),
      ],
      result: { added: report.rows, skipped: 0, failed: 0, ...report },
    }
  },
}

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE [--unsigned]  (LINLI_KEYS=… 若密钥不在备份里 when the keys are not inside)',
  zh: '把备份恢复到空的数据文件夹（先全部核对，再写入）',
  en: 'Restore a backup into an empty data folder; everything is verified before the first write',
  options: { unsigned: 'boolean' },
  async run(call) {
    const [file, ...more] = call.words
    if (!file || more.length > 0) throw refuseUsage(restoreCommand)
    call.say('正在核对备份…… Verifying the backup…')
    const verified = await verifyBackup(resolve(file))
    const keysText = call.settings.keysText ?? verified.keysText
    if (keysText === undefined)
      throw wrongInput(
        '备份里没有密钥：请用 LINLI_KEYS 提供原来的 keys.json 的内容。',
        'The keys are not in the backup: give the text of the old keys.json in LINLI_KEYS.',
      )
    const keys = parseKeys(keysText, 'LINLI_KEYS')
    if (!fingerprints(keys).includes(verified.manifest.keys))
      throw wrongInput(
        '这些密钥不是这个备份的密钥；没有写入任何内容。',
        'These keys are not those of this backup; nothing was written.',
      )
    refuseForged(verified, openKeys(keys).seals.publicKey, call.flag('unsigned'))
    const database = await openUnmigrated({ ...call.settings, keysText }, call.say)
    try {
      // Before the rows that only they can open.
      if (call.settings.keysText === undefined) replaceKeys(database.folder.root, version, keys)
      const report = await restore(verified, {
        adminUrl: database.adminUrl,
        ownerUrl: database.ownerUrl,
        filesFolder: database.folder.files,
        say: call.say,
      })
      return {
        lines: [
          `已恢复 ${report.tables} 张表、${report.rows} 行、${report.files} 个文件，逐表核对一致。`,
          `Restored ${report.tables} tables, ${report.rows} rows and ${report.files} files; every table compared equal.`,
        ],
        result: { added: report.rows, skipped: 0, failed: 0, ...report },
      }
    } finally {
      await database.stop()
    }
  },
}

/** A manifest tells the hash of everything; only who holds the keys can sign one. The first backups had no signature. */
function refuseForged(verified: VerifiedBackup, publicKey: Buffer, unsignedIsFine: boolean): void {
  if (verified.isSignedBy(publicKey)) return
  if (verified.manifest.version >= 2)
    throw wrongInput(
      '备份的清单不是用这些密钥签的，或被改动过；没有写入任何内容。',
      'The list of this backup was not signed with these keys, or was changed; nothing was written.',
    )
  if (!unsignedIsFine)
    throw wrongInput(
      '这是旧版本的备份，没有签名，无法确认未被改动。确信来源可靠时，请加 --unsigned；没有写入任何内容。',
      'This is a backup of an older version, without a signature, so nobody can tell whether it was changed. If you trust where it comes from, add --unsigned; nothing was written.',
    )
}
