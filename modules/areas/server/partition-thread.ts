/** The thread in which a proposal is worked out: the server goes on answering meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import { runSlices, type SliceAsked } from './partition-slice.ts'

parentPort?.postMessage(runSlices(workerData as SliceAsked[], () => performance.now()))
