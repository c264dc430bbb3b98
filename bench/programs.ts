/** Programs of a bench, each in a process of its own: servers, and the clients that drive them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../proofs/support/server-bundle.ts'
import type { Job, Measured } from './driver.ts'

export interface Program {
  readonly baseUrl: string
  end(): Promise<void>
}

/** A server or a prototype of a bench, once it says where it listens. */
export async function startProgram(
  program: string,
  nodeOptions: readonly string[],
  env: Record<string, string>,
): Promise<Program> {
  const child = spawn(process.execPath, [...nodeOptions, program], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
  })
  const baseUrl = await firstLine(child, /listening (http:\S+)/)
  return {
    baseUrl,
    end: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** One turn of the clients, whose program takes such a job and tells such figures. */
export async function drive<Task = Job, Figures = Measured>(driver: string, job: Task): Promise<Figures> {
  const file = join(driver, '..', 'job.json')
  writeFileSync(file, JSON.stringify(job))
  const child = spawn(process.execPath, [driver], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, BENCH_JOB: file },
  })
  return JSON.parse(await firstLine(child, /^(\{.*\})$/m)) as Figures
}

function firstLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
      const found = pattern.exec(printed)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`a program of the bench ended with ${code}: ${printed}`)))
  })
}
