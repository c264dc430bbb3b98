import { AsyncLocalStorage } from 'node:async_hooks'

/** True in everything that a test server does for a request. */
export const inRequest = new AsyncLocalStorage<true>()
