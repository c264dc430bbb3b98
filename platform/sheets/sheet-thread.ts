/** The thread in which a stranger's file is read: it has its own small heap, and dies alone. */
import { parentPort, workerData } from 'node:worker_threads'
import { cutSheets, readWorkbook } from './read-workbook.ts'
import { SheetFault } from './sheet-limits.ts'

const { bytes, whole } = workerData as { bytes: Uint8Array; whole: number | undefined }
try {
  parentPort?.postMessage({ sheets: cutSheets(readWorkbook(Buffer.from(bytes)), whole) })
} catch (error) {
  parentPort?.postMessage({ fault: error instanceof SheetFault ? error.code : 'unreadable' })
}
