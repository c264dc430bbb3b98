/** How many notices wait, for every part of a page that says so, and the inbox page by page. */
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { call, type LiveEvent, subscribe, wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'
import { countUnread, listInbox, markRead, type NoticeView } from '../contract.ts'

/** One figure for the whole page: bell, line and list must not disagree. */
const unread = ref(0)

async function askUnread(): Promise<void> {
  // Without an answer the figure stays as it is: a bell that flickers says nothing.
  const answer = await call(countUnread).catch(() => undefined)
  if (answer) unread.value = answer.count
}

const concerns = ({ type }: LiveEvent) =>
  type === 'refresh' || type === 'notice.new' || type === 'notice.read'

/** The figure, asked once and again whenever something came or was read elsewhere. */
export function useUnread() {
  let stop: (() => void) | undefined
  onMounted(() => {
    void askUnread()
    stop = subscribe((event) => {
      if (concerns(event)) void askUnread()
    })
  })
  onBeforeUnmount(() => stop?.())
  return unread
}

export function useInbox(limit: number) {
  const items = shallowRef<readonly NoticeView[]>([])
  const next = ref<string | null>(null)
  const state = ref<'loading' | 'failed' | 'ready'>('loading')
  const wrong = ref('')
  let turn = 0

  async function load(cursor?: string): Promise<void> {
    const mine = ++turn
    try {
      const page = await call(listInbox, { query: { limit, cursor } })
      if (mine !== turn) return
      items.value = cursor === undefined ? page.items : [...items.value, ...page.items]
      next.value = page.nextCursor
      state.value = 'ready'
    } catch (error) {
      if (mine !== turn) return
      wrong.value = wordsOf(error, language.value)
      state.value = items.value.length > 0 ? 'ready' : 'failed'
    }
  }

  /** These, or all. What was marked is shown as read at once; the server's figure follows. */
  async function mark(ids?: string[]): Promise<void> {
    const readAt = new Date().toISOString()
    items.value = items.value.map((one) =>
      one.readAt === null && (ids === undefined || ids.includes(one.id)) ? { ...one, readAt } : one,
    )
    await call(markRead, { body: ids === undefined ? {} : { ids } }).catch(() => undefined)
    await askUnread()
  }

  let stop: (() => void) | undefined
  onMounted(() => {
    void load()
    stop = subscribe(({ type }) => {
      if (type === 'notice.new') void load()
    })
  })
  onBeforeUnmount(() => stop?.())
  return { items, next, state, wrong, load, mark }
}
