/**
 * Builds everything into `dist/`: the programs as ES modules with their libraries outside, what they read
 * (migrations, seeds), and the web apps. `npm run build`; `npm start` calls it when something is out of date.
 * Arguments: `web` builds only the web apps, `stale` only what is older than its sources.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { programs, root, staleParts, webApps, writeStamp } from './built-parts.mjs'

const dist = join(root, 'dist')

function existing(entries) {
  return entries.filter(({ entry }) => existsSync(join(root, entry)))
}

async function buildPrograms(say) {
  const found = existing(programs)
  say(`正在构建程序…… Building the programs (${found.map(({ name }) => name).join(', ')})…`)
  const esbuild = await import('esbuild')
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: found.map(({ name, entry }) => ({ in: join(root, entry), out: name })),
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // One file a program: code that looks beside itself (./migrations) then finds dist, wherever it came from.
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  })
}

function copyStatic(say) {
  say('正在复制数据文件…… Copying migrations and seeds…')
  copyFresh('migrations', 'migrations')
  for (const module of folders(join(root, 'modules')))
    copyFresh(`modules/${module}/seeds`, `modules/${module}/seeds`)
  const fonts = join(dist, 'fonts')
  mkdirSync(fonts, { recursive: true })
  const family = join(root, 'node_modules/@expo-google-fonts/noto-sans-sc')
  cpSync(join(family, '400Regular/NotoSansSC_400Regular.ttf'), join(fonts, 'NotoSansSC_400Regular.ttf'))
  cpSync(join(family, 'LICENSE'), join(fonts, 'LICENSE'))
}

/** The browsable API: our own page around a library's script, as plain files. */
function copyApiDocs(say) {
  say('正在复制接口文档…… Copying the pages of the API…')
  const out = join(dist, 'web/api-docs')
  copyFresh('apps/api-docs', 'web/api-docs')
  const library = join(root, 'node_modules/swagger-ui-dist')
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css', 'favicon-32x32.png', 'LICENSE', 'NOTICE'])
    cpSync(join(library, name), join(out, name))
  compress(out)
}

/** A smaller copy beside each text, sent to whoever takes it: half the waiting on a village network. */
function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !/\.(js|css|html|svg|json|webmanifest|geojson)$/.test(entry.name)) continue
    const bytes = readFileSync(path)
    if (bytes.length > 1024) writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  }
}

function copyFresh(from, to) {
  rmSync(join(dist, to), { recursive: true, force: true })
  if (existsSync(join(root, from))) cpSync(join(root, from), join(dist, to), { recursive: true })
}

function folders(path) {
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

async function buildWeb({ name, folder, out }, say) {
  say(`正在构建页面 ${name}…… Building the pages of ${name}…`)
  const vite = await import('vite')
  await vite.build({
    root: join(root, folder),
    configFile: join(root, folder, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: join(dist, out), emptyOutDir: true },
  })
  compress(join(dist, out))
}

/** Builds the parts that are out of date, or all of them; `say` gets one line per step. */
async function build({ all, webOnly, say }) {
  mkdirSync(dist, { recursive: true })
  const stale = staleParts()
  const wanted = (part) => all || stale.includes(part)
  if (!webOnly && wanted('programs')) {
    await buildPrograms(say)
    copyStatic(say)
    copyApiDocs(say)
    writeStamp('programs')
  }
  for (const app of webApps.filter(({ folder }) => existsSync(join(root, folder, 'vite.config.ts')))) {
    if (!wanted(app.name)) continue
    await buildWeb(app, say)
    writeStamp(app.name)
  }
}

const started = Date.now()
const [, , ...words] = process.argv
try {
  // Standard error, so that the output of `npm run linli` stays the command's own.
  await build({ all: !words.includes('stale'), webOnly: words.includes('web'), say: console.error })
  console.error(`构建完成。 Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
} catch (error) {
  // esbuild has already said what is wrong, with its place; the rest says it in its message.
  if (error?.errors === undefined) console.error(error)
  process.exitCode = 1
}
