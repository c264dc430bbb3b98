import { expect, test } from 'vitest'
import { drawPaper } from './pdf.ts'

const at = new Date('2026-11-22T02:00:00Z')
const draw = () =>
  drawPaper({ size: 'A4', title: '承办单', at }, (paper) => {
    paper.qr('http://127.0.0.1/x', 28, '扫码')
    paper.title('承办单 𬱖')
    paper.facts([
      ['事由', '长'.repeat(3000)],
      ['空', ''],
    ])
    paper.lines('办理结果', 4)
  })

test('A paper carries its own type, breaks its pages, and is the same for the same input', async () => {
  const [one, two] = await Promise.all([draw(), draw()])
  expect(one.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  expect(one.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
  expect(one.toString('latin1')).toContain('NotoSansSC')
  expect(one.length).toBeLessThan(200_000)
  expect(one.length).toBe(two.length)
})
