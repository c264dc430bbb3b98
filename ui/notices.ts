/** Short words at the foot of the screen after an act, with 撤回 where the act can be taken back. */
import { shallowRef } from 'vue'

export interface Notice {
  readonly id: number
  readonly text: string
  readonly danger: boolean
  readonly undo?: () => void
}

export const notices = shallowRef<readonly Notice[]>([])
let last = 0

export const dismiss = (id: number): void => {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

/** Shows a notice. It leaves after five seconds; one with `undo` or of danger stays until it is dismissed. */
export function notify(text: string, options: { danger?: boolean; undo?: () => void } = {}): void {
  const id = ++last
  notices.value = [
    ...notices.value.slice(-2),
    { id, text, danger: options.danger === true, undo: options.undo },
  ]
  if (!options.undo && !options.danger) setTimeout(() => dismiss(id), 5000)
}
