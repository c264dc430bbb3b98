/** Cases that changed while a list or a record was open. Nothing moves by itself; the screen says so and waits. */
import { onBeforeUnmount, ref } from 'vue'
import { type LiveEvent, subscribe } from '../../../platform/client/index.ts'

/** Acts of this page whose news is still to come, as `case.<act>:<id>` with how often. */
const expected = new Map<string, number>()

/** The next news of this act on this case is our own. Returns what takes that back when the act was refused. */
export function expectOwnChange(id: string, act: string): () => void {
  const key = `case.${act}:${id}`
  expected.set(key, (expected.get(key) ?? 0) + 1)
  return () => {
    takeOwn(key)
  }
}

function takeOwn(key: string): boolean {
  const count = expected.get(key) ?? 0
  if (count === 0) return false
  if (count === 1) expected.delete(key)
  else expected.set(key, count - 1)
  return true
}

/**
 * Ids of cases that others changed since `clear`. `missed` is called when events may have been missed, so that the
 * screen can compare what it shows with what there is.
 */
export function useLiveCases(missed?: () => void) {
  const changed = ref<ReadonlySet<string>>(new Set())
  function hear({ type, subjectId }: LiveEvent): void {
    if (subjectId === null) {
      missed?.()
      return
    }
    if (!type.startsWith('case.') || takeOwn(`${type}:${subjectId}`)) return
    changed.value = new Set([...changed.value, subjectId])
  }
  onBeforeUnmount(subscribe(hear))
  return {
    changed,
    add: (ids: readonly string[]) => {
      changed.value = new Set([...changed.value, ...ids])
    },
    clear: () => {
      changed.value = new Set()
    },
  }
}
