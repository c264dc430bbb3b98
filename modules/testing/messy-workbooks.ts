/**
 * Six tables as messy as those that streets have: titles above the heading, two-line headings, merged cells, full-width
 * digits, three kinds of dates, phones as numbers, totals and notes at the end. Every person in them is made up, and the
 * tables say so. The same seed gives the same tables.
 */
import excel from 'exceljs'
import { createSeededRandom } from '../../lib/seeded-random.ts'

export const messyCommunities = ['桐荫社区', '清江社区', '梧桐社区'] as const
const grids = 3
const note = '（虚构数据，仅供测试）'

const wide = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
const givenNames = '安宁乐禾秋实青山云舒知行一诺嘉言望舒景明'
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'

/** A made-up name: a surname, 试, and one more. */
export function madeUpName(index: number): string {
  return `${surnames[index % surnames.length]}试${givenNames[Math.floor(index / 3) % givenNames.length]}`
}
const madeUpPhone = (index: number): string => `1390000${String(1000 + index).slice(-4)}`

async function bytesOf(book: excel.Workbook): Promise<Buffer> {
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** The same day as a real date, a text, or a serial number. */
function oneOfThree(day: string, index: number): excel.CellValue {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const at = Date.UTC(year, month - 1, date)
  const kinds: excel.CellValue[] = [
    new Date(at),
    `${year}年${month}月${date}日`,
    Math.round(at / 86_400_000) + 25_569,
    `${year}.${month}.${date}`,
    `${String(year).slice(2)}/${month}/${date}`,
  ]
  return kinds[index % kinds.length] ?? null
}

function titled(book: excel.Workbook, name: string, title: string, columns: number): excel.Worksheet {
  const sheet = book.addWorksheet(name)
  sheet.addRow([title])
  sheet.mergeCells(1, 1, 1, columns)
  sheet.getCell(1, 1).font = { bold: true, size: 16 }
  sheet.addRow(['填报单位：桐荫街道办事处（虚构）', null, null, '填报日期：2026年9月1日'])
  return sheet
}

/** 3 communities with 3 grids each; the community's cell is merged over its grids. 9 rows, 12 areas. */
export async function areasWorkbook(): Promise<Buffer> {
  const book = new excel.Workbook()
  book.addWorksheet('填表说明').addRows([['请各社区如实填写。'], ['红色为必填。']])
  const sheet = titled(book, '网格划分', `桐荫街道网格划分情况一览表${note}`, 7)
  sheet.addRow(['序号', '所属社区', '网格名称', '四至范围', '网格长', null, '划定时间'])
  sheet.addRow([null, null, null, null, '姓名', '联系电话', null])
  for (const column of [1, 2, 3, 4, 7]) sheet.mergeCells(3, column, 4, column)
  sheet.mergeCells(3, 5, 3, 6)
  let row = 5
  let number = 0
  for (const community of messyCommunities) {
    for (let grid = 1; grid <= grids; grid++) {
      const phone: excel.CellValue =
        number % 2 === 0 ? Number(madeUpPhone(number)) : wide(madeUpPhone(number))
      sheet.addRow([
        ++number,
        community,
        number % 3 === 0 ? `第${wide(String(grid))}网格 ` : `第${grid}网格`,
        `东至桐荫路${grid}号，南至清江街，西至铁路，北至${community}界`,
        madeUpName(number),
        phone,
        oneOfThree('2026-03-05', number),
      ])
    }
    sheet.mergeCells(row, 2, row + grids - 1, 2)
    row += grids
  }
  sheet.addRow([
    '合计',
    null,
    `${number} 个网格`,
    null,
    { formula: `COUNTA(E5:E${row - 1})`, result: number },
  ])
  sheet.addRow(['备注：网格调整须报街道备案。'])
  sheet.mergeCells(row + 1, 1, row + 1, 7)
  const hidden = book.addWorksheet('旧版', { state: 'hidden' })
  hidden.addRows([
    ['社区', '网格'],
    ['桐荫社区', '作废网格'],
  ])
  return bytesOf(book)
}

/** As an old system writes it: csv in GBK, with a title line. 8 good rows and one of no known kind. */
export function organisationsCsv(): Buffer {
  const rows = [
    `桐荫街道承办单位名录${note},,,`,
    '序号,单位名称,单位类别,服务范围',
    '1,桐荫综合行政执法队,综合执法,',
    '2,桐荫派出所,公安,',
    '3,"清江物业服务有限公司（虚构）",物业公司,清江社区',
    '4,梧桐物业服务有限公司,物 业,"梧桐社区、桐荫社区"',
    '5,市供水公司桐荫营业所,自来水,',
    '6,桐荫供电所,供电所,',
    '7,桐荫环卫所,环卫,',
    '8,桐荫街道建设办,科室,',
    '9,桐荫广场舞队,舞队,',
    '合计,9 家,,',
  ]
  return encodeGbk(rows.join('\r\n'))
}

/** 24 people: two of them wrong, one twice; one holds two posts. */
export async function staffWorkbook(): Promise<Buffer> {
  const book = new excel.Workbook()
  const sheet = titled(book, 'Sheet1', `桐荫街道网格队伍花名册${note}`, 7)
  const heading = ['序号', '姓 名', '职务', '所属网格或单位', '手机号码（必填）', '上岗时间', '备注']
  sheet.addRow(heading)
  let number = 0
  const add = (role: string, place: string, more: { name?: string; phone?: excel.CellValue } = {}) => {
    number++
    const name = more.name ?? madeUpName(number + 20)
    const phone =
      more.phone ?? (number % 2 === 0 ? Number(madeUpPhone(number + 20)) : madeUpPhone(number + 20))
    sheet.addRow([
      number,
      number % 4 === 0 ? `${name}　` : name,
      role,
      place,
      phone,
      oneOfThree('2026-03-05', number),
    ])
  }
  for (const community of messyCommunities) {
    sheet.addRow([`${community}`])
    sheet.mergeCells(sheet.rowCount, 1, sheet.rowCount, 7)
    add('社区书记', community)
    add('社工', community)
    for (let grid = 1; grid <= grids; grid++) add('专职网格员', `${community}第${grid}网格`)
  }
  sheet.addRow(heading)
  add('派单员', '', {})
  add('值班长', '')
  add('核查员', '')
  add('办理人', '桐荫派出所')
  add('办理人', '清江物业服务有限公司（虚构）')
  add('核查员', '', { name: '双岗试', phone: '13900009901' })
  add('督办员', '', { name: '双岗试', phone: 13900009901 })
  add('专职网格员', '没有的社区第9网格')
  add('网格总管', '桐荫社区')
  add('社工', '桐荫社区', { name: '少一位', phone: '1390000123' })
  add('核查员', '', { name: '双岗试', phone: '13900009901' })
  sheet.addRow([null, null, null, null, null, null, null])
  sheet.addRow(['合计', `${number} 人`])
  sheet.addRow(['制表人：试样', null, '审核人：试样'])
  return bytesOf(book)
}

/** 12 rules by code and by name; one names a matter that the catalogue has not. */
export async function dutyWorkbook(): Promise<Buffer> {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('职责清单')
  sheet.addRow([`桐荫街道职责清单${note}`])
  sheet.mergeCells('A1:F1')
  sheet.addRow(['序号', '责任主体', '事项编码', '职责类型', '上级部门', '依据'])
  const holders: [string, string, string][] = [
    ['社区', 'LX01', '应办'],
    ['社区', 'LX05', '配合'],
    ['社区居委会', 'LX09', '不予承办'],
    ['综合执法', 'GB06', '应当承办'],
    ['派出所', 'LX03', '主责'],
    ['物业公司', 'LX01005', '应办'],
    ['物业公司', 'LX01001', '应办'],
    ['供排水', 'LX01004', '应办'],
    ['环境卫生', 'LX02', '应办'],
    ['其他职能部门', 'LX04', '配合履职'],
    ['网格', 'LX01005', '可以承办'],
    ['社区', 'ZZ99', '应办'],
  ]
  holders.forEach(([holder, matter, duty], index) => {
    sheet.addRow([
      wide(String(index + 1)),
      holder,
      matter,
      duty,
      '',
      `街道职责清单（2026 年）第 ${index + 1} 条`,
    ])
  })
  sheet.addRow(['说明：以上为虚构示例。'])
  sheet.mergeCells(sheet.rowCount, 1, sheet.rowCount, 6)
  return bytesOf(book)
}

/** October 2026, day and night; the month is written once above, days three ways. 62 shifts. */
export async function rosterWorkbook(): Promise<Buffer> {
  const book = new excel.Workbook()
  const sheet = titled(book, '10月值班', `桐荫街道2026年10月值班表${note}`, 7)
  sheet.addRow(['日期', '星期', '班次', '值班时间', '带班领导', '值班人员', '值班电话'])
  const weekdays = '日一二三四五六'
  for (let day = 1; day <= 31; day++) {
    const text = `2026-10-${String(day).padStart(2, '0')}`
    const weekday = weekdays[new Date(`${text}T00:00:00Z`).getUTCDay()]
    // The duty head, the dispatcher and the supervisor of the staff list; the 31st names somebody who is not there.
    const head = day === 31 ? '查无此人' : madeUpName(17 + 20)
    const [first, second] = [madeUpName(16 + 20), '双岗试']
    sheet.addRow([
      oneOfThree(text, day),
      `星期${weekday}`,
      '白班',
      '8:30-20:30',
      head,
      `${first}、${second}`,
      13900001000 + day,
    ])
    sheet.addRow([null, null, '夜班', '２０：３０－次日８：３０', head, second, 13900001000 + day])
    for (const column of [1, 2]) sheet.mergeCells(sheet.rowCount - 1, column, sheet.rowCount, column)
  }
  sheet.addRow(['备注：值班人员不得脱岗，交接班写交接记录。'])
  sheet.mergeCells(sheet.rowCount, 1, sheet.rowCount, 7)
  return bytesOf(book)
}

const complaints = [
  '楼道灯坏了一个星期，晚上老人上楼看不见。',
  '小区门口垃圾桶满了没人清运，天热味道很大。',
  '楼上空调滴水，打湿了我家的窗台。',
  '夜里烧烤摊油烟和吵闹，影响休息。',
  '下水道返味，找物业几次没有解决。',
  '消防通道被车占了，请尽快处理。',
] as const

/** Orders from above, every tenth of them wrong in one way: no number, no text, no time, or a number said twice. */
export async function ordersWorkbook(rows = 500, seed = 20_260_914): Promise<Buffer> {
  const random = createSeededRandom(seed)
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('工单导出')
  sheet.addRow([`12345 热线转办工单${note}`])
  sheet.mergeCells('A1:J1')
  sheet.addRow([
    '序号',
    '工单编号',
    '来电时间',
    '来电人',
    '联系电话',
    '诉求类别',
    '诉求标题',
    '诉求内容',
    '事发地址',
    '办结时限',
  ])
  for (let index = 1; index <= rows; index++) {
    const community =
      messyCommunities[Math.floor(random.next() * messyCommunities.length)] ?? messyCommunities[0]
    const text = complaints[Math.floor(random.next() * complaints.length)] ?? complaints[0]
    const fault = index % 10 === 0 ? (index / 10) % 4 : -1
    const number =
      fault === 3 ? `YN2026${String(index - 1).padStart(6, '0')}` : `YN2026${String(index).padStart(6, '0')}`
    const day = `2026-09-${String(1 + Math.floor(random.next() * 12)).padStart(2, '0')}`
    const hour = 8 + Math.floor(random.next() * 10)
    const at: excel.CellValue =
      index % 3 === 0
        ? new Date(`${day}T${String(hour).padStart(2, '0')}:20:00Z`)
        : index % 3 === 1
          ? `${day} ${hour}:20:00`
          : `${day.replace(/-/g, '/')} ${hour}:20`
    sheet.addRow([
      index,
      fault === 0 ? '' : number,
      fault === 2 ? '上周' : at,
      index % 7 === 0 ? '匿名' : madeUpName(index),
      index % 5 === 0 ? '' : index % 2 === 0 ? Number(madeUpPhone(index)) : madeUpPhone(index),
      ['投诉', '求助', '咨询', '建议', '举报'][index % 5],
      text.slice(0, 10),
      fault === 1 ? '' : `${text}（${community}${wide(String((index % 9) + 1))}栋）`,
      `${community}第${(index % grids) + 1}网格${(index % 20) + 1}栋`,
      oneOfThree('2026-09-25', index),
    ])
  }
  sheet.addRow(['合计', `${rows} 件`])
  return bytesOf(book)
}

/** Buildings of the messy street's grids, for measuring: `dirty` of each ten lie in a grid that is not there. */
export async function buildingsWorkbook(rows: number, dirty = 1): Promise<Buffer> {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('楼栋')
  sheet.addRow([`桐荫街道楼栋台账${note}`])
  sheet.addRow(['序号', '小区名称', '楼栋号', '详细地址', '所属网格', '户数'])
  for (let index = 1; index <= rows; index++) {
    const community = messyCommunities[index % messyCommunities.length] ?? messyCommunities[0]
    const grid = index % 10 < dirty ? '没有的网格' : `${community}第${(index % grids) + 1}网格`
    sheet.addRow([
      index,
      `梧桐苑${Math.ceil(index / 40)}期`,
      `${index}栋`,
      `桐荫路${index}号`,
      grid,
      20 + (index % 50),
    ])
  }
  return bytesOf(book)
}

let gbk: Map<string, number> | undefined

/** GBK bytes, for tables of old systems: the table is read backwards out of the decoder. */
export function encodeGbk(text: string): Buffer {
  if (gbk === undefined) {
    gbk = new Map()
    const decoder = new TextDecoder('gb18030')
    for (let high = 0x81; high <= 0xfe; high++)
      for (let low = 0x40; low <= 0xfe; low++)
        if (low !== 0x7f) gbk.set(decoder.decode(Uint8Array.of(high, low)), high * 256 + low)
  }
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const pair = code < 0x80 ? undefined : gbk.get(character)
    if (code < 0x80) bytes.push(code)
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 255)
    else throw new Error(`${character} is not in GBK`)
  }
  return Buffer.from(bytes)
}
