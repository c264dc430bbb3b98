/** `npm run linli -- COMMAND`: the same as `npm start`, for the command line. */
import { runProgram } from './run-program.mjs'

await runProgram('cli')
