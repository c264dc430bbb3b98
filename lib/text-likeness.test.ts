import { expect, test } from 'vitest'
import { likenessAmong } from './text-likeness.ts'

const texts = [
  '望江广场地下通道积水很深，推婴儿车过不去',
  '望江广场地下通道又积水了，推车过不去很深',
  '望江广场那个地下通道积水，没法过去',
  '楼道灯不亮黑漆漆的',
].map((text) => ({ title: '', text }))

test('two that say the same are alike when they are the only ones, and no less than among others', () => {
  const alone = likenessAmong(texts.slice(0, 2)).between(0, 1)
  const among = likenessAmong(texts).between(0, 1)
  expect(alone).toBeGreaterThan(0.34)
  expect(Math.abs(alone - among)).toBeLessThan(0.1)
})

test('what shares no run of characters is not alike; each pair is told once, the most alike first', () => {
  const among = likenessAmong(texts)
  expect(among.between(0, 3)).toBe(0)
  expect(among.pairs(0.24).map(({ a, b }) => [a, b])).toEqual([
    [0, 1],
    [0, 2],
  ])
})
