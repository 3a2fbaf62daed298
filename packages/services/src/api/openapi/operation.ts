import { keyPattern } from '../once.ts'
import { named } from './answer-schemas.ts'
import type { Schema } from './form-schemas.ts'

/** What an operation is made of. */
export interface Parts {
  /** Whose answer it gives, by the name of its schema. */
  readonly gives: string | Schema
  /** 200 by default. */
  readonly status?: number
  /** `application/json` by default. */
  readonly mediaType?: string
  readonly body?: Schema
  readonly isBodyOptional?: boolean
  /** Not of JSON. */
  readonly requestBody?: Schema | undefined
  /** Also by an address of its own. */
  readonly headers?: readonly ('ETag' | 'Location' | 'Link')[]
  /** Of others than `200`. */
  readonly more?: Readonly<Record<string, Schema>>
  readonly links?: Schema
  readonly parameters?: readonly string[]
  /** What can go wrong beside what always can. */
  readonly refuses?: readonly number[]
}

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

/** An operation of nobody in particular. */
export function publicOperation(operationId: string, summary: string, parts: Parts): Schema {
  const { gives, status = 200, mediaType = 'application/json', body, requestBody, more, links } = parts
  const { headers = [], parameters = [], refuses = [] } = parts
  const isBodied = body !== undefined || requestBody !== undefined
  const codes = [...refuses, ...(isBodied ? [400, 413, 415] : [])].sort()
  const schema = typeof gives === 'string' ? named(gives) : gives
  return {
    operationId,
    summary,
    ...(parameters.length > 0 && { parameters: parameters.map((name) => reference('parameters', name)) }),
    ...(body && {
      requestBody: {
        required: parts.isBodyOptional !== true,
        content: { 'application/json': { schema: body } },
      },
    }),
    ...(requestBody && { requestBody }),
    responses: {
      [status]: {
        description: summary,
        ...(headers.length > 0 && {
          headers: Object.fromEntries(headers.map((name) => [name, reference('headers', name)])),
        }),
        ...(status !== 204 && { content: { [mediaType]: { schema } } }),
        ...(links && { links }),
      },
      ...more,
      ...Object.fromEntries(codes.map((code) => [code, reference('responses', responseOf(code))])),
      default: reference('responses', 'Problem'),
    },
  }
}

interface Ways {
  readonly changes?: boolean
  readonly creates?: boolean
  /** Whether it is for whom a mandate names; by itself it is. */
  readonly actsFor?: boolean
}

/** An operation for the person whose token comes along. `changes`: it names the draft that was seen; `creates`: once under a key. */
export function personOperation(
  operationId: string,
  summary: string,
  parts: Parts,
  { changes = false, creates = false, actsFor = true }: Ways = {},
): Schema {
  const { parameters = [], refuses = [] } = parts
  return {
    ...publicOperation(operationId, summary, {
      ...parts,
      parameters: [
        ...parameters,
        ...(actsFor ? ['Mandate'] : []),
        ...(changes ? ['IfMatch'] : []),
        ...(creates ? ['IdempotencyKey'] : []),
      ],
      refuses: [
        ...new Set([
          ...refuses,
          ...[401, 403],
          ...(changes ? [404, 409, 412, 428] : []),
          ...(creates ? [400, 409, 422] : []),
        ]),
      ],
    }),
    security: [{ person: ['applications'] }, { openid: ['applications'] }],
  }
}

function responseOf(code: number): string {
  return code === 401 || code === 403 ? 'Challenge' : code === 409 ? 'Conflict' : 'Problem'
}

const problem = { 'application/problem+json': { schema: named('Problem') } }
const header = (description: string, required: boolean, schema: Schema = { type: 'string' }) => ({
  ...{ description, required, schema },
})

/** What operations share. */
export const shared = {
  responses: {
    Problem: { description: 'A problem (RFC 9457)', content: problem },
    Challenge: {
      description:
        'The token is missing, over, or lets do something else (RFC 6750), or the sign-in is not strong enough (RFC 9470)',
      headers: { 'WWW-Authenticate': header('Which scope is needed, and what is wrong', false) },
      content: problem,
    },
    Conflict: {
      description: 'Not as things stand; or the same is being worked on under its key',
      headers: { 'Retry-After': header('Seconds', false, { type: 'integer' }) },
      content: problem,
    },
  },
  headers: {
    ETag: header('Of what was answered; for If-Match', true),
    Location: header('Where it is', true, { type: 'string', format: 'uri-reference' }),
    Link: header('Where the next part is (RFC 8288)', false),
  },
  parameters: {
    Draft: pathOf('draft'),
    File: pathOf('file'),
    Application: pathOf('application'),
    Document: pathOf('document'),
    Payment: pathOf('payment'),
    Limit: {
      ...{ name: 'limit', in: 'query', description: 'How many at most' },
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
    },
    After: {
      ...{ name: 'after', in: 'query', description: '`next` of the part before' },
      schema: { type: 'string', minLength: 1, maxLength: 60 },
    },
    Mandate: {
      ...{
        name: 'Sapan-Mandate',
        in: 'header',
        description: 'The mandate under which the person acts for another',
      },
      schema: { type: 'string', format: 'uuid' },
    },
    IfMatch: {
      ...{
        name: 'If-Match',
        in: 'header',
        required: true,
        description: 'The ETag of the draft or application that was seen, or *',
      },
      schema: { type: 'string', pattern: '^(\\*|"[0-9a-f-]{36}\\.[0-9]{1,9}")$' },
    },
    IdempotencyKey: {
      ...{
        name: 'Idempotency-Key',
        in: 'header',
        description: 'The same again gets the same answer for a day',
      },
      schema: { type: 'string', pattern: keyPattern.source },
    },
  },
} as const

function pathOf(name: string) {
  return { name, in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
}
