import { expect, test } from 'vitest'
import { type CaseKind, caseKinds, type Urgency, urgencies } from '../contract.ts'
import { clockWords, defaultClockRule, spanWords } from './clock-defaults.ts'

const short = (kind: CaseKind, urgency: Urgency) => {
  const { response, finish } = defaultClockRule(kind, urgency)
  return `${spanWords(response).zh} ${spanWords(finish).zh}`
}

// Rule: rules.md 4.4.
test.each<[CaseKind, string, string, string, string]>([
  ['inquiry', '15分钟 2小时', '1小时 24小时', '24小时 3个工作日', '24小时 3个工作日'],
  ['help', '15分钟 2小时', '1小时 24小时', '24小时 5个工作日', '24小时 15个工作日'],
  ['complaint', '15分钟 2小时', '1小时 24小时', '24小时 5个工作日', '24小时 15个工作日'],
  ['report', '15分钟 2小时', '1小时 24小时', '24小时 5个工作日', '24小时 15个工作日'],
  ['suggestion', '15分钟 2小时', '1小时 24小时', '24小时 7个工作日', '24小时 15个工作日'],
  ['praise', '15分钟 2小时', '1小时 24小时', '24小时 5个工作日', '24小时 5个工作日'],
])('the default clocks of %s by urgency', (kind, ...expected) => {
  expect(urgencies.map((urgency) => short(kind, urgency))).toEqual(expected)
})

test('danger and lifelines run by clock time whatever the kind', () => {
  for (const kind of caseKinds)
    for (const urgency of ['P0', 'P1'] as const) {
      const { response, finish } = defaultClockRule(kind, urgency)
      for (const { unit } of [response, finish]) expect(unit).toMatch(/^clock-/)
    }
})

test('every rule has words and a source in both languages that tell its numbers', () => {
  for (const kind of caseKinds)
    for (const urgency of urgencies) {
      const rule = defaultClockRule(kind, urgency)
      for (const language of ['zh', 'en'] as const) {
        expect(rule.words[language]).toContain(spanWords(rule.response)[language])
        expect(rule.words[language]).toContain(spanWords(rule.finish)[language])
        expect(rule.words[language]).toContain(rule.source[language])
      }
      expect(rule.words.en).not.toMatch(/\p{Script=Han}/u)
    }
})

test('the words read as one sentence', () => {
  expect(defaultClockRule('help', 'P2').words).toEqual({
    zh: '求助（一般）：24小时内联系，5个工作日内答复。依据：通用时限表P2；济南市12345热线条例第24条',
    en: 'Request for help (general): contact within 24 hours, answer within 5 working days. Source: general table P2; Jinan 12345 hotline regulation, article 24',
  })
  expect(defaultClockRule('complaint', 'P3').words.zh).toContain('经批准可延长不超过15个工作日')
  const own = clockWords('help', 'P2', {
    response: { amount: 1, unit: 'clock-hours' },
    finish: { amount: 1, unit: 'natural-days' },
    source: { zh: '街道', en: 'the street' },
  })
  expect(own.en).toBe(
    'Request for help (general): contact within 1 hour, answer within 1 calendar day. Source: the street',
  )
})
