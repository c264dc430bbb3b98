/** What a shop took without a network: the list it may take by, and codes that wait to be sent. Kept on this phone only. */
import { computed, shallowRef } from 'vue'
import { call } from '../../../platform/client/index.ts'
import { type OfflineFate, type OfflineList, sendOffline, takeOfflineList } from '../contract.ts'
import { readVoucherCode } from '../rules/voucher-code.ts'

interface Kept {
  list: OfflineList
  taken: { code: string; at: string; valueFen: number }[]
}

const store = 'linli.shop.offline'
function read(): Kept | undefined {
  try {
    const text = localStorage.getItem(store)
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}

export interface OfflineLook {
  readonly fate: 'good' | 'over' | 'unknown' | 'limit' | 'twice'
  readonly valueFen: number
}

export function useOfflineVouchers() {
  const kept = shallowRef(read())
  const keep = (next: Kept | undefined) => {
    kept.value = next
    if (next) localStorage.setItem(store, JSON.stringify(next))
    else localStorage.removeItem(store)
  }
  const takenFen = computed(() => (kept.value?.taken ?? []).reduce((sum, { valueFen }) => sum + valueFen, 0))
  return {
    kept,
    /** Hashing needs a secure address; without one there is no offline list. */
    possible: globalThis.isSecureContext,
    leftFen: computed(() => (kept.value ? kept.value.list.limitFen - takenFen.value : 0)),
    waiting: computed(() => kept.value?.taken.length ?? 0),
    async download(): Promise<void> {
      keep({ list: await call(takeOfflineList, { body: {} }), taken: [] })
    },
    /** What a code is worth by the list, or why it cannot be taken now. Nothing is kept by looking. */
    async look(text: string, now: Date): Promise<OfflineLook> {
      const code = readVoucherCode(text)
      const mine = kept.value
      if (!mine || !code) return { fate: 'unknown', valueFen: 0 }
      if (now.toISOString() > mine.list.until) return { fate: 'over', valueFen: 0 }
      if (mine.taken.some((one) => one.code === code)) return { fate: 'twice', valueFen: 0 }
      const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(mine.list.salt + code))
      const hash = btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '')
      const found = mine.list.vouchers.find((one) => one.hash === hash)
      if (!found) return { fate: 'unknown', valueFen: 0 }
      const over = takenFen.value + found.valueFen > mine.list.limitFen
      return { fate: over ? 'limit' : 'good', valueFen: found.valueFen }
    },
    /** Keeps it until there is a network again. Asked anew: the list may be over meanwhile. */
    async take(text: string, now: Date): Promise<OfflineLook> {
      const seen = await this.look(text, now)
      const [mine, code] = [kept.value, readVoucherCode(text)]
      if (seen.fate === 'good' && mine && code)
        keep({ ...mine, taken: [...mine.taken, { code, at: now.toISOString(), valueFen: seen.valueFen }] })
      return seen
    },
    /** Sends what waits and forgets it; answers what became of each. */
    async send(): Promise<readonly { code: string; fate: OfflineFate }[]> {
      const mine = kept.value
      if (!mine || mine.taken.length === 0) return []
      const { items } = await call(sendOffline, {
        params: { id: mine.list.id },
        body: { items: mine.taken.map(({ code, at }) => ({ code, at })) },
      })
      keep(new Date().toISOString() > mine.list.until ? undefined : { ...mine, taken: [] })
      return items
    },
  }
}
