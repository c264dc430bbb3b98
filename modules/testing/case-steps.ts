/** Brings a case to any point of the loop over HTTP, each step by somebody who may do it. */

import sharp from 'sharp'
import type { BodyOf, OperationContract } from '../../lib/contract.ts'
import { newId } from '../../lib/ids.ts'
import { keepBytes } from '../../platform/files-folder.ts'
import type { TestClient } from '../../platform/testing/test-client.ts'
import * as contract from '../cases/contract.ts'
import type { TestCases } from './case-fixture.ts'

/** A public matter on the community's duty list, checked on site. */
export const publicMatter = 'LX01005'
/** A personal matter, checked by call-back. */
export const personalMatter = 'LX05001'
/** What only departments can settle: a community's duty list refuses it. */
export const departmentMatter = 'LX01004'

export interface CaseSteps {
  /** The browser of a staff member, kept. */
  by(username: string): Promise<TestClient>
  resident(): Promise<TestClient>
  /** A photo that this person has uploaded and may attach. */
  photo(username: string): Promise<string>
  /** Does an act, as that user name or as the `resident`, that has to succeed and gives back the case as that person then sees it. */
  act<C extends OperationContract>(
    username: string,
    act: C,
    id: string,
    body?: BodyOf<C>,
  ): Promise<contract.CaseView>
  /** Filed in `c1g1m1` by the first resident; the id. */
  filed(more?: Partial<BodyOf<typeof contract.fileCase>>): Promise<string>
  /** Accepted by `clerk-c1`, as a public matter unless told otherwise. */
  accepted(matterCode?: string, more?: Partial<BodyOf<typeof contract.fileCase>>): Promise<string>
  /** Given by `clerk-c1` to the property firm, or to a post by user name. */
  assigned(to?: string, matterCode?: string): Promise<string>
  /** Taken by `handler-property`, or by that post. */
  inProgress(to?: string, matterCode?: string): Promise<string>
  submitted(
    more?: Partial<BodyOf<typeof contract.submitResult>>,
    to?: string,
    matterCode?: string,
  ): Promise<string>
  /** Passed by `verifier-c1`: on site, with a photo. */
  answered(more?: Partial<BodyOf<typeof contract.submitResult>>): Promise<string>
  /** Passes the check of a submitted case, as `verifier-c1`. */
  pass(id: string, mode?: 'on-site' | 'call-back'): Promise<contract.CaseView>
  closed(): Promise<string>
}

const smallPhoto = sharp({ create: { width: 32, height: 24, channels: 3, background: '#7c8a6d' } })
  .jpeg()
  .toBuffer()

export function caseSteps(t: TestCases): CaseSteps {
  const browsers = new Map<string, Promise<TestClient>>()
  const kept = (name: string, open: () => Promise<TestClient>) => {
    const browser = browsers.get(name) ?? open()
    browsers.set(name, browser)
    return browser
  }
  const { staff, streetId } = t.street
  const steps: CaseSteps = {
    by: (username) => kept(username, () => t.as(username)),
    resident: () => kept('resident', () => t.asResident('13900000001')),
    async photo(username) {
      const id = newId(t.clock.now().getTime())
      const bytes = await smallPhoto
      const sha256 = await keepBytes(t.services.filesFolder, bytes)
      await t.look(
        `insert into files (street_id, id, sha256, received_sha256, media_type, size_bytes, uploaded_by, uploaded_at)
          values ($1, $2, $5, $5, 'image/jpeg', $6, $3, $4)`,
        [streetId, id, staff.get(username)?.accountId, t.clock.now(), sha256, bytes.length],
      )
      return id
    },
    async act(username, act, id, body) {
      const browser = await (username === 'resident' ? steps.resident() : steps.by(username))
      const reply = await browser.call(act, {
        params: { id } as never,
        ...(body === undefined ? {} : { body }),
      })
      if (reply.status !== 200) throw new Error(`${act.name} by ${username}: ${JSON.stringify(reply.body)}`)
      return reply.body as contract.CaseView
    },
    filed: async (more) => (await t.file(await steps.resident(), more)).id,
    async accepted(matterCode = publicMatter, more) {
      const id = await steps.filed(more)
      await steps.act('clerk-c1', contract.acceptCase, id, { kind: 'complaint', matterCode })
      return id
    },
    async assigned(to, matterCode) {
      const id = await steps.accepted(matterCode)
      const holder =
        to === undefined
          ? { organisationId: t.street.organisationId('property') }
          : { postId: staff.get(to)?.postId ?? '' }
      await steps.act('clerk-c1', contract.assignCase, id, holder)
      return id
    },
    async inProgress(to, matterCode) {
      const id = await steps.assigned(to, matterCode)
      await steps.act(to ?? 'handler-property', contract.takeCase, id, {})
      return id
    },
    async submitted(more = {}, to = undefined, matterCode = publicMatter) {
      const id = await steps.inProgress(to, matterCode)
      const body = { outcome: 'solved' as const, words: '灯已更换。', answer: '您好，灯已经修好。', ...more }
      await steps.act(to ?? 'handler-property', contract.submitResult, id, body)
      return id
    },
    async pass(id, mode = 'on-site') {
      const fileIds = mode === 'on-site' ? [await steps.photo('verifier-c1')] : []
      return steps.act('verifier-c1', contract.checkCase, id, {
        pass: true,
        mode,
        words: '已到现场看过。',
        fileIds,
      })
    },
    async answered(more) {
      const id = await steps.submitted(more)
      await steps.pass(id)
      return id
    },
    async closed() {
      const id = await steps.answered()
      await steps.act('verifier-c1', contract.closeCase, id, { outcome: 'solved' })
      return id
    },
  }
  return steps
}
