/** Fifty shops' clerks press at once for one voucher, many times over: each voucher is spent exactly once. */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { makeVoucherCode } from '../../modules/points/rules/voucher-code.ts'
import { openAccount, postTransfer } from '../../modules/points/server/index.ts'
import { inTransaction, type Pool } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'
import type { Violation } from '../proof.ts'
import type { ProofStreet } from '../support/proof-street.ts'

const valueFen = 1000
const atOnce = 50

/** Vouchers that are good, with the money that stands for them. Who issued them is another proof's matter. */
export async function issueForProof(
  outside: Client,
  pool: Pool,
  street: ProofStreet,
  keys: Keys,
  count: number,
): Promise<string[]> {
  const at = new Date()
  const [sponsor, shop] = [street.organisationId('water'), street.organisationId('property')]
  const root = street.areaPath(street.code)
  const clerk = street.staffOf('clerk-c1').accountId
  const [request, run] = [randomUUID(), randomUUID()]
  const account = await inTransaction(pool, { actor: street.system }, async (tx) => {
    const money = (kind: 'vouchers' | 'outside', holderId: string) =>
      openAccount(tx, { kind, unit: 'fen', holderId, area: root }, at)
    const from = await money('outside', street.areaId(street.code))
    const to = await money('vouchers', sponsor)
    await postTransfer(tx, {
      id: randomUUID(),
      cause: 'voucher-issued',
      lines: [
        { accountId: from, amount: -valueFen * count },
        { accountId: to, amount: valueFen * count },
      ],
      by: clerk,
      at,
    })
    return openAccount(
      tx,
      { kind: 'person', unit: 'points', holderId: randomUUID(), area: street.areaPath('c1') },
      at,
    )
  })
  await outside.query(
    `insert into point_requests (street_id, id, act, area, payload, state, asked_by, asked_at) values ($1, $2, 'partner', $3, '{}', 'waiting', $4, now())`,
    [street.streetId, request, root, clerk],
  )
  await outside.query(
    `insert into point_partners (street_id, id, organisation_id, part, terms, from_on, request_id) values ($1, $2, $3, 'shop', '—', '2020-01-01', $4)`,
    [street.streetId, randomUUID(), shop, request],
  )
  await outside.query(
    `insert into quarter_runs (street_id, id, area_id, area, quarter, cutoff, rate_fen, least_points, state, list, list_sha256, points, frozen_by, frozen_at)
     values ($1, $2, $3, $4, '2020Q1', now(), 100, 1, 'frozen', '', '', 0, $5, now())`,
    [street.streetId, run, street.areaId('c1'), street.areaPath('c1'), clerk],
  )
  const codes = Array.from({ length: count }, () => makeVoucherCode(randomBytes(9)))
  const rows = codes.map((code, index) => {
    const id = randomUUID()
    return {
      id,
      serial: `proof-${index}`,
      code_index: keys.blindIndex('voucher-code', `${street.streetId}:${code}`),
      code_encrypted: keys.seal(`vouchers.code.${id}`, code),
    }
  })
  await outside.query(
    `insert into vouchers (street_id, id, run_id, account_id, area, reserve_id, value_fen, serial, code_index, code_encrypted, issued_at, expires_on)
     select $1, v.id, $2, $3, $4, $5, $6, v.serial, v.code_index, v.code_encrypted, now(), '2999-01-01'
     from jsonb_to_recordset($7) v(id uuid, serial text, code_index text, code_encrypted text)`,
    [street.streetId, run, account, street.areaPath('c1'), sponsor, valueFen, JSON.stringify(rows)],
  )
  return codes
}

/** What one press was answered. One that got no answer is pressed again under its own key, as a shop's phone does. */
async function press(baseUrl: string, token: string | undefined, code: string): Promise<string> {
  const key = randomUUID()
  for (let tries = 0; tries < 100; tries++) {
    try {
      const response = await fetch(`${baseUrl}/api/points/vouchers/redeem`, {
        method: 'POST',
        headers: { cookie: `linli=${token}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ code }),
      })
      const body = (await response.json()) as { code?: string }
      return response.ok ? 'taken' : (body.code ?? String(response.status))
    } catch {
      // The server closed a connection that had been idle just as it was used again.
      await delay(50)
    }
  }
  throw new Error('a press was never answered')
}

/** @returns how many presses were made */
export async function pressAtOnce(
  baseUrl: string,
  tokens: readonly string[],
  codes: readonly string[],
  violations: Violation[],
): Promise<number> {
  for (const [round, code] of codes.entries()) {
    const answers = await Promise.all(
      Array.from({ length: atOnce }, (_, index) => press(baseUrl, tokens[index % tokens.length], code)),
    )
    const taken = answers.filter((one) => one === 'taken').length
    if (taken !== 1)
      violations.push({
        what: 'a voucher that was not spent exactly once',
        where: `round ${round}: ${taken} times`,
      })
    // A server that has too much to do says so and does nothing; that one press took it is asked above.
    const right = ['taken', 'points/voucher-spent', 'platform/busy']
    for (const other of answers)
      if (!right.includes(other))
        violations.push({ what: `a press that was answered ${other}`, where: `round ${round}` })
  }
  return codes.length * atOnce
}

/** What the shop is owed after so many vouchers, from the entries alone. */
export async function owedIsRight(outside: Client, street: ProofStreet, spent: number): Promise<Violation[]> {
  const { rows } = await outside.query<{ sum: string | null; ends: string }>(
    `select (select sum(e.amount) from ledger_entries e join ledger_accounts a using (street_id)
       where a.id = e.account_id and a.kind = 'organisation' and a.unit = 'fen' and a.street_id = $1) as sum,
       (select count(*) from voucher_ends where street_id = $1) as ends`,
    [street.streetId],
  )
  const right = Number(rows[0]?.sum ?? 0) === spent * valueFen && Number(rows[0]?.ends) === spent
  return right ? [] : [{ what: 'the shop is not owed what it took', where: JSON.stringify(rows[0]) }]
}
