/** `npm run linli -- COMMAND`: what an administrator does at the machine itself. */
import { describeRefusal, StartupRefusal } from '../platform/startup-refusal.ts'
import { type Command, readCall } from './cli/command.ts'
import { streetCreate } from './cli/create-street.ts'
import { exportCommand } from './cli/export-street.ts'
import { areasImport, divisionsImport, requestsImport } from './cli/import-files.ts'
import { backupCommand, restoreCommand } from './cli/keep-backup.ts'
import { keyStatusCommand, retireCommand, rotateCommand } from './cli/rotate-keys.ts'
import { demoCommand, migrateCommand } from './cli/run-demo.ts'
import { doctorCommand } from './cli/run-doctor.ts'
import { modelsCommand } from './cli/street-model.ts'
import { evaluateCommand, trainCommand } from './cli/train-model.ts'
import { verifyCommand } from './cli/verify-seals.ts'

const commands: readonly Command[] = [
  streetCreate,
  migrateCommand,
  demoCommand,
  divisionsImport,
  areasImport,
  requestsImport,
  exportCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  doctorCommand,
  rotateCommand,
  retireCommand,
  keyStatusCommand,
  trainCommand,
  evaluateCommand,
  modelsCommand,
]

function help(): string {
  return [
    'linli 命令 commands（npm run linli -- …）',
    '',
    ...commands.flatMap(({ name, usage, zh, en }) => [`  ${name} ${usage}`, `      ${zh}`, `      ${en}`]),
    '',
    '  --json  最后一行输出一个 JSON 对象 the last line is one JSON object',
    '  环境变量 environment: LINLI_DATA, DATABASE_URL, DATABASE_OWNER_URL, DATABASE_BACKUP_URL, LINLI_KEYS',
  ].join('\n')
}

async function main(argv: readonly string[]): Promise<number> {
  const [first = 'help', second = ''] = argv
  if (['help', '--help', '-h'].includes(first)) {
    console.log(help())
    return 0
  }
  const command =
    commands.find(({ name }) => name === `${first} ${second}`) ?? commands.find(({ name }) => name === first)
  if (!command) {
    console.error(`没有“${argv.slice(0, 2).join(' ')}”这个命令，请看 linli help。`)
    console.error(`There is no command "${argv.slice(0, 2).join(' ')}"; see linli help.`)
    return 2
  }
  const stop = new AbortController()
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(130)
    console.error('正在停下…… Stopping at the next good place…')
    stop.abort()
  })
  const call = readCall(command, argv.slice(command.name.split(' ').length), stop.signal)
  const { lines, result, failed } = await command.run(call)
  if (!call.flag('json')) for (const line of lines) console.log(line)
  else console.log(JSON.stringify(result))
  if (stop.signal.aborted) return 130
  return failed ? 1 : 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof StartupRefusal ? describeRefusal(error) : error)
  // A program that reads the last line learns of a refusal too.
  if (process.argv.includes('--json') && error instanceof StartupRefusal)
    console.log(JSON.stringify({ ok: false, code: error.code, zh: error.zh, en: error.en }))
  process.exitCode = error instanceof StartupRefusal && error.code === 'cli/wrong-input' ? 2 : 1
}
