/** Keeps Tab inside a dialog: from the last control to the first, and back with Shift. */
export function keepFocusInside(box: HTMLElement, event: KeyboardEvent): void {
  const items = [
    ...box.querySelectorAll<HTMLElement>(
      'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]',
    ),
  ].filter((item) => item.offsetParent !== null)
  const first = items[0]
  const last = items[items.length - 1]
  const here = document.activeElement
  if (!first || !last) {
    event.preventDefault()
  } else if (event.shiftKey && (here === first || here === box)) {
    event.preventDefault()
    last.focus()
  } else if (!event.shiftKey && here === last) {
    event.preventDefault()
    first.focus()
  }
}
