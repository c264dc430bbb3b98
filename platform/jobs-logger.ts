import { Logger } from 'graphile-worker'

/** The queue's own lines are dropped: what a job did wrong is logged by us, with its name and without its payload. */
export const quietLogger = new Logger(() => () => {})
