import { parseMember, parseService, parseSubsystem } from '@sapan/exchange'
import { Problem } from '@sapan/kernel'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { consentRoomProblems } from '../problems/consents.ts'
import type { ConsentTerms } from './consent.ts'

const name = Type.String({ minLength: 1, maxLength: 200 })

/** What an agency sends to ask for a consent. */
export const askingSchema = Type.Object(
  {
    subject: Type.Object(
      {
        scheme: Type.Enum(['national-id', 'foreigner-number']),
        value: Type.String({ minLength: 1, maxLength: 40 }),
      },
      { additionalProperties: false },
    ),
    consumer: name,
    service: name,
    purpose: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 }),
    law: Type.Optional(name),
    operations: Type.Optional(Type.Array(name, { minItems: 1, maxItems: 50, uniqueItems: true })),
    fields: Type.Array(Type.String({ pattern: '^(\\*|[^.*\\s]+(\\.[^.*\\s]+)*)$', maxLength: 200 }), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
    }),
    reason: Type.Object(
      {
        th: Type.String({ minLength: 1, maxLength: 500 }),
        en: Type.String({ minLength: 1, maxLength: 500 }),
      },
      { additionalProperties: false },
    ),
    reference: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
)

const Asking = Compile(askingSchema)

/** An agency's question, read. */
export interface Asking {
  readonly subject: { readonly scheme: string; readonly value: string }
  readonly terms: ConsentTerms
  readonly reason: { readonly th: string; readonly en: string }
  readonly reference: string
}

/** Reads what an agency sent; it asks for itself only. Throws Problem `consent-question-invalid`. */
export function readAsking(sent: unknown, member: string): Asking {
  if (!Asking.Check(sent) || hasUnseen(sent))
    throw new Problem(consentRoomProblems['consent-question-invalid'])
  const { consumer, service, purpose, law, operations, fields } = sent
  const provider = providerOf(consumer, service, member)
  return {
    subject: sent.subject,
    terms: {
      consumer,
      provider,
      service,
      purpose,
      fields,
      ...(law === undefined ? {} : { law }),
      ...(operations === undefined ? {} : { operations }),
    },
    reason: sent.reason,
    reference: sent.reference ?? '',
  }
}

/** Marks that are not seen, or turn the writing round: what a person is asked must read as it is. */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

function hasUnseen(value: unknown): boolean {
  if (typeof value === 'string') return unseen.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnseen)
}

function providerOf(consumer: string, service: string, member: string): string {
  try {
    if (parseSubsystem(consumer).member !== parseMember(member).id) throw new RangeError('another member')
    return parseMember(parseService(service).service.split('/').slice(0, 3).join('/')).id
  } catch (cause) {
    throw new Problem(consentRoomProblems['consent-question-invalid'], { cause })
  }
}
