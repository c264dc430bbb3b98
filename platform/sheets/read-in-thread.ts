/** Reads a workbook in a thread with a capped heap and a limit of time, one after the other. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { RawSheet } from './raw-sheet.ts'
import { SheetFault, type SheetFaultCode, sheetLimits } from './sheet-limits.ts'

/** Built, the thread is a file beside the program; from the sources it is the file beside this one, compiled by tsx. */
function openThread(options: WorkerOptions): Worker {
  const built = new URL('./sheet-thread.mjs', import.meta.url)
  if (existsSync(fileURLToPath(built))) return new Worker(built, options)
  const source = new URL('./sheet-thread.ts', import.meta.url).href
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
  return new Worker(code, { ...options, eval: true })
}

let last: Promise<unknown> = Promise.resolve()

/**
 * All sheets with their first rows, and one of them whole where `whole` names it by its place.
 * @throws SheetFault; too-large also when the heap or the time was not enough
 */
export function readInThread(bytes: Buffer, whole?: number): Promise<RawSheet[]> {
  const mine = last.catch(() => {}).then(() => readOne(bytes, whole))
  last = mine.catch(() => {})
  return mine
}

function readOne(bytes: Buffer, whole: number | undefined): Promise<RawSheet[]> {
  return new Promise((resolve, reject) => {
    const copy = Uint8Array.from(bytes)
    const worker = openThread({
      execArgv: [],
      env: {},
      workerData: { bytes: copy, whole },
      transferList: [copy.buffer],
      resourceLimits: { maxOldGenerationSizeMb: sheetLimits.heapMb, maxYoungGenerationSizeMb: 48 },
    })
    const timer = setTimeout(() => fail('too-large'), sheetLimits.seconds * 1000)
    const fail = (code: SheetFaultCode) => {
      clearTimeout(timer)
      void worker.terminate()
      reject(new SheetFault(code))
    }
    worker.once('message', (told: { sheets?: RawSheet[]; fault?: SheetFaultCode }) => {
      if (told.sheets === undefined) return fail(told.fault ?? 'unreadable')
      clearTimeout(timer)
      void worker.terminate()
      resolve(told.sheets)
    })
    worker.once('error', (error: { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return fail('too-large')
      clearTimeout(timer)
      reject(error)
    })
  })
}
