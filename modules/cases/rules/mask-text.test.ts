import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskText } from './mask-text.ts'

test.each([
  ['我叫王小明，电话13800000001', '〔姓名〕,电话〔电话〕'],
  ['打 138-0000-0001 或 028-86543210', '打 〔电话〕 或 〔电话〕'],
  ['身份证11010519491231002X', '身份证〔证件号〕'],
  ['梧桐苑3栋2单元501室漏水', '梧桐苑〔门牌〕漏水'],
  ['三号楼一单元的灯坏了', '〔门牌〕的灯坏了'],
  ['住3-2-501，门口', '住〔门牌〕,门口'],
  ['桐荫路18号旁边', '桐荫路〔门牌〕旁边'],
  ['张阿姨和李师傅吵架', '〔姓名〕阿姨和〔姓名〕师傅吵架'],
  ['川A·12345 堵在门口', '〔车牌〕 堵在门口'],
  ['写信到 a.b@example.com', '写信到 〔邮箱〕'],
])('%s leaves as %s', (text, masked) => {
  expect(maskText(text)).toBe(masked)
})

test('what the case knows of its reporter is taken out wherever and however it stands', () => {
  const known = [{ name: '欧阳金丝雀', phone: '13711119999', address: '听雨里后门小平房' }]
  const masked = maskText('欧阳金丝雀说：听雨里后门小平房漏雨，１３７ １１１１ ９９９９', known)
  for (const word of ['欧阳', '金丝雀', '听雨里', '1371', '9999']) expect(masked).not.toContain(word)
})

test('no phone or id number of any number leaves, whatever stands around it', () => {
  const around = fc.constantFrom('', '，', '电话', ' ', '我的号码是')
  const phone = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String)
  fc.assert(
    fc.property(around, phone, around, (before, number, after) => {
      expect(maskText(`${before}${number}${after}`)).not.toMatch(/\d{5}/)
    }),
    { numRuns: 100 },
  )
})

test('numbers that name nobody stay', () => {
  expect(maskText('停水3天，2026年11月22日，12345热线没人接，一共20户')).toContain('停水3天')
  expect(maskText('晚上8点到10点')).toBe('晚上8点到10点')
})
