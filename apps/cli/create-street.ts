/** `street create`: a real street with its levels, catalogue, calendar and three administrators. */

import { demoStreetCode } from '../../demo/load-demo.ts'
import { newId } from '../../lib/ids.ts'
import { dayOf } from '../../lib/time.ts'
import {
  hashPassword,
  insertAccounts,
  insertPosts,
  makeOneTimePassword,
} from '../../modules/accounts/server/index.ts'
import { createStreet, findStreet } from '../../modules/areas/server/index.ts'
import { insertCatalogue } from '../../modules/cases/server/index.ts'
import { inTransaction } from '../../platform/db.ts'
import { type Command, refuseUsage, withApp, wrongInput } from './command.ts'

const usualLevels = 'street:街道:Street,community:社区:Community,grid:网格:Grid,micro-grid:微网格:Micro-grid'
const administrators = ['system-admin', 'security-admin', 'audit-admin'] as const

function readLevels(text: string) {
  return text.split(',').map((part) => {
    const [level = '', name = '', nameEn = ''] = part.split(':').map((each) => each.trim())
    if (!/^[a-z][a-z-]{0,30}$/.test(level) || name === '' || nameEn === '')
      throw wrongInput(
        `--levels 的写法是 代号:中文:English，用逗号隔开，例如 ${usualLevels}`,
        `--levels is level:Chinese:English, separated by commas, for example ${usualLevels}`,
      )
    return { level, name, nameEn }
  })
}

export const streetCreate: Command = {
  name: 'street create',
  usage: 'CODE NAME [--levels street:街道:Street,…]',
  zh: '建立街道：层级、事项目录、日历和三位管理员（一次性密码只显示一次）',
  en: 'Make a street: levels, matters, calendar and its three administrators (one-time passwords, shown once)',
  options: { levels: 'string' },
  async run(call) {
    const [code = '', ...name] = call.words
    if (code === '' || name.length === 0) throw refuseUsage(streetCreate)
    if (!/^\d{9}$/.test(code))
      throw wrongInput(
        `街道代码是 9 位数字（6 位区县 + 3 位街道），不是 ${code}。`,
        `A street's code has nine digits (six of the district, three of the street); ${code} has not.`,
      )
    const levels = readLevels(call.option('levels') ?? usualLevels)
    return withApp(call, async ({ pool, keys }) => {
      await refuseBesideDemo(pool, code)
      const at = new Date()
      const made = await Promise.all(
        administrators.map(async (role) => {
          const password = makeOneTimePassword()
          const passwordHash = await hashPassword(password)
          return { id: newId(at.getTime()), role, username: `${role}-${code}`, password, passwordHash }
        }),
      )
      await inTransaction(pool, { actor: undefined }, async (tx) => {
        const { streetId, root } = await createStreet(tx, {
          code,
          name: name.join(' '),
          demo: false,
          levels,
          at,
        })
        await insertAccounts(
          tx,
          keys,
          streetId,
          at,
          made.map(({ id, username, passwordHash }) => ({
            id,
            kind: 'staff' as const,
            username,
            passwordHash,
            mustChangePassword: true,
          })),
        )
        await insertPosts(
          tx,
          streetId,
          made.map(({ id, role }) => ({
            id: newId(at.getTime()),
            accountId: id,
            role,
            area: { id: root.id, path: root.path },
            fromDay: dayOf(at),
          })),
        )
        await insertCatalogue(tx, streetId, at)
      })
      return {
        lines: [
          `街道 ${code} ${name.join(' ')} 已建立。三位管理员的一次性密码（只显示这一次，请分别交给三个人）：`,
          'The street is there. One-time passwords of its three administrators (shown once; give each to another person):',
          ...made.map(({ username, password }) => `  ${username}  ${password}`),
        ],
        result: {
          street: code,
          administrators: made.map(({ username, password }) => ({ username, password })),
        },
      }
    })
  },
}

async function refuseBesideDemo(pool: Parameters<typeof inTransaction>[0], code: string): Promise<void> {
  const [demo, there] = await inTransaction(pool, { actor: undefined }, async (tx) => [
    await findStreet(tx, demoStreetCode),
    await findStreet(tx, code),
  ])
  if (demo?.demo)
    throw wrongInput(
      '这个数据文件夹里是示范街道，动态口令已关闭；请另用一个数据文件夹（LINLI_DATA）建立真实街道。',
      'This data folder holds the demo street, where the second factor is off; make a real street in another one (LINLI_DATA).',
    )
  if (there) throw wrongInput(`街道 ${code} 已经存在。`, `Street ${code} is there already.`)
}
