/** Photos of a form: sent as soon as they are taken, kept in sight when the network fails, sent again on demand. */
import { reactive } from 'vue'
import { newId } from '../../../lib/ids.ts'
import { uploadFile, wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'

export const mostPhotos = 9

export interface PickedPhoto {
  /** Also its Idempotency-Key, so that sending again never makes two files. */
  readonly key: string
  /** The file on this phone; null once the page was left: until it belongs to a case nobody can read it back. */
  readonly src: string | null
  state: 'sending' | 'sent' | 'failed'
  /** The id on the server, once sent. */
  id: string | null
  /** Why it was not sent, in words. */
  wrong: string
  readonly file: File | null
}

/** A photo that was just taken; its sending has begun. */
export function pickPhoto(file: File): PickedPhoto {
  const photo = reactive<PickedPhoto>({
    key: newId(Date.now()),
    src: URL.createObjectURL(file),
    state: 'sending',
    id: null,
    wrong: '',
    file,
  })
  void sendPhoto(photo)
  return photo
}

/** A photo of a draft that had been sent before the page was left. */
export const keptPhoto = (id: string): PickedPhoto =>
  reactive<PickedPhoto>({ key: id, src: null, state: 'sent', id, wrong: '', file: null })

const under = new Map<string, Promise<void>>()

/** Never throws: `state` and `wrong` say how it went. */
export function sendPhoto(photo: PickedPhoto): Promise<void> {
  if (photo.state === 'sent' || photo.file === null) return Promise.resolve()
  const running = under.get(photo.key)
  if (running) return running
  photo.state = 'sending'
  const sending = uploadFile(photo.file, { idempotencyKey: photo.key })
    .then(({ id }) => {
      photo.id = id
      photo.state = 'sent'
      photo.wrong = ''
    })
    .catch((error: unknown) => {
      photo.state = 'failed'
      photo.wrong = wordsOf(error, language.value)
    })
    .finally(() => under.delete(photo.key))
  under.set(photo.key, sending)
  return sending
}

/** Sends what has not been sent yet; false when some still could not be. */
export async function sendAll(photos: readonly PickedPhoto[]): Promise<boolean> {
  await Promise.all(photos.map(sendPhoto))
  return photos.every(({ state }) => state === 'sent')
}

export const idsOf = (photos: readonly PickedPhoto[]): string[] => photos.flatMap(({ id }) => id ?? [])
