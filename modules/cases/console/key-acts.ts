/**
 * Single keys for what a person does all day. None works while somebody types, composes with an input method or has a
 * dialog open; all can be switched off.
 * // Rule: rules.md, WCAG 2.1.4 (character key shortcuts): a way to turn them off.
 */
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

const kept = 'linli.keys'
const read = (): boolean => {
  try {
    return localStorage.getItem(kept) !== 'off'
  } catch {
    return true
  }
}

/** Whether single keys act in this browser. */
export const keysOn = ref(read())
watch(keysOn, (on) => {
  try {
    localStorage.setItem(kept, on ? 'on' : 'off')
  } catch {
    // then it lasts as long as the page
  }
})

/** What is typed into, or listens to letters itself. */
const takesLetters =
  'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable], [role="listbox"], [role="tree"], [role="combobox"], .maplibregl-map'

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'
>

/** The key as the tables below name it; undefined where it is no single key of a person who acts. */
export function singleKey(event: Pressed): string | undefined {
  if (event.isComposing || event.keyCode === 229) return undefined
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (event.key === '?' || event.key === '？') return '?'
  if (event.shiftKey || event.key.length !== 1) return undefined
  return event.key.toLowerCase()
}

/** By key; an act that answers false has nothing to do now. */
export type KeyActs = Readonly<Record<string, () => unknown>>

/** `active` says whether these keys are meant: the list's while no record is open, the record's while one is. */
export function useKeyActs(acts: () => KeyActs, active: () => boolean): void {
  function onKey(event: KeyboardEvent): void {
    const key = singleKey(event)
    if (key === undefined || event.defaultPrevented || !active()) return
    // The list of keys is told even where they are off, or nobody would find the switch.
    if (!keysOn.value && key !== '?') return
    if (event.target instanceof Element && event.target.closest(takesLetters)) return
    if (document.querySelector('.confirm-act')) return
    const act = acts()[key]
    if (act === undefined || act() === false) return
    event.preventDefault()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
