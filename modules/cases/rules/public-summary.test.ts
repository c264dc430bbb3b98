import { describe, expect, test } from 'vitest'
import { caseStates } from '../words.ts'
import { decideSummary, mayBePublic, type PublishFacts, summaryRefusal } from './public-summary.ts'

const said = { text: '我家楼下夜里总有人打麻将吵得睡不着觉', name: '欧阳晓明', phone: '13711112222' }

describe('words for the public', () => {
  test.each([
    ['the staff’s own words', '夜间噪声扰民，已上门劝导', undefined],
    ['a place by compound and road', '桐荫路18号院夜间噪声已劝导', undefined],
    ['a count is no phone', '更换路灯 12 盏，投入 35000 元', undefined],
    ['a day is no phone', '2026年9月14日已完成', undefined],
    ['a day by dashes is no door', '2026-09-14 已完成', undefined],
    ['the reporter’s name', '欧阳晓明反映的噪声已处理', 'cases/summary-names-person'],
    ['a surname and how one is called', '李大爷反映的噪声已处理', 'cases/summary-names-person'],
    ['a mobile phone', '联系 13900001111 处理', 'cases/summary-names-person'],
    ['a phone with spaces and full-width digits', '联系 １３９ 0000 1111', 'cases/summary-names-person'],
    ['a landline', '请拨 023-67891234', 'cases/summary-names-person'],
    ['an identity number', '证件 11010519491231002X', 'cases/summary-names-person'],
    ['a building', '3栋楼道灯已修好', 'cases/summary-names-person'],
    ['a door', '2单元501室噪声', 'cases/summary-names-person'],
    ['a door by dashes', '3-2-501 漏水', 'cases/summary-names-person'],
    ['the resident’s own sentence', '居民说楼下夜里总有人打麻将吵得睡不着', 'cases/summary-own-words'],
    ['the same with other punctuation', '楼下夜里，总有人打麻将：吵得睡不着觉', 'cases/summary-own-words'],
  ] as const)('%s', (_, summary, why) => {
    expect(summaryRefusal({ summary, ...said })).toBe(why)
  })

  test('a short word of the resident is a name of the thing, a whole short text is a copy', () => {
    expect(
      summaryRefusal({ summary: '路灯不亮，已修', text: '路灯不亮', name: '', phone: '' }),
    ).toBeUndefined()
    expect(
      summaryRefusal({ summary: '小区门口的路灯不亮了', text: '小区门口的路灯不亮', name: '', phone: '' }),
    ).toBe('cases/summary-own-words')
  })
})

test('only accepted cases of public matters that nobody told in confidence may be public', () => {
  const matter = { isPublic: true, sensitive: false }
  for (const state of caseStates)
    expect([state, mayBePublic({ state, confidential: false, matter })]).toEqual([
      state,
      !['pending', 'declined', 'merged'].includes(state),
    ])
  const accepted = { state: 'accepted' as const, confidential: false }
  expect(mayBePublic({ ...accepted, matter: null })).toBe(false)
  expect(mayBePublic({ ...accepted, matter: { isPublic: false, sensitive: false } })).toBe(false)
  expect(mayBePublic({ ...accepted, matter: { isPublic: true, sensitive: true } })).toBe(false)
  expect(mayBePublic({ ...accepted, confidential: true, matter })).toBe(false)
})

describe('who writes, publishes, withdraws', () => {
  const facts: PublishFacts = {
    mayBePublic: true,
    draft: '新的话',
    draftBy: 'writer',
    published: null,
    actor: 'other',
    isCommunity: true,
    isDesk: true,
  }
  test.each<[string, Partial<PublishFacts>, string]>([
    ['another of the community publishes', {}, 'write publish'],
    ['the writer does not', { actor: 'writer' }, 'write'],
    ['the street’s desk only writes', { isCommunity: false }, 'write'],
    ['nobody else does anything', { isCommunity: false, isDesk: false }, ''],
    ['nothing to publish', { draft: null, draftBy: null }, 'write'],
    ['the same words are not published twice', { published: '新的话' }, 'write withdraw'],
    ['new words over published ones', { published: '旧的话' }, 'write publish withdraw'],
    ['no longer public: withdrawing stays open', { mayBePublic: false, published: '旧的话' }, 'withdraw'],
  ])('%s', (_, more, expected) => {
    const can = Object.entries(decideSummary({ ...facts, ...more }))
    expect(
      can
        .filter(([, { ok }]) => ok)
        .map(([act]) => act)
        .join(' '),
    ).toBe(expected)
  })
})
