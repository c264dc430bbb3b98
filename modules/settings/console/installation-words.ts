/** The words of the page of the installation: for each signal its name, what it says, and what to do when it is not well. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '系统状况', en: 'System health' },
  intro: {
    zh: '这套系统本身运行得怎样：只看机器，不统计任何人。每 30 秒自动更新。',
    en: 'How the system itself is running: the machine only, nobody is counted. Renewed every 30 seconds.',
  },
  allWell: { zh: '一切正常', en: 'All is well' },
  someFail: { zh: '有 {count} 项要马上处理', en: '{count} to be settled now' },
  someWarn: { zh: '有 {count} 项请留意', en: '{count} to look at' },
  seenAt: { zh: '{time} 的情况', en: 'As of {time}' },
  stale: {
    zh: '最近一次更新没有成功，下面是 {time} 的情况：请看服务器和数据库是否在运行。',
    en: 'The last renewal did not work; this is how it stood at {time}: see whether server and database run.',
  },
  failedHint: {
    zh: '服务器或数据库没有应答：请在服务器上看 Linli 和数据库是否在运行，再运行 linli doctor。',
    en: 'Server or database do not answer: on the server see whether Linli and its database run, then run linli doctor.',
  },
  version: { zh: '版本 {version}，已连续运行 {length}', en: 'Version {version}, running for {length}' },
  unwatched: { zh: '这个服务没有记录自己的状况', en: 'This server does not watch itself' },
  unwatchedHint: {
    zh: '请在运行网页服务的那台机器上查看。',
    en: 'Look on the machine that serves the pages.',
  },
  ok: { zh: '正常', en: 'Well' },
  warn: { zh: '请留意', en: 'Look at it' },
  fail: { zh: '要处理', en: 'Act now' },
  doctor: { zh: '体检（linli doctor）', en: 'The doctor (linli doctor)' },
  doctorIntro: {
    zh: '设置是否安全、数据是否对得上。每 10 分钟查一次。',
    en: 'Whether settings are safe and data agrees. Looked at every ten minutes.',
  },
  doctorAway: {
    zh: '这次没有查成：数据库恢复之后会再查。',
    en: 'It could not look this time and will when the database is back.',
  },
  doctorWell: { zh: '其余 {count} 项正常', en: 'The other {count} are well' },
  never: { zh: '从未', en: 'never' },
})

export const names = defineWords({
  database: { zh: '数据库', en: 'Database' },
  disk: { zh: '磁盘', en: 'Disk' },
  backup: { zh: '备份', en: 'Backup' },
  jobs: { zh: '后台任务', en: 'Background jobs' },
  outbox: { zh: '待办理的交代', en: 'Handed to the background' },
  seals: { zh: '记录封存', en: 'Seals of history' },
  requests: { zh: '网页应答', en: 'Answers' },
  files: { zh: '照片和文件', en: 'Photos and papers' },
  memory: { zh: '内存', en: 'Memory' },
})

/** What the figures say; braces are filled by `factsOf`. */
export const sentences = defineWords({
  database: { zh: '有应答', en: 'Answers' },
  databaseAway: { zh: '没有应答', en: 'Does not answer' },
  disk: { zh: '剩余 {free}，共 {size}', en: '{free} free of {size}' },
  backup: { zh: '{age}前', en: '{age} ago' },
  backupSize: { zh: '，{size}', en: ', {size}' },
  backupPlace: { zh: '，放在 {place}', en: ', at {place}' },
  backupNone: { zh: '还没有备份过', en: 'There is none yet' },
  jobs: {
    zh: '等待 {waiting}，在办 {running}，重试 {retried}，已放弃 {givenUp}；最早的已等 {oldest}',
    en: '{waiting} waiting, {running} running, {retried} to be tried again, {givenUp} given up; the oldest waits for {oldest}',
  },
  outbox: {
    zh: '{waiting} 项没有被领走；最早的已等 {oldest}',
    en: '{waiting} not taken; the oldest waits for {oldest}',
  },
  seals: {
    zh: '{waiting} 条待封存；上次封存 {last}',
    en: '{waiting} entries to be sealed; last sealed {last}',
  },
  requests: {
    zh: '最近 5 分钟每分钟 {perMinute} 次；慢的（超过 1 秒）占 {slow}，出错的占 {faults}',
    en: '{perMinute} a minute over the last five; {slow} slow (over 1 s), {faults} failed',
  },
  files: { zh: '启动以来找不到 {missing} 次', en: '{missing} not found since the start' },
  memory: {
    zh: '本程序用 {used}；机器剩余 {free}，共 {size}',
    en: 'This program uses {used}; {free} of the machine’s {size} are free',
  },
})

export const whatToDo = defineWords({
  database: {
    zh: '在服务器上看数据库是否在运行、磁盘是否写满；恢复后各处会自己继续。',
    en: 'See on the server whether the database runs and the disk is full; once it is back, everything goes on by itself.',
  },
  disk: {
    zh: '删去旧的备份和日志，或换大的磁盘。写满以后谁也保存不了。',
    en: 'Remove old backups and logs, or put in a larger disk. When it is full nobody can save anything.',
  },
  backup: {
    zh: '在服务器上运行 linli backup，再看定时备份为什么没有运行；备份文件请拷到另一台机器。',
    en: 'Run linli backup on the server, then see why the nightly one did not run; copy the file to another machine.',
  },
  jobs: {
    zh: '短信、时限提醒、统计会迟到。看服务日志里“job”开头的行；已放弃的请把那几行发给维护人员。',
    en: 'Texts, reminders of deadlines and figures will be late. See the lines that begin with “job” in the log; for those given up send them to whoever maintains the system.',
  },
  outbox: {
    zh: '后台没有在运行：请重启 Linli；分开运行的，看 linli-worker 是否在运行。',
    en: 'Nothing runs in the background: restart Linli; where it runs apart, see whether linli-worker runs.',
  },
  seals: {
    zh: '先看后台任务是否在运行，再在服务器上运行 linli verify。',
    en: 'See first whether the background jobs run, then run linli verify on the server.',
  },
  requests: {
    zh: '有出错的，看服务日志里“fault”的行；变慢的，先看磁盘、内存和数据库。',
    en: 'Where some fail, see the lines “fault” in the log; where they are slow, look at disk, memory and database first.',
  },
  files: {
    zh: '有照片或文件在数据库里、不在磁盘上。日志里写着编号：从最近的备份里找回 files 文件夹里的同名文件。',
    en: 'Photos or papers stand in the database and not on the disk. The log tells their numbers: bring the files of that name back from the last backup’s files folder.',
  },
  memory: {
    zh: '停掉这台机器上别的程序，或加内存。',
    en: 'End other programs on this machine, or add memory.',
  },
})
