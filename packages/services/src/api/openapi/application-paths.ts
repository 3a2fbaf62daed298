import type { ServiceDefinition } from '../../definition/definition.ts'
import { longestSaying } from '../../tracking/say.ts'
import { only, type Schema, sealSchema } from './form-schemas.ts'
import { personOperation } from './operation.ts'
import { replyBody } from './reply-schema.ts'

const at = '/api/applications/{application}'

/** What was handed in, and what is done on it since. */
export function applicationPaths(definition: ServiceDefinition): Schema {
  // Also of those for whom the person may act: no mandate is named.
  const own = { actsFor: false }
  const links = applicationLinks(definition)
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
          links,
        },
        own,
      ),
    },
    ...sayingPaths(definition),
    ...replyPaths(definition),
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
  const why = { ...only({ text, seal: sealSchema }), examples: [{ text: 'ยื่นผิดบริการ' }] }
  const grounds = {
    ...only({ text: { ...text, minLength: 1 }, seal: sealSchema }),
    required: ['text'],
    examples: [{ text: 'เรือซ่อมแล้ว มีใบรับรองของอู่' }],
  }
  const withdraw = { ...parts, body: why, isBodyOptional: true }
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

/** What an officer asks, and the reply to it. */
function replyPaths(definition: ServiceDefinition): Schema {
  const parts = { headers: ['ETag'], parameters: ['Application'] } as const
  return {
    [`${at}/reply`]: {
      get: personOperation(
        'asked',
        'What an officer asks, as long as it is awaited',
        { ...parts, gives: 'Asked', refuses: [404, 409], links: { reply: linkTo('reply') } },
        { actsFor: false },
      ),
      post: personOperation(
        'reply',
        'Reply with words, answers and files',
        { ...parts, gives: 'Application', requestBody: replyBody(definition) },
        { changes: true, creates: true, actsFor: false },
      ),
    },
  }
}

/** The acts that `links` of the application may name. */
function applicationLinks({ workflow }: ServiceDefinition): Schema {
  const acts = ['reply', 'withdraw', ...(workflow.appeal ? ['appeal'] : [])]
  return {
    asked: { operationId: 'asked', parameters: { application: '$request.path.application' } },
    ...Object.fromEntries(acts.map((act) => [act, linkTo(act)])),
  }
}

function linkTo(operationId: string): Schema {
  const parameters = {
    application: '$request.path.application',
    'header.If-Match': '$response.header.ETag',
  }
  return { operationId, parameters }
}
