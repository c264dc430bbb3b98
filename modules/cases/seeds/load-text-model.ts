/** The text model that the program ships with, made from made-up requests (demo/write-text-model.ts). */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Beside this file in the tree; under its own folder beside a bundle. */
const beside = new URL('./text-model.gz', import.meta.url)
export const shippedModelPath = fileURLToPath(
  existsSync(beside) ? beside : new URL('./modules/cases/seeds/text-model.gz', import.meta.url),
)
