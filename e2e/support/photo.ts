/** A photo as a phone takes it, for file choosers. */
import sharp from 'sharp'

/** A JPEG in one colour, larger than what is sent, so that making it smaller is part of the journey. */
export async function photo(colour = '#7c8a6d'): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const image = sharp({ create: { width: 2400, height: 1800, channels: 3, background: colour } })
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await image.jpeg().toBuffer() }
}
