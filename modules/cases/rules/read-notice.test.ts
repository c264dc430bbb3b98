import { expect, test } from 'vitest'
import { weekdayOf } from '../../../lib/time.ts'
import { readNotice } from './read-notice.ts'
import { shippedCalendar } from './working-days.ts'

const notice2026 = `国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`

test('the notice of 2026, pasted as it was published, is the calendar that ships', () => {
  const { days, errors, warnings } = readNotice(2026, notice2026)
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
  const differing = days
    .filter(({ day, working }) => working === [0, 6].includes(weekdayOf(day)))
    .map(({ day, working }) => [day, working])
  const shipped = shippedCalendar.exceptions
    .filter(({ day }) => day.startsWith('2026-'))
    .map(({ day, working }) => [day, working])
  expect(differing).toEqual(shipped)
})

test('the same notice under another year is refused: its weekdays do not fit', () => {
  const { errors } = readNotice(2027, notice2026)
  expect(errors.length).toBeGreaterThan(3)
  expect(errors[0]?.zh).toContain('是不是选错了年份')
})

test.each([
  ['a count that is not the days', '一、元旦：1月1日至3日放假，共4天。', '共 4 天'],
  ['a day that is none', '一、元旦：2月30日放假。', '不是日期'],
  ['a day both off and worked', '一、元旦：1月1日放假。1月1日上班。', '又说放假又说上班'],
  ['words without a holiday', '请大家放假注意安全', '没有认出节日'],
  ['nothing', '', '没有读到任何一天'],
  ['broken JSON', '{"days": [', '读不出来'],
  ['a line that is no day', '2026-01-01,放假,元旦\n下周一,放假,元旦', '第 2 行'],
  ['a day of another year', '2025-05-01,放假,劳动节', '不在 2026 年'],
])('%s is told and refused', (_, text, words) => {
  expect(
    readNotice(2026, text)
      .errors.map(({ zh }) => zh)
      .join(),
  ).toContain(words)
})

test('a span over the turn of the year reads into December', () => {
  const { days } = readNotice(2023, '一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。')
  expect(days.map(({ day }) => day)).toEqual(['2022-12-31', '2023-01-01', '2023-01-02'])
})

test('tables and JSON say the same as the notice', () => {
  const expected = [
    { day: '2026-01-01', working: false, name: '元旦' },
    { day: '2026-01-04', working: true, name: '元旦' },
  ]
  for (const text of [
    '日期,类型,名称\n2026-01-01,放假,元旦\n2026-01-04,上班,元旦',
    '2026/1/1\t休\t元旦\n2026年1月4日\t班\t元旦',
    '{"year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true},{"name":"元旦","date":"2026-01-04","isOffDay":false}]}',
    '[{"day":"2026-01-01","working":false,"name":"元旦"},{"day":"2026-01-04","working":true,"name":"元旦"}]',
  ])
    expect(readNotice(2026, text).days).toEqual(expected)
})

test('a notice that was pasted in part is taken with a warning that names what is missing', () => {
  const { errors, warnings } = readNotice(2026, '一、元旦：1月1日至3日放假，共3天。')
  expect(errors).toEqual([])
  expect(warnings[0]?.zh).toContain('春节、清明')
})
