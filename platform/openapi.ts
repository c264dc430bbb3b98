/** OpenAPI 3.1, made from the contracts at start-up; never written by hand. */
import type { TSchema } from 'typebox'
import type { OperationContract } from '../lib/contract.ts'
import { platformRefusals } from './refusal.ts'
import type { RawOperation, ServerModule } from './server-module.ts'

interface ObjectSchema {
  properties?: Record<string, TSchema>
  required?: string[]
}

function parameters(place: 'path' | 'query', schema: TSchema) {
  const object = schema as ObjectSchema
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (object.required?.includes(name) ?? false),
    schema: property,
  }))
}

const headers = {
  key: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', minLength: 8, maxLength: 100 },
  },
  match: { name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } },
}

/** One part called `file`: the bytes. */
const form = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  },
}

/** Bytes, events or JSON, as the operation says. */
function given(contract: OperationContract, gives: readonly string[] | undefined) {
  const { contentMediaType } = contract.output as { contentMediaType?: string }
  const types = gives ?? (contentMediaType === undefined ? [] : [contentMediaType])
  if (types.length === 0) return { 'application/json': { schema: contract.output } }
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
}

function describe(
  { contract, takes, gives }: RawOperation,
  tag: string,
  statusOf: (code: string) => number | undefined,
) {
  const refused: Record<string, { description: string; content: unknown }> = {}
  for (const code of ['platform/invalid-input', ...contract.refusals]) {
    const status = String(statusOf(code) ?? 400)
    const before = refused[status]?.description
    refused[status] = {
      description: before ? `${before}, ${code}` : code,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  }
  const changes = contract.method !== 'GET'
  return {
    operationId: contract.name,
    tags: [tag],
    summary: contract.summary,
    description: `who: ${Array.isArray(contract.who) ? contract.who.join(', ') : contract.who}`,
    parameters: [
      ...parameters('path', contract.params),
      ...parameters('query', contract.query),
      ...(contract.method === 'POST' ? [headers.key] : []),
      ...(changes ? [headers.match] : []),
    ],
    ...(changes && contract.method !== 'DELETE'
      ? {
          requestBody: {
            required: true,
            content: takes === undefined ? { 'application/json': { schema: contract.body } } : form,
          },
        }
      : {}),
    responses: {
      [contract.status]: {
        description: 'done',
        content: given(contract, gives),
      },
      ...refused,
    },
  }
}

export function openApiDocument(modules: readonly ServerModule[]) {
  const statuses: Record<string, number> = { ...platformRefusals }
  for (const module of modules) Object.assign(statuses, module.refusals)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const module of modules)
    for (const one of [...module.operations, ...(module.rawOperations ?? [])]) {
      const { contract } = one
      const path = paths[contract.path] ?? {}
      path[contract.method.toLowerCase()] = describe(one, module.name, (code) => statuses[code])
      paths[contract.path] = path
    }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linli 邻里',
      version: '0.1.0',
      description:
        'Every POST takes an Idempotency-Key; a change may carry If-Match with the version it was based on.',
    },
    paths,
    components: {
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'detail', 'code', 'requestId', 'errors'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            code: { type: 'string' },
            requestId: { type: 'string' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: { path: { type: 'string' }, message: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  }
}
