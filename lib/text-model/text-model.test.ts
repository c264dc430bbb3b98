import { describe, expect, test } from 'vitest'
import { evaluateTextModel, figuresOf } from './evaluate-text-model.ts'
import { readSamples } from './read-samples.ts'
import { plainMessage, plainText } from './text-grams.ts'
import { classify, wordsFor } from './text-model.ts'
import { readTextModel, writeTextModel } from './text-model-file.ts'
import { type Sample, trainTextModel } from './train-text-model.ts'

const lift = [
  '电梯坏了三天没人修',
  '电梯困人',
  '电梯停运老人爬楼',
  '电梯抖动很吓人',
  '3栋电梯按键失灵',
  '电梯门关不上',
]
const noise = [
  '楼上半夜拖椅子很吵',
  '广场舞音响太吵',
  '楼下烧烤店吵到凌晨',
  '装修噪声早上六点',
  '隔壁唱歌太吵睡不着',
  '夜里机器嗡嗡响很吵',
]
const waste = [
  '垃圾桶满了没人收',
  '垃圾堆在路边发臭',
  '装修垃圾乱倒',
  '垃圾清运太晚',
  '楼下垃圾点苍蝇多',
  '厨余垃圾漏水',
]
const samples: Sample[] = [
  ...lift.map((text) => ({ label: 'lift', title: '', text: `您好，${text}，请尽快处理。` })),
  ...noise.map((text) => ({
    label: 'noise',
    title: text.slice(0, 6),
    text: `反映一下：${text}，希望管一管。`,
  })),
  ...waste.map((text) => ({ label: 'waste', title: '', text: `我是住户，${text}，谢谢！` })),
  ...lift.map((text) => ({ label: 'lift', title: text.slice(0, 5), text })),
]
const model = trainTextModel(samples, { seed: 7, runs: 2_000 })
const said = (text: string, title = '') => ({ title, text })

describe('a text model', () => {
  test('tells classes apart that it learned, from whole messages and from a few words', () => {
    expect(classify(model, said('我们单元的电梯又坏了，谁来修一下'))[0]?.label).toBe('lift')
    expect(classify(model, said('天天晚上吵得睡不着'))[0]?.label).toBe('noise')
    expect(classify(model, said('', '垃圾没人收'))[0]?.label).toBe('waste')
  })

  test('gives shares that sum to one, and an even guess where it knows no word', () => {
    const shares = classify(model, said('电梯坏了，垃圾也没人收')).map(({ share }) => share)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(classify(model, said('ωψξ')).map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3])
  })

  test('names the words of the message that speak for a class, and none that are not in it', () => {
    const words = wordsFor(model, said('我家楼下的垃圾桶满了'), 'waste')
    expect(words.length).toBeGreaterThan(0)
    for (const word of words) expect('我家楼下的垃圾桶满了').toContain(word)
    expect(words.some((word) => word.includes('垃圾'))).toBe(true)
    expect(wordsFor(model, said('我家楼下的垃圾桶满了'), 'unheard-of')).toEqual([])
  })

  test('is the same byte for byte from the same samples and seed, and another from another seed', () => {
    const bytes = (seed: number) => writeTextModel(trainTextModel(samples, { seed, runs: 2_000 }))
    expect(bytes(7)).toEqual(writeTextModel(model))
    expect(bytes(8)).not.toEqual(writeTextModel(model))
  })

  test('answers the same after it was written and read again', () => {
    const again = readTextModel(writeTextModel(model))
    for (const { title, text } of samples) {
      const [before, after] = [classify(model, { title, text }), classify(again, { title, text })]
      expect(after.map(({ label }) => label)).toEqual(before.map(({ label }) => label))
      expect(after[0]?.share).toBeCloseTo(before[0]?.share ?? 0, 2)
    }
  })

  test('holds no text that it learned from', () => {
    const text = new TextDecoder().decode(writeTextModel(model))
    for (const word of ['电梯', '垃圾', '吵']) expect(text).not.toContain(word)
  })

  test('refuses to learn from one class or from next to nothing, and to read what is no whole model', () => {
    expect(() => trainTextModel(samples.slice(0, 5))).toThrow(RangeError)
    expect(() => trainTextModel(Array.from({ length: 30 }, () => ({ label: 'a', ...said('电梯') })))).toThrow(
      RangeError,
    )
    expect(() => readTextModel(new TextEncoder().encode('{"kind":"other"}\n'))).toThrow('no text model')
    expect(() => readTextModel(writeTextModel(model).subarray(0, -3))).toThrow('cut short')
  })
})

test('segmented and running text, full-width signs and pseudonymised places read the same', () => {
  expect(plainText('A3 区 电梯 坏 了 ５ 天 ！')).toBe(plainText('A3区电梯坏了12天'))
  expect(plainText('KTV 扰民')).toBe('ktv扰民')
  expect(plainMessage(said('楼道灯不亮', '楼道灯')).lead).toBe('楼道灯')
  expect(plainMessage(said('', '楼道灯')).whole).toBe('楼道灯')
})

test('figures count what was right, per class and over all, and show nothing for what is not there', () => {
  const guess = (actual: string, guessed: string, share = 0.9) => ({ actual, guessed, share })
  const figures = figuresOf(
    ['a', 'b', 'c'],
    [guess('a', 'a'), guess('a', 'b'), guess('b', 'b'), guess('b', 'b', 0.6)],
  )
  expect(figures).toMatchObject({ samples: 4, right: 3, accuracy: 0.75 })
  // a: precision 1, recall 1/2, F1 2/3; b: precision 2/3, recall 1, F1 4/5; c occurs in no message.
  expect(figures.macroF1).toBeCloseTo((2 / 3 + 4 / 5) / 2, 12)
  expect(figures.classes[2]).toMatchObject({ actual: 0, guessed: 0, precision: null, recall: null, f1: null })
  expect(figures.confusion).toEqual([
    [1, 1, 0],
    [0, 2, 0],
    [0, 0, 0],
  ])
  expect(figures.sure.find(({ share }) => share === 0.7)).toEqual({ share: 0.7, samples: 3, right: 2 })
  expect(evaluateTextModel(model, samples).accuracy).toBeGreaterThan(0.9)
})

test('labelled messages are read from lines of JSON of both shapes and from tables in Chinese or English', () => {
  const lines =
    '{"tokens":"电梯 坏 了","label":"lift"}\n{"title":"吵","text":"太吵","label":"noise"}\n{"title":"x"}\n{broken\n'
  expect(readSamples(lines)).toEqual({
    samples: [
      { label: 'lift', title: '', text: '电梯 坏 了' },
      { label: 'noise', title: '吵', text: '太吵' },
    ],
    leftOut: [3, 4],
  })
  expect(readSamples('标题,内容,类别\n吵,"太吵，真的",噪声\n,,噪声\n')).toEqual({
    samples: [{ label: '噪声', title: '吵', text: '太吵，真的' }],
    leftOut: [3],
  })
  expect(() => readSamples('a,b\n1,2\n')).toThrow(RangeError)
})
