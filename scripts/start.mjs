/** `npm start`: builds what is missing or out of date, then runs the server. */
import { runProgram } from './run-program.mjs'

await runProgram('server')
