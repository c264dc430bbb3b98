/** The seven tones of a state: each has a colour, a shape and a word, so that none rests on colour alone. */
export const tones = ['waiting', 'moving', 'due-soon', 'overdue', 'answered', 'closed', 'long-term'] as const
export type Tone = (typeof tones)[number]

/**
 * The shape of each tone inside a 16 × 16 box, drawn with `currentColor`: ○ ◐ ◔ ● ◕ ✓ ▣. `fill` parts are
 * filled, `stroke` parts are lines 1.6 wide.
 */
export const toneShapes: Readonly<Record<Tone, { readonly fill?: string; readonly stroke?: string }>> = {
  waiting: { stroke: 'M8 2.3a5.7 5.7 0 1 1 0 11.4a5.7 5.7 0 0 1 0-11.4Z' },
  moving: {
    stroke: 'M8 2.3a5.7 5.7 0 1 1 0 11.4a5.7 5.7 0 0 1 0-11.4Z',
    fill: 'M8 2.3a5.7 5.7 0 0 0 0 11.4Z',
  },
  'due-soon': {
    stroke: 'M8 2.3a5.7 5.7 0 1 1 0 11.4a5.7 5.7 0 0 1 0-11.4Z',
    fill: 'M8 8V2.3A5.7 5.7 0 0 1 13.7 8Z',
  },
  overdue: { fill: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z' },
  answered: {
    stroke: 'M8 2.3a5.7 5.7 0 1 1 0 11.4a5.7 5.7 0 0 1 0-11.4Z',
    fill: 'M8 8V2.3A5.7 5.7 0 1 1 2.3 8Z',
  },
  closed: { stroke: 'M2.6 8.6l3.6 3.7l7.2-8.2' },
  'long-term': { stroke: 'M2.5 2.5h11v11h-11Z', fill: 'M5.3 5.3h5.4v5.4H5.3Z' },
}

/** The same shape as an SVG text, for places that Vue does not draw (the map's markers). */
export function toneShapeSvg(tone: Tone, size = 16): string {
  const { fill, stroke } = toneShapes[tone]
  const strokePath = stroke
    ? `<path d="${stroke}" fill="none" stroke="currentColor" stroke-width="${tone === 'closed' ? 2 : 1.6}" stroke-linecap="round" stroke-linejoin="round"/>`
    : ''
  const fillPath = fill ? `<path d="${fill}" fill="currentColor"/>` : ''
  return `<svg width="${size}" height="${size}" viewBox="0 0 16 16" aria-hidden="true">${strokePath}${fillPath}</svg>`
}
