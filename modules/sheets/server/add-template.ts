/** `POST /api/list-templates`: a workbook with {{fields}} becomes a template. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sha256Of } from '../../../platform/files-folder.ts'
import { idempotencyKey } from '../../../platform/http-server.ts'
import { authorise, operation, runOperation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { HttpContext } from '../../../platform/server-module.ts'
import { templateFields } from '../../../platform/sheets/fill-template.ts'
import { SheetFault } from '../../../platform/sheets/sheet-limits.ts'
import * as contract from '../contract.ts'
import { fieldNamer, listKinds } from './list-kinds.ts'
import { templateViews } from './list-templates.ts'
import { insertTemplate } from './template-store.ts'
import { readPart } from './upload-batch.ts'

/** A template is a form, not a list: a few hundred kilobytes with a coat of arms. */
const maxBytes = 2 * 1024 * 1024
type Query = { Querystring: { list: string; name?: string } }

export function templateRoutes(app: FastifyInstance, http: HttpContext): void {
  app.register(async (scope: FastifyInstance) => {
    await scope.register(multipart, { limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 1 } })
    scope.post<Query>(
      contract.addTemplate.path,
      {
        schema: { querystring: contract.addTemplate.query },
        config: { operation: contract.addTemplate.name },
        bodyLimit: maxBytes + 64 * 1024,
      },
      async (request, reply) => reply.code(201).send(await receive(request, http)),
    )
  })
}

async function receive(request: FastifyRequest<Query>, http: HttpContext): Promise<unknown> {
  const at = http.clock.now()
  const actor = await http.actorOf(request)
  authorise(contract.addTemplate, actor)
  await http.limitChanges?.(actor, request.ip, at)
  const key = idempotencyKey(request)
  if (key === undefined) throw new Refusal('platform/idempotency-key-missing')
  const { bytes, name } = await readPart(request)
  return runOperation(
    http,
    addTemplate(bytes, name),
    {
      params: {},
      query: request.query,
      body: { receivedSha256: sha256Of(bytes) },
      actor,
      requestId: request.id,
      idempotencyKey: key,
      ifMatch: undefined,
      remoteAddress: request.ip,
      sessionToken: undefined,
      setSessionCookie: () => {},
    },
    at,
  )
}

const addTemplate = (bytes: Buffer, fileName: string) =>
  operation(contract.addTemplate, async (call) => {
    const { tx, actor, at, query, services } = call
    const kind = listKinds.find(({ list }) => list === query.list)
    if (kind === undefined) throw new Refusal('sheets/unknown-list')
    const named = fieldNamer(kind)
    const template = {
      id: call.newId(),
      list: kind.list,
      name: query.name?.trim() || fileName.replace(/\.\w{1,5}$/, ''),
      content: bytes,
      fields: readFields(bytes, (name) => named(name) !== undefined),
      createdBy: actor.accountId,
      createdAt: at,
    }
    await insertTemplate(tx, actor.streetId, template)
    call.audit({ subjectType: 'list-template', subjectId: template.id, detail: { list: kind.list } })
    const [view] = await templateViews(tx, services.keys, [template])
    if (view === undefined) throw new Error('the new template is gone')
    return view
  })

function readFields(bytes: Buffer, isField: (name: string) => boolean) {
  try {
    return templateFields(bytes, isField)
  } catch (error) {
    if (!(error instanceof SheetFault)) throw error
    throw new Refusal(error.code === 'too-large' ? 'sheets/too-large' : 'sheets/template-unfit')
  }
}
