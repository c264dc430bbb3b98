/** Photos are never kept as received: decoded and encoded anew, which leaves neither metadata nor anything hidden. */
import type { Sharp, SharpOptions } from 'sharp'
import { takenAtOf } from './files-exif.ts'
import type { FileKind } from './files-kind.ts'
import { Refusal } from './refusal.ts'

const maxPixels = 50_000_000
const longestSide = 2560
const thumbSide = 320

/** Loaded with the first photo: an idle server needs no image library in memory. */
async function openImage(input: Buffer | string): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  const options: SharpOptions = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true }
  return sharp(input, options)
}

/** Decoding takes memory by the pixel: two at a time, the others wait their turn. */
let free = 2
const waiting: (() => void)[] = []
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
}

export interface EncodedPhoto {
  bytes: Buffer
  takenAt: Date | null
}

/**
 * A JPEG of at most 2560 pixels on its longest side, upright, in sRGB, without any metadata.
 * Refuses more than 50 million pixels, and what is no picture of its kind.
 */
export function encodePhoto(
  received: Buffer,
  kind: Exclude<FileKind, 'pdf'>,
  uploadedAt: Date,
): Promise<EncodedPhoto> {
  return inTurn(async () => {
    try {
      const image = await openImage(received)
      const { format, width, height, exif } = await image.metadata()
      if (format !== kind) throw new Refusal('files/unreadable-photo')
      if (width * height > maxPixels) throw new Refusal('files/too-many-pixels')
      const bytes = await image
        .autoOrient()
        .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        // A screenshot holds small letters; a camera's picture does not show the difference.
        .jpeg({ quality: 82, chromaSubsampling: kind === 'png' ? '4:4:4' : '4:2:0' })
        .toBuffer()
      return { bytes, takenAt: takenAtOf(exif, uploadedAt) }
    } catch (error) {
      if (error instanceof Refusal) throw error
      const tooMany = error instanceof Error && /pixel limit/i.test(error.message)
      throw new Refusal(tooMany ? 'files/too-many-pixels' : 'files/unreadable-photo')
    }
  })
}

/** A small JPEG of a photo that is kept already. */
export function makeThumb(path: string): Promise<Buffer> {
  return inTurn(async () =>
    (await openImage(path))
      .resize({ width: thumbSide, height: thumbSide, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 75 })
      .toBuffer(),
  )
}
