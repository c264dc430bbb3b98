/** The thread in which a proposal is worked out: the server goes on answering meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import { runSlice, type SliceAsked } from './partition-slice.ts'

parentPort?.postMessage(runSlice(workerData as SliceAsked, () => performance.now()))
