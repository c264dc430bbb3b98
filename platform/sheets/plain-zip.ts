/** Gives a library that unpacks without limits only what was unpacked under ours. */
import { openZip } from './open-zip.ts'
import { ZipWriter } from './zip-writer.ts'

/**
 * The same archive written anew: each name once, as long as it really is. A second part under a name that was looked
 * at already, which a library might take in its place, is left out.
 * @throws SheetFault unreadable, too-large
 */
export function plainZip(bytes: Buffer): Buffer {
  const zip = openZip(bytes)
  const writer = new ZipWriter()
  for (const name of zip.names) writer.add(name, zip.part(name) ?? Buffer.alloc(0))
  return writer.end()
}
