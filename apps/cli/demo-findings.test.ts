import { expect, test } from 'vitest'
import { insertAccounts } from '../../modules/accounts/server/index.ts'
import { hashPassword } from '../../modules/accounts/server/passwords.ts'
import { createStreet } from '../../modules/areas/server/index.ts'
import { levels } from '../../modules/testing/street-shape.ts'
import { inTransaction, openPool } from '../../platform/db.ts'
import { openKeys } from '../../platform/keys.ts'
import { freshDatabase } from '../../platform/testing/test-database.ts'
import { demoFindings } from './demo-findings.ts'

const keys = openKeys({
  encryption: Buffer.alloc(32, 1).toString('base64'),
  blindIndex: Buffer.alloc(32, 2).toString('base64'),
})

test('a demo’s password outside a demo fails; inside one it is what it should be, and only others’ reach is told', async () => {
  const database = await freshDatabase()
  const pool = openPool(database.appUrl, 1, 'linli-test')
  const states = async (more: object = {}) => {
    const needs = {
      appUrl: database.appUrl,
      host: '127.0.0.1',
      publicUrl: undefined,
      demoPassword: undefined,
    }
    const found = await demoFindings({ ...needs, ...more })
    return found.map(({ check, state }) => `${check} ${state}`)
  }
  const staff = async (demo: boolean, username: string, password: string, id: string) => {
    const at = new Date('2026-09-14T01:00:00Z')
    const passwordHash = await hashPassword(password)
    await inTransaction(pool, { actor: undefined }, async (tx) => {
      const code = demo ? '990101001' : '990101002'
      const { streetId } = await createStreet(tx, { code, name: '试街', demo, levels, at })
      await insertAccounts(tx, keys, streetId, at, [{ id, kind: 'staff', username, passwordHash }])
    })
  }
  try {
    expect(await states()).toEqual(['demo ok', 'passwords ok'])
    await staff(true, 'clerk', 'Linli-Demo-2026', '018bde02-b000-75c7-92ed-5078ce50daf3')
    expect(await states()).toEqual(['demo ok', 'passwords ok'])
    expect(await states({ host: '0.0.0.0' })).toEqual(['demo warn', 'passwords ok'])
    await staff(false, 'dispatcher', 'Our-own-Word-77', '018bde02-b000-75c7-92ed-5078ce50daf4')
    expect(await states()).toEqual(['demo ok', 'passwords ok'])
    expect(await states({ demoPassword: 'Our-own-Word-77' })).toEqual(['demo ok', 'passwords fail'])
  } finally {
    await pool.end()
    await database.drop()
  }
})
