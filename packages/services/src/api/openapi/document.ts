import type { ServiceDefinition } from '../../definition/definition.ts'
import { answerShapes } from './answer-schemas.ts'
import { applicationPaths } from './application-paths.ts'
import { disputeSchema } from './dispute-schema.ts'
import {
  answersSchema,
  eligibilitySchema,
  factsSchema,
  fieldShapes,
  fileBody,
  only,
  pageSchema,
  type Schema,
  sealSchema,
} from './form-schemas.ts'
import { personOperation, publicOperation, shared } from './operation.ts'

export interface OpenApiOptions {
  /** Who gives tokens out: `https://id.example.go.th`. */
  readonly issuer: string
  readonly ground: {
    /** `https://portal.example.go.th` */
    readonly portal: string
  }
}

/**
 * The OpenAPI 3.1 document of one service: what it is, its form as JSON Schema with texts in Thai and English
 * (`x-sapan-text`), its drafts and files, and the applications that come of them. Pure.
 */
export function openApi(definition: ServiceDefinition, { issuer, ground }: OpenApiOptions): Schema {
  const { version, name, summary } = definition
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: name.en, summary: summary.en, version: String(version), 'x-sapan-text': name },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: ground.portal }],
    paths: { ...publicPaths(definition), ...draftPaths(definition), ...applicationPaths(definition) },
    components: {
      securitySchemes: {
        person: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An access token of the issuer, of a person, with the scope applications; `DPoP` where it is bound',
        },
        openid: { type: 'openIdConnect', openIdConnectUrl: `${issuer}/.well-known/openid-configuration` },
      },
      schemas: { ...fieldShapes, ...answerShapes, Answers: answersSchema(definition) },
      ...shared,
    },
  }
}

function publicPaths(definition: ServiceDefinition): Schema {
  const base = `/api/services/${definition.id}`
  return {
    '/api/services': {
      get: publicOperation('catalogue', 'All services', {
        gives: 'ServiceList',
        parameters: ['Limit', 'After'],
        headers: ['ETag', 'Link'],
        refuses: [400],
      }),
    },
    [base]: {
      get: publicOperation('describe', 'What the service is', { gives: 'Service', headers: ['ETag'] }),
    },
    [`${base}/eligibility`]: {
      post: publicOperation('judge', 'Whether it is for somebody; nothing is stored', {
        gives: 'Eligibility',
        body: eligibilitySchema(definition),
        isBodyOptional: true,
        refuses: [422],
      }),
    },
  }
}

const seen = { draft: '$response.body#/id', 'header.If-Match': '$response.header.ETag' }
const draftLinks = (pages: readonly string[]) => ({
  read: { operationId: 'read', parameters: { draft: seen.draft } },
  ...Object.fromEntries(pages.map((id) => [id, { operationId: `put-${id}`, parameters: seen }])),
  submit: { operationId: 'submit', parameters: seen, requestBody: { declared: true } },
  remove: { operationId: 'remove', parameters: seen },
})

function draftPaths(definition: ServiceDefinition): Schema {
  const all = `/api/services/${definition.id}/drafts`
  const one = `${all}/{draft}`
  const answered = { gives: 'Draft', headers: ['ETag'], parameters: ['Draft'] } as const
  const changes = { changes: true }
  const links = draftLinks(definition.form.pages.map(({ id }) => id))
  const pages = definition.form.pages.map((page) => [
    `${one}/pages/${page.id}`,
    {
      put: personOperation(
        `put-${page.id}`,
        page.title.en,
        { ...answered, body: pageSchema(page), refuses: [422] },
        changes,
      ),
    },
  ])
  return {
    [all]: {
      get: personOperation('drafts', 'Drafts that are still filled in', {
        gives: 'DraftList',
        parameters: ['Limit', 'After'],
        headers: ['Link'],
        refuses: [400],
      }),
      post: personOperation(
        'begin',
        'Begin a draft',
        { gives: 'Draft', status: 201, headers: ['ETag', 'Location'], links },
        { creates: true },
      ),
    },
    [one]: {
      get: personOperation('read', 'The draft, with what is asked and what stands against it', {
        ...answered,
        refuses: [404, 409],
      }),
      delete: personOperation(
        'remove',
        'Remove the draft',
        { gives: {}, status: 204, parameters: ['Draft'] },
        changes,
      ),
    },
    [`${one}/facts`]: {
      post: personOperation(
        'ask-registers',
        'Ask registers, and let what they say be used',
        { ...answered, body: factsSchema(definition), isBodyOptional: true },
        { changes: true, creates: true },
      ),
    },
    ...disputePaths(definition, one),
    ...Object.fromEntries(pages),
    ...filePaths(definition, one),
    [`${one}/submit`]: { post: submission() },
  }
}

/** Only where registers are asked. */
function disputePaths({ evidence }: ServiceDefinition, draft: string): Schema {
  if (evidence.length === 0) return {}
  const ids = evidence.map(({ id }) => id)
  const path = { name: 'evidence', in: 'path', required: true, schema: { type: 'string', enum: ids } }
  const operation = personOperation(
    'dispute',
    'Tell whoever holds a value that it is wrong; the form goes on',
    { gives: 'Draft', headers: ['ETag'], parameters: ['Draft'], body: disputeSchema },
    { changes: true, creates: true },
  )
  return { [`${draft}/facts/{evidence}/disputes`]: { parameters: [path], post: operation } }
}

function submission(): Schema {
  const location = { $ref: '#/components/headers/Location' }
  const schema = { $ref: '#/components/schemas/Application' }
  const again = {
    description: 'It was handed in before: the same application',
    headers: { Location: location },
    content: { 'application/json': { schema } },
  }
  return personOperation(
    'submit',
    'Hand in',
    {
      gives: 'Application',
      status: 201,
      headers: ['Location'],
      parameters: ['Draft'],
      body: { ...only({ declared: { const: true }, seal: sealSchema }), required: ['declared'] },
      more: { '200': again },
      links: { follow: { operationId: 'application', parameters: { application: '$response.body#/id' } } },
    },
    { changes: true, creates: true },
  )
}

function filePaths(definition: ServiceDefinition, draft: string): Schema {
  const requestBody = fileBody(definition)
  if (requestBody === undefined) return {}
  return {
    [`${draft}/files`]: {
      post: personOperation(
        'add-file',
        'Send a file for a field, in place of the one that is there',
        { gives: 'Draft', status: 201, headers: ['ETag', 'Location'], parameters: ['Draft'], requestBody },
        { changes: true, creates: true },
      ),
    },
    [`${draft}/files/{file}`]: {
      get: personOperation('file', 'A file of the draft', {
        gives: {},
        mediaType: '*/*',
        parameters: ['Draft', 'File'],
        refuses: [404, 409],
      }),
      delete: personOperation(
        'remove-file',
        'Take a file away',
        { gives: 'Draft', headers: ['ETag'], parameters: ['Draft', 'File'] },
        { changes: true },
      ),
    },
  }
}
