import { expect, test } from 'vitest'
import { soundsUrgent } from './emergency-words.ts'

test.each([
  ['楼上着火了，浓烟很大', ['119']],
  ['厨房闻到燃气味', ['119']],
  ['有人在楼下打人', ['110']],
  ['老人晕倒在楼道里', ['120']],
  ['有人被关在电梯里', ['119']],
  ['有人要跳楼', ['110', '120']],
  ['I smell gas in the stairwell', ['119']],
  ['My neighbour fainted', ['120']],
])('%s brings up %j', (text, numbers) => {
  expect(soundsUrgent(text)).toEqual(numbers)
})

test.each(['3栋楼道的灯坏了一个星期', '垃圾没人清，味道很大', '想问养老卡怎么办', '热水器点火要师傅', ''])(
  'an everyday matter brings up no number: %s',
  (text) => {
    expect(soundsUrgent(text)).toEqual([])
  },
)
