import { expect, test } from 'vitest'
import { problemOf } from './problem.ts'

const told = (error: unknown) => problemOf(error, [], 'en', 'request-1')

const fromDatabase = (code: string) => Object.assign(new Error('as PostgreSQL said it'), { code })

test.each([
  ['a full disk', fromDatabase('53100')],
  ['no memory left', fromDatabase('53200')],
  ['a statement that took too long', fromDatabase('57014')],
  ['a server that is shut down', fromDatabase('57P01')],
  ['a meeting with another transaction', fromDatabase('40001')],
  ['a standby that only reads', fromDatabase('25006')],
  ['a disk that fails', fromDatabase('58030')],
  ['a lost connection', fromDatabase('08006')],
  ['a refused connection', fromDatabase('ECONNREFUSED')],
  ['a connection cut in mid-answer', new Error('Connection terminated unexpectedly')],
  ['a connection that says nothing', new Error('Query read timeout')],
  ['a server that does not take the connection', new Error('timeout expired')],
  ['a full pool', new Error('timeout exceeded when trying to connect')],
])('%s is told as busy, with when to try again and nothing of the inside', (_, error) => {
  const problem = told(error)
  expect(problem).toMatchObject({ status: 503, code: 'platform/busy', retryAfterSeconds: 2 })
  expect(JSON.stringify(problem)).not.toContain(error.message)
})

test.each([
  ['a constraint that the operation should have looked at', fromDatabase('23505')],
  ['a statement that is wrong', fromDatabase('42P01')],
  ['an error of our own', new Error('a row was expected and none came')],
])('%s stays a fault, for trying again would not help', (_, error) => {
  expect(told(error)).toMatchObject({ status: 500, code: 'platform/fault' })
})
