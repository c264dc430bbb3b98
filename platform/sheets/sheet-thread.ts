/** The thread in which a stranger's file is read: it has its own small heap, and dies alone. */
import { parentPort, workerData } from 'node:worker_threads'
import { readWorkbook } from './read-workbook.ts'
import { SheetFault } from './sheet-limits.ts'

try {
  parentPort?.postMessage({ sheets: readWorkbook(Buffer.from(workerData as Uint8Array)) })
} catch (error) {
  parentPort?.postMessage({ fault: error instanceof SheetFault ? error.code : 'unreadable' })
}
