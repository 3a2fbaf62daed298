import type { ServiceDefinition } from '../../definition/definition.ts'
import { longestSaying } from '../../tracking/say.ts'
import { answerShapes } from './answer-schemas.ts'
import {
  answersSchema,
  eligibilitySchema,
  factsSchema,
  fieldShapes,
  fileBody,
  only,
  pageSchema,
  type Schema,
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
    ...Object.fromEntries(pages),
    ...filePaths(definition, one),
    [`${one}/submit`]: { post: submission() },
  }
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
      body: { ...only({ declared: { const: true } }), required: ['declared'] },
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

function applicationPaths(definition: ServiceDefinition): Schema {
  // Also of those for whom the person may act: no mandate is named.
  const own = { actsFor: false }
  return {
    '/api/applications': {
      get: personOperation(
        'applications',
        'What was handed in, the latest first',
        {
          gives: 'ApplicationList',
          parameters: ['Limit', 'After'],
          headers: ['Link'],
          refuses: [400],
        },
        own,
      ),
    },
    '/api/applications/{application}': {
      get: personOperation(
        'application',
        'One application, with what is to be paid and what came of it',
        {
          gives: 'WholeApplication',
          headers: ['ETag'],
          parameters: ['Application'],
          refuses: [404],
        },
        own,
      ),
    },
    ...sayingPaths(definition),
    '/api/applications/{application}/payments/{payment}': {
      get: personOperation(
        'payment',
        'What to pay, until when, and how it stands',
        { gives: 'Payment', parameters: ['Application', 'Payment'], refuses: [404] },
        own,
      ),
    },
    '/api/applications/{application}/documents/{document}': {
      get: personOperation(
        'document',
        'A signed document, byte for byte',
        {
          gives: {},
          mediaType: 'application/pdf',
          parameters: ['Application', 'Document'],
          refuses: [404],
        },
        own,
      ),
    },
  }
}

/** What the person does on what they handed in; an appeal only where the service has one. */
function sayingPaths({ workflow }: ServiceDefinition): Schema {
  const text = { type: 'string', maxLength: longestSaying }
  const parts = { gives: 'Application', headers: ['ETag'], parameters: ['Application'] } as const
  const ways = { changes: true, creates: true, actsFor: false }
  const why = { ...only({ text }), examples: [{ text: 'ยื่นผิดบริการ' }] }
  const grounds = {
    ...only({ text: { ...text, minLength: 1 } }),
    required: ['text'],
    examples: [{ text: 'เรือซ่อมแล้ว มีใบรับรองของอู่' }],
  }
  const withdraw = { ...parts, body: why, isBodyOptional: true }
  const at = '/api/applications/{application}'
  return {
    [`${at}/withdraw`]: {
      post: personOperation('withdraw', 'Withdraw it, which cannot be taken back', withdraw, ways),
    },
    ...(workflow.appeal && {
      [`${at}/appeal`]: {
        post: personOperation('appeal', 'Appeal against the decision', { ...parts, body: grounds }, ways),
      },
    }),
  }
}
