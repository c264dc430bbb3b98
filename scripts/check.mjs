/** `npm run check`: types, lint, imports, dead code and the house rules; each printed with its time. */
import { spawn } from 'node:child_process'

const steps = [
  ['types (server)', 'tsc', ['-p', 'tsconfig.json']],
  ['types (web)', 'vue-tsc', ['-p', 'tsconfig.web.json', '--noEmit']],
  ['lint and format', 'biome', ['check', '--error-on-warnings']],
  [
    'imports',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'lib', 'platform', 'ui', 'modules', 'apps', 'demo'],
  ],
  ['dead code', 'knip', []],
  ['house rules', 'tsx', ['scripts/tidy/run.ts']],
]

function run([name, program, args]) {
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('close', (code) =>
      resolve({ name, code, output, seconds: ((Date.now() - started) / 1000).toFixed(1) }),
    )
  })
}

// Two at a time: that is what a small machine has.
const waiting = [...steps]
const results = []
await Promise.all(
  [0, 1].map(async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await run(step))
  }),
)
for (const { name, code, output, seconds } of results) {
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}  ${seconds} s`)
  if (code !== 0) console.log(output)
}
process.exit(results.every(({ code }) => code === 0) ? 0 : 1)
