import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'

type Schema = { readonly [key: string]: unknown }

/**
 * The OpenAPI 3.1 document of one service: its form's answers as JSON Schema, with texts in Thai and English
 * (`x-sapan-text`). What depends on other answers (`when`, limits that are worked out) is not in a schema: the API says it.
 */
export function openApi(definition: ServiceDefinition, portal: string): Schema {
  const { id, version, name, summary, form } = definition
  const base = `/api/services/${id}`
  const draft = `${base}/drafts/{draft}`
  const pages = Object.fromEntries(
    form.pages.map((page) => [
      `${draft}/pages/${page.id}`,
      { post: operation(`put-${page.id}`, page.title.en, { body: pageSchema(page), draft: true }) },
    ]),
  )
  return {
    openapi: '3.1.0',
    info: { title: name.en, summary: summary.en, version: String(version), 'x-sapan-text': name },
    servers: [{ url: portal }],
    paths: {
      [base]: { get: operation('describe', 'What the service is', { isPublic: true }) },
      [`${base}/eligibility`]: {
        post: operation('judge', 'Whether it is for somebody; nothing is stored', {
          body: { type: 'object', properties: { answers: eligibilitySchema(definition) } },
          isPublic: true,
        }),
      },
      [`${base}/drafts`]: { post: operation('begin', 'Begin a draft') },
      [draft]: {
        get: operation('read', 'The draft, with what is asked and what stands against it', { draft: true }),
      },
      [`${draft}/facts`]: {
        post: operation('ask-registers', 'Ask registers, and let what they say be used', {
          body: factsSchema(definition),
          draft: true,
        }),
      },
      ...pages,
      [`${draft}/submit`]: {
        post: operation('submit', 'Hand in', {
          body: { type: 'object', properties: { declared: { const: true } }, required: ['declared'] },
          draft: true,
        }),
      },
    },
    components: {
      securitySchemes: {
        person: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token of the issuer, of a person, with the scope applications',
        },
      },
      schemas: shapes,
    },
  }
}

interface Parts {
  readonly body?: Schema
  readonly draft?: boolean
  readonly isPublic?: boolean
}

function operation(operationId: string, summary: string, { body, draft, isPublic }: Parts = {}): Schema {
  const problem = {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: { type: 'object' } } },
  }
  return {
    operationId,
    summary,
    ...(isPublic ? {} : { security: [{ person: ['applications'] }] }),
    ...(draft && {
      parameters: [{ name: 'draft', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      default: problem,
      '2XX': { description: 'JSON', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  }
}

function pageSchema({ id, repeat, fields }: FormPage): Schema {
  const entry = entrySchema(fields)
  if (repeat === undefined)
    return { type: 'object', properties: { answers: entry }, required: ['answers'], title: id }
  const items = { type: 'array', minItems: repeat.min, maxItems: repeat.max, items: entry }
  return { type: 'object', properties: { items }, required: ['items'], title: id }
}

function entrySchema(fields: readonly Field[]): Schema {
  const asked = fields.filter(
    ({ required, when, type }) => required === true && when === undefined && type !== 'file',
  )
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(fields.map((field) => [field.id, fieldSchema(field)])),
    ...(asked.length > 0 && { required: asked.map(({ id }) => id) }),
  }
}

function fieldSchema(field: Field): Schema {
  return {
    ...typeSchema(field),
    title: field.label.en,
    'x-sapan-text': field.label,
    ...(field.hint && { description: field.hint.en }),
    ...(field.term && { 'x-sapan-term': field.term }),
  }
}

function typeSchema({ type, options, limits }: Field): Schema {
  const { min, max } = limits
  const least = typeof min === 'number' ? min : undefined
  const most = typeof max === 'number' ? max : undefined
  const codes = options.map(({ value }) => value)
  switch (type) {
    case 'money':
    case 'whole':
      return {
        type: 'integer',
        ...(least !== undefined && { minimum: least }),
        ...(most !== undefined && { maximum: most }),
      }
    case 'yes-no':
      return { type: 'boolean' }
    case 'choice':
      return { type: 'string', enum: codes }
    case 'choices':
      return { type: 'array', items: { type: 'string', enum: codes }, uniqueItems: true }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'month':
      return { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$' }
    case 'national-id':
    case 'juristic-id':
    case 'foreigner-number':
      return { type: 'string', pattern: '^[0-9]{13}$' }
    case 'country':
      return { type: 'string', pattern: '^[A-Z]{3}$' }
    case 'address':
      return { $ref: '#/components/schemas/Address' }
    case 'person-name':
      return { $ref: '#/components/schemas/PersonName' }
    case 'file':
      return { $ref: '#/components/schemas/File' }
    default:
      return {
        type: 'string',
        ...(least !== undefined && { minLength: least }),
        ...(most !== undefined && { maxLength: most }),
      }
  }
}

const word = { type: 'string' }
const shapes: Schema = {
  Address: {
    type: 'object',
    required: ['houseNumber', 'subdistrictCode'],
    properties: {
      ...{ houseNumber: word, moo: word, village: word, lane: word, road: word },
      subdistrictCode: { type: 'string', pattern: '^[0-9]{6}$' },
      postalCode: { type: 'string', pattern: '^[0-9]{5}$' },
      ...{ subdistrict: word, district: word, province: word },
    },
  },
  PersonName: {
    type: 'object',
    required: ['givenName', 'familyName'],
    properties: { title: word, givenName: word, middleName: word, familyName: word },
  },
  File: { type: 'object', readOnly: true, description: 'Sent on the pages of the form only' },
}

function eligibilitySchema({ requirements, form }: ServiceDefinition): Schema {
  const asked = new Set(requirements.flatMap(({ asks }) => asks))
  const fields = form.pages
    .filter(({ repeat }) => repeat === undefined)
    .flatMap((page) => page.fields.filter(({ id, type }) => asked.has(id) && type !== 'file'))
  const properties = Object.fromEntries(fields.map((field) => [field.id, fieldSchema(field)]))
  return { type: 'object', additionalProperties: false, properties }
}

function factsSchema({ evidence }: ServiceDefinition): Schema {
  const word = { type: 'string', enum: ['yes', 'no'] }
  const each = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(evidence.map(({ id }) => [id, word])),
  }
  return { type: 'object', properties: { ask: each, use: each } }
}
