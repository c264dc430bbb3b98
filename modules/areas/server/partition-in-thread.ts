import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { SliceAsked, SliceDone } from './partition-slice.ts'

/** Built, the thread is a file beside the program; from the sources it is the file beside this one, compiled by tsx. */
function openThread(options: WorkerOptions): Worker {
  const built = new URL('./partition-thread.mjs', import.meta.url)
  if (existsSync(fileURLToPath(built))) return new Worker(built, options)
  const source = new URL('./partition-thread.ts', import.meta.url).href
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
  return new Worker(code, { ...options, eval: true })
}

/**
 * Runs one slice of time beside the event loop. Rejects when the thread dies; nothing of the slice is kept then. When the signal
 * tells it to stop, the thread is ended where it stands, and the answer is undefined.
 */
export function slicesInThread(
  asked: readonly SliceAsked[],
  signal: AbortSignal,
): Promise<SliceDone[] | undefined> {
  if (signal.aborted) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    const worker = openThread({
      execArgv: [],
      env: {},
      workerData: asked,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    const stop = () => {
      resolve(undefined)
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', (done: SliceDone[]) => {
      void worker.terminate()
      resolve(done)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      reject(new Error(`the partition thread ended with ${code}`))
    })
  })
}
