import { newId } from '../../../lib/ids.ts'

/**
 * A mark that this browser draws by lot once and keeps, sent with arriving and leaving, so that one phone that comes for
 * many people is seen (decision 0038). It says nothing about the phone; without a place to keep it there is none.
 */
const key = 'linli.device-mark'

export function deviceMark(): { device?: string } {
  try {
    const known = localStorage.getItem(key)
    if (known !== null && known.length >= 16 && known.length <= 64) return { device: known }
    const drawn = newId(Date.now())
    localStorage.setItem(key, drawn)
    return { device: drawn }
  } catch {
    return {}
  }
}
