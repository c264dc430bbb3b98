import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tones } from './tones.ts'

const css = readFileSync(fileURLToPath(new URL('./tokens.css', import.meta.url)), 'utf8')

/** The colour variables of the first block that follows a text. */
function coloursAfter(start: string): Record<string, string> {
  const block = css.slice(css.indexOf(start) + start.length)
  const end = block.indexOf('}')
  return Object.fromEntries(
    [...block.slice(0, end).matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

const light = coloursAfter(':root {')
const darkBySystem = coloursAfter(':root:not([data-theme="light"]) {')
const darkByChoice = coloursAfter(':root[data-theme="dark"] {')

// Rule: WCAG 2.1, relative luminance and contrast ratio.
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a = '#000000', b = '#000000'): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

test('dark by the system and dark by choice are the same', () => {
  expect(Object.keys(darkBySystem).length).toBeGreaterThan(20)
  expect(darkByChoice).toEqual(darkBySystem)
})

test('dark gives a value to every colour of light', () => {
  expect(Object.keys(darkByChoice).sort()).toEqual(Object.keys(light).sort())
})

const readable = ['ink', 'ink-2', 'ink-3', 'accent', 'danger']
const grounds = ['ground', 'surface', 'sunken', 'hover']
test.each([
  ['light', light],
  ['dark', darkByChoice],
])('every text colour reaches 4.5 : 1 on every ground (%s)', (_, colours) => {
  for (const text of readable)
    for (const ground of grounds)
      expect([text, ground, contrast(colours[text], colours[ground]) >= 4.5]).toEqual([text, ground, true])
})

test.each([
  ['light', light],
  ['dark', darkByChoice],
])('every state reaches 4.5 : 1 on its tint and on the sheet, and so do solid buttons (%s)', (_, colours) => {
  for (const tone of tones)
    for (const ground of [`${tone}-tint`, 'surface'])
      expect([tone, ground, contrast(colours[tone], colours[ground]) >= 4.5]).toEqual([tone, ground, true])
  expect(contrast(colours['on-accent'], colours['accent-solid'])).toBeGreaterThanOrEqual(4.5)
  expect(contrast('#ffffff', colours['danger-solid'])).toBeGreaterThanOrEqual(4.5)
  expect(contrast(colours['accent-strong'], colours['accent-tint'])).toBeGreaterThanOrEqual(4.5)
})
