import PizZip from 'pizzip'
import { expect, test } from 'vitest'
import { fillDocx } from './fill-docx.ts'

const template = (() => {
  const zip = new PizZip()
  zip.file(
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  )
  zip.file(
    'word/document.xml',
    '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>{{title}}</w:t></w:r></w:p><w:p><w:r><w:t>{{#rows}}{{text}};{{/rows}}</w:t></w:r></w:p></w:body></w:document>',
  )
  return zip.generate({ type: 'uint8array' })
})()

test('a control character that somebody pasted is left out, and the paper is made', () => {
  const filled = fillDocx(template, {
    once: { title: '电梯\u0001坏了\ufffe𬱖' },
    lists: { rows: [{ text: 'a\u001fb' }, { text: '<w:p/>' }] },
  })
  const text = new PizZip(filled).file('word/document.xml')?.asText() ?? ''
  expect(text).toContain('电梯坏了𬱖')
  expect(text).toContain('ab;&lt;w:p/&gt;;')
})
