/** A photo or paper of a case. It is read through the rights of the case and by nobody else, its uploader included. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { defineOperation, Id, Nothing, Words } from '../../../lib/contract.ts'
import { inTransaction, type Tx } from '../../../platform/db.ts'
import { type KeptFile, serveFile } from '../../../platform/files-serve.ts'
import { authorise } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { HttpContext } from '../../../platform/server-module.ts'
import { findCase } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'

export const fileOfCase = defineOperation({
  name: 'cases.fileOfCase',
  method: 'GET',
  path: '/api/cases/{id}/files/{fileId}',
  summary: 'A photo or paper of a case 诉求的照片或附件; size=thumb is the small picture',
  who: 'signed-in',
  params: Type.Object({ id: Id, fileId: Id }, { additionalProperties: false }),
  query: Type.Object(
    { size: Type.Optional(Words(['full', 'thumb'] as const)) },
    { additionalProperties: false },
  ),
  output: Nothing,
  refusals: ['cases/not-found'],
})

/** Raw, for it answers bytes and no JSON. */
export function fileRoutes(app: FastifyInstance, http: HttpContext): void {
  app.get<{ Params: { id: string; fileId: string }; Querystring: { size?: 'full' | 'thumb' } }>(
    '/api/cases/:id/files/:fileId',
    {
      schema: { params: fileOfCase.params, querystring: fileOfCase.query },
      config: { operation: fileOfCase.name },
    },
    async (request, reply) => {
      const actor = await http.actorOf(request)
      authorise(fileOfCase, actor)
      const { id, fileId } = request.params
      const file = await inTransaction(http.pool, { actor, readOnly: true }, async (tx) => {
        const row = await findCase(tx, actor.streetId, id)
        // A viewer sees lists without texts; a photo tells more than a text.
        return row && mayReadTexts(row, actor) ? await findFile(tx, id, fileId) : undefined
      })
      if (!file) throw new Refusal('cases/not-found')
      return serveFile(request, reply, http.services.filesFolder, file, request.query.size ?? 'full')
    },
  )
}

function findFile(tx: Tx, caseId: string, fileId: string): Promise<KeptFile | undefined> {
  return tx.maybe(
    sql<KeptFile>`select sha256, media_type, name from files_of_case(${caseId}) where id = ${fileId}`,
  )
}
