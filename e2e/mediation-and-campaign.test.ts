/**
 * A dispute from the desk to an agreement, seen by a party on their phone; a hazard from the grid to its ledger; a violation
 * from a phone to both photos and its counter; a quarrel whose person asks for mediation.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../lib/ids.ts'
import * as cases from '../modules/cases/contract.ts'
import * as safety from '../modules/safety/contract.ts'
import { safetyModule } from '../modules/safety/server/index.ts'
import { type CaseSteps, caseSteps } from '../modules/testing/case-steps.ts'
import {
  axeFindings,
  desk,
  type JourneyBrowser,
  openBrowser,
  phone,
  sidewaysScroll,
} from './support/browser.ts'
import { photo } from './support/photo.ts'
import { type JourneyServer, startJourneyServer } from './support/server.ts'

let server: JourneyServer
let browser: JourneyBrowser
let steps: CaseSteps
beforeAll(async () => {
  server = await startJourneyServer({ modules: [safetyModule] })
  browser = await openBrowser(server)
  steps = caseSteps(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const open = async (username: string, path: string) =>
  browser.open(`/console${path}`, { as: await server.as(username), viewport: desk })

test('the desk registers a dispute, a party agrees and chooses on the phone, and an agreement ends it', async () => {
  await (await steps.by('clerk-c1')).call(safety.putMediator, {
    params: { id: newId(Date.now()) },
    body: {
      areaId: server.street.areaId('c1g1'),
      tier: 'courtyard',
      name: '老郑',
      about: '退休教师',
      active: true,
    },
  })
  const clerk = await open('clerk-c1', '/mediations')
  await clerk.page.getByRole('button', { name: '登记调解' }).click()
  await clerk.page.getByLabel('在哪里').selectOption({ label: '天桥社区第1网格微网格01' })
  await clerk.page.getByLabel('什么纠纷').selectOption({ label: '邻里' })
  await clerk.page.getByLabel('等级').selectOption({ label: '黄色（有分歧）' })
  await clerk.page.getByLabel('为了什么事').fill('楼上漏水，天花板泡坏，双方对赔多少谈不拢。')
  const first = clerk.page.getByRole('group', { name: '当事人 1' })
  const second = clerk.page.getByRole('group', { name: '当事人 2' })
  await first.getByLabel('姓名').fill('欧阳金丝雀')
  await first.getByLabel('手机').fill('13900000001')
  await second.getByLabel('姓名').fill('司徒铁柱')
  expect(await axeFindings(clerk.page)).toEqual([])
  await clerk.page.getByRole('button', { name: '登记', exact: true }).click()
  await clerk.page.getByText('楼上漏水', { exact: false }).waitFor()
  expect(await axeFindings(clerk.page)).toEqual([])

  const party = await browser.open('/m/mediations', { as: await steps.resident(), viewport: phone })
  await party.page.getByText('调解中').tap()
  await party.page.getByRole('button', { name: '愿意', exact: true }).tap()
  await party.page.getByText('您已表示愿意').waitFor()
  await party.page.getByRole('button', { name: '请这位' }).tap()
  await party.page.getByText('您想请 老郑').waitFor()
  expect(await axeFindings(party.page)).toEqual([])
  expect(await sidewaysScroll(party.page)).toBe(0)

  const box = clerk.page.getByRole('dialog')
  const act = async (name: string, fill: () => Promise<unknown>) => {
    await clerk.page.getByRole('button', { name, exact: true }).first().click()
    await box.waitFor()
    await fill()
    await box.getByRole('button', { name, exact: true }).click()
    await box.waitFor({ state: 'detached' })
  }
  await clerk.page.reload()
  await act('记录意愿', () => box.getByLabel('怎么说的').selectOption({ label: '当面' }))
  await act('确定调解员', () => box.getByLabel('谁定的').selectOption({ label: '双方选的' }))
  await act('记录调解', async () => {
    await box.getByLabel('在哪里谈').fill('三栋架空层')
    await box.getByLabel('结果').selectOption({ label: '谈成了' })
    await box.getByLabel('谈了什么（简要）').fill('楼上愿意修，楼下不再要误工费。')
  })
  await clerk.page.getByRole('button', { name: '拟写协议' }).click()
  await clerk.page.getByLabel('形式').selectOption({ label: '口头协议' })
  await clerk.page.getByLabel('各方责任').fill('楼上负责。')
  await clerk.page.getByLabel('协议内容').fill('修好水管，重刷天花板。')
  await clerk.page.getByLabel('做什么').fill('修水管、刷天花板')
  await clerk.page.getByLabel('怎么做').fill('请工人上门')
  expect(await axeFindings(clerk.page)).toEqual([])
  await clerk.page.getByRole('button', { name: '保存协议' }).click()
  await clerk.page.getByText('可以一起申请司法确认', { exact: false }).waitFor()
  expect(clerk.faults).toEqual([])
  await clerk.close()

  await party.page.reload()
  await party.page.getByText('生效，请按约定履行', { exact: false }).waitFor()
  expect(await party.page.getByRole('link', { name: '查看协议' }).getAttribute('href')).toContain(
    'agreement-paper',
  )
  expect(party.faults).toEqual([])
  await party.close()

  const grid = await open('grid-worker-c1g1', '/mediations')
  await grid.page.getByText('没有调解').waitFor()
  await grid.close()
})

test('what a grid member reported is put on the ledger of a campaign, and the number there opens its line', async () => {
  await server.file(await steps.by('grid-worker-c1g1'), {
    text: '二楼楼道堆满纸箱，消防通道堵了。',
    channel: 'field',
  })
  const clerk = await open('dispatcher', '/campaigns')
  await clerk.page.getByRole('button', { name: '新建行动' }).click()
  await clerk.page.getByLabel('行动名称').fill('除险清患百日行动')
  await clerk.page.getByLabel('在哪里').selectOption({ label: '滨河街道' })
  await clerk.page.getByLabel('消防').check()
  expect(await axeFindings(clerk.page)).toEqual([])
  await clerk.page.getByRole('button', { name: '建立行动' }).click()
  await clerk.page.getByRole('heading', { name: '除险清患百日行动' }).waitFor()
  const address = clerk.page.url()
  expect(clerk.faults).toEqual([])
  await clerk.close()

  const desk1 = await open('clerk-c1', new URL(address).pathname.replace('/console', ''))
  await desk1.page.getByRole('button', { name: '列入隐患' }).click()
  const which = desk1.page.getByLabel('哪一条')
  await which.locator('option', { hasText: '消防通道' }).waitFor({ state: 'attached' })
  await which.selectOption({ index: 1 })
  await desk1.page.getByLabel('责任单位').fill('一楼百货店')
  await desk1.page.getByLabel('谁督促整改').selectOption({ label: '安居物业' })
  expect(await axeFindings(desk1.page)).toEqual([])
  await desk1.page.getByRole('button', { name: '列入并交办' }).click()
  await desk1.page.getByRole('cell', { name: '一楼百货店' }).waitFor()
  await desk1.page.getByRole('row', { name: /合计/ }).getByRole('link').first().click()
  await desk1.page.getByText('看全部').waitFor()
  expect(await desk1.page.getByRole('cell', { name: '一楼百货店' }).count()).toBe(1)
  expect(await axeFindings(desk1.page)).toEqual([])
  expect(desk1.faults).toEqual([])
  await desk1.close()
})

test('a violation goes from a phone to both photos, and the number of its counter opens it', async () => {
  const worker = await browser.open('/m/field', {
    as: await server.as('grid-worker-c1g1'),
    viewport: phone,
  })
  await server.file(await server.asResident('13900000001'), { text: '河边有人露天烧烤，炭灰倒在树池里。' })
  await worker.page.reload()
  await worker.page.getByRole('link', { name: /露天烧烤/ }).tap()
  await worker.page.getByRole('button', { name: '自行处置' }).tap()
  for (const place of ['first', 'last'] as const) {
    const [chooser] = await Promise.all([
      worker.page.waitForEvent('filechooser'),
      worker.page.locator('label.take')[place]().tap(),
    ])
    await chooser.setFiles(await photo(place === 'first' ? '#7a4a32' : '#5d8a5a'))
  }
  await worker.page.getByLabel('怎么处置的').fill('请摊主熄火收走了，炭灰已清。')
  await worker.page.getByRole('button', { name: '处置完了，送核查' }).tap()
  await worker.page.getByText('待核查').first().waitFor()
  expect(worker.faults).toEqual([])
  await worker.close()

  const clerk = await open('clerk-c1', '/violations')
  await clerk.page.getByText('这一年还没有').waitFor()
  await clerk.page.getByRole('button', { name: '列入台账' }).click()
  const which = clerk.page.getByLabel('哪一条')
  await which.locator('option', { hasText: '露天烧烤' }).waitFor({ state: 'attached' })
  await which.selectOption({ index: 1 })
  await clerk.page.getByLabel('类别').selectOption({ label: '露天烧烤、焚烧' })
  expect(await axeFindings(clerk.page)).toEqual([])
  await clerk.page.getByRole('button', { name: '列入台账' }).click()
  for (const side of ['整改前', '整改后'])
    await clerk.page.getByRole('button', { name: new RegExp(`${side} 照片 1$`) }).waitFor()
  // Shown, and not only named.
  await expect
    .poll(() =>
      clerk.page
        .locator('.pair img')
        .evaluateAll(
          (all) => all.filter((one) => (one as unknown as { naturalWidth: number }).naturalWidth > 0).length,
        ),
    )
    .toBe(2)
  expect(await axeFindings(clerk.page)).toEqual([])
  const id = new URL(clerk.page.url()).pathname.split('/').at(-1) ?? ''

  await steps.pass(id)
  await steps.act('verifier-c1', cases.closeCase, id, { outcome: 'solved' })
  await clerk.page.getByRole('link', { name: '回到台账' }).click()
  await clerk.page.reload()
  const row = clerk.page.getByRole('row', { name: /露天烧烤、焚烧/ }).first()
  await row.getByRole('link', { name: '1' }).first().click()
  await clerk.page.getByText('看全部').waitFor()
  expect(new URL(clerk.page.url()).searchParams.get('stage')).toBe('put-right')
  expect(await clerk.page.getByRole('cell', { name: '河边有人露天烧烤', exact: false }).count()).toBe(1)
  expect(await axeFindings(clerk.page)).toEqual([])
  expect(clerk.faults).toEqual([])
  await clerk.close()
})

test('whoever files a quarrel is offered mediation, and the desk takes it over in one press', async () => {
  const resident = await server.asResident('13900000001')
  const { id } = await server.file(resident, { text: '楼上夜里拖家具，和邻居谈不拢。' })
  const own = await browser.open(`/m/requests/${id}`, { as: resident, viewport: phone })
  await own.page.getByRole('button', { name: '申请调解' }).tap()
  await own.page.getByText('您已申请人民调解', { exact: false }).waitFor()
  expect(await axeFindings(own.page)).toEqual([])
  expect(own.faults).toEqual([])

  const clerk = await open('clerk-c1', '/mediations')
  await clerk.page.getByRole('heading', { name: '居民申请调解的诉求' }).waitFor()
  await clerk.page.getByRole('listitem').filter({ hasText: '拖家具' }).getByRole('link').click()
  await clerk.page.getByRole('button', { name: '转人民调解' }).click()
  await clerk.page.getByLabel('反映人姓名').fill('欧阳金丝雀')
  await clerk.page.getByLabel('对方姓名').fill('司徒铁柱')
  expect(await axeFindings(clerk.page)).toEqual([])
  await clerk.page.getByRole('button', { name: '转调解并答复居民' }).click()
  await clerk.page.getByRole('link', { name: /来自诉求/ }).waitFor()
  expect(clerk.faults).toEqual([])
  await clerk.close()
  await own.page.reload()
  await own.page.getByText('您反映的纠纷正在人民调解。').waitFor()
  await own.close()
})
