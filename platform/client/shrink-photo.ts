/** Photos are made smaller on the phone, so that a report goes through on a weak network. */

const longestSidePx = 1600
const smallEnoughBytes = 300_000
const jpegQuality = 0.85

/** The size that fits into a square of `longestPx`, in whole pixels, never enlarged. */
export function fitWithin(
  width: number,
  height: number,
  longestPx: number,
): { width: number; height: number } {
  const scale = Math.min(1, longestPx / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * A JPEG of at most 1600 px on its longer side, turned upright. The file itself comes back when it is no photo,
 * already small, or this browser cannot read it; the server then judges it.
 */
export async function shrinkPhoto(file: File): Promise<File> {
  if (!/^image\/(jpeg|png|webp|heic|heif|bmp)$/.test(file.type)) return file
  const address = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const { naturalWidth, naturalHeight } = image
    const size = fitWithin(naturalWidth, naturalHeight, longestSidePx)
    const readable = /^image\/(jpeg|png|webp)$/.test(file.type)
    if (readable && size.width === naturalWidth && file.size <= smallEnoughBytes) return file
    const blob = await drawn(image, size.width, size.height)
    if (!blob || (readable && blob.size >= file.size)) return file
    const name = file.name.replace(/\.\w+$/, '')
    return new File([blob], `${name}.jpg`, { type: 'image/jpeg', lastModified: file.lastModified })
  } catch {
    return file
  } finally {
    URL.revokeObjectURL(address)
  }
}

async function drawn(image: HTMLImageElement, width: number, height: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return null
  // JPEG has no transparency; without a ground a screenshot's clear parts would turn black.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', jpegQuality))
  // Old phones keep the bitmap until the canvas is emptied.
  canvas.width = 0
  canvas.height = 0
  return blob
}
