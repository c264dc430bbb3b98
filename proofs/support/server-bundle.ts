/** A server program built from the tree as it is now, apart from `dist/`, so that a proof starts in tenths of a second. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { programs } from '../../scripts/built-parts.mjs'
import { whenBrokenOff } from './broken-off.ts'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

export interface ServerBundle {
  readonly program: string
  remove(): void
}

/** `tree`: the program of another version, unpacked. Below node_modules, for the libraries stay outside the bundle and are looked for upwards. */
export async function bundleServer(entry = 'apps/server.ts', tree = projectRoot): Promise<ServerBundle> {
  const cache = join(projectRoot, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'linli-proof-'))
  const remove = () => {
    forget()
    rmSync(folder, { recursive: true, force: true })
  }
  const forget = whenBrokenOff(remove)
  const program = join(folder, 'server.mjs')
  await build({
    absWorkingDir: tree,
    // Tables are read and places divided in threads that lie beside the server.
    entryPoints: [
      { in: entry, out: 'server' },
      ...programs
        .filter((part) => part.name.endsWith('-thread') && existsSync(join(tree, part.entry)))
        .map((part) => ({ in: part.entry, out: part.name })),
    ],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  })
  cpSync(join(tree, 'migrations'), join(folder, 'migrations'), { recursive: true })
  for (const module of readdirSync(join(tree, 'modules'))) {
    const seeds = join(tree, 'modules', module, 'seeds')
    if (existsSync(seeds)) cpSync(seeds, join(folder, 'modules', module, 'seeds'), { recursive: true })
  }
  return { program, remove }
}
