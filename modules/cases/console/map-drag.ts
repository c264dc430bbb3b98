/**
 * Dragging cases onto whoever is to have them, or the other way round, with pointer events alone: mouse, pen and touch.
 * Everything that can be dragged here can also be marked and given with a button.
 * // Rule: rules.md, WCAG 2.5.7 (dragging movements): never the only way.
 */
import { onBeforeUnmount, ref, shallowRef } from 'vue'

/** Further than this it is a drag and no press. */
const startsAfterPixels = 5

export interface Dragged {
  /** What was taken: a case by `data-point`, all that are marked by `data-chosen`, a target by `data-target`. */
  readonly kind: 'point' | 'chosen' | 'target'
  readonly key: string
}

const takenFrom = (element: Element | null): Dragged | undefined => {
  const held = element?.closest<HTMLElement>('[data-point], [data-chosen], [data-target]')
  if (!held) return undefined
  const { point, target } = held.dataset
  if (point !== undefined) return { kind: 'point', key: point }
  return target === undefined ? { kind: 'chosen', key: '' } : { kind: 'target', key: target }
}

/** `drop` is told what was dragged and onto what: another thing that can be dragged, or the map itself. */
export function useMapDrag(drop: (dragged: Dragged, onto: Dragged | 'map') => void) {
  const dragging = shallowRef<Dragged & { x: number; y: number; over: string }>()
  /** The press that ends a drag is no press on what lies under it. */
  const justDropped = ref(false)
  let begun: { dragged: Dragged; x: number; y: number } | undefined

  const under = ({ clientX, clientY }: PointerEvent): Dragged | 'map' | undefined => {
    const element = document.elementFromPoint(clientX, clientY)
    return takenFrom(element) ?? (element?.closest('.place-map') ? 'map' : undefined)
  }
  function move(event: PointerEvent): void {
    if (!begun) return
    const far = Math.hypot(event.clientX - begun.x, event.clientY - begun.y) > startsAfterPixels
    if (!dragging.value && !far) return
    event.preventDefault()
    const onto = under(event)
    const over =
      typeof onto === 'object' && onto.kind !== begun.dragged.kind ? `${onto.kind}:${onto.key}` : ''
    dragging.value = { ...begun.dragged, x: event.clientX, y: event.clientY, over }
  }
  function up(event: PointerEvent): void {
    const { dragged } = begun ?? {}
    const onto = dragging.value ? under(event) : undefined
    if (dragging.value) {
      justDropped.value = true
      setTimeout(() => {
        justDropped.value = false
      })
    }
    stop()
    if (dragged && onto !== undefined) drop(dragged, onto)
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !dragging.value) return
    event.stopPropagation()
    stop()
  }
  function stop(): void {
    begun = undefined
    dragging.value = undefined
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', up)
    window.removeEventListener('pointercancel', stop)
    window.removeEventListener('keydown', onKey, true)
  }
  function down(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return
    const dragged = takenFrom(event.target)
    // A button inside a chip is pressed, not dragged.
    if (!dragged || (dragged.kind === 'target' && event.target.closest('button'))) return
    begun = { dragged, x: event.clientX, y: event.clientY }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', stop)
    window.addEventListener('keydown', onKey, true)
  }
  /** The map must not move under a point that is dragged. */
  function keepStill(event: Event): void {
    if (event.target instanceof Element && event.target.closest('[data-point]')) event.stopPropagation()
  }
  onBeforeUnmount(stop)
  return { dragging, justDropped, down, keepStill }
}
