import type { Schema } from './form-schemas.ts'

const word: Schema = { type: 'string' }
const flag: Schema = { type: 'boolean' }
const uuid: Schema = { type: 'string', format: 'uuid' }
const moment: Schema = { type: 'string', format: 'date-time' }
const whole: Schema = { type: 'integer' }
const satang: Schema = { type: 'integer', description: 'Whole satang' }
const address: Schema = { type: 'string', format: 'uri-reference' }
const digest: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256' }

function shape(
  required: Readonly<Record<string, Schema>>,
  others: Readonly<Record<string, Schema>> = {},
): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...others } }
}

function list(items: Schema): Schema {
  return { type: 'array', items }
}

/** Another schema of the document. */
export function named(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

const text = named('Text')
const next: Schema = { type: 'string', description: 'Send it as `after`; absent on the last part' }

const application = {
  required: {
    ...{ id: uuid, number: word, agency: word, service: word, version: whole, title: text },
    ...{ state: word, receivedAt: moment, effectiveReceivedAt: moment },
  },
  others: { dueAt: moment, lapseAt: moment, endedAt: moment, appealUntil: moment },
} satisfies Record<string, Record<string, Schema>>

const decision = shape({
  outcome: word,
  favours: flag,
  reasons: list(shape({ id: word, words: word })),
  decidedAt: moment,
  filledIn: {
    ...list(shape({ id: word, type: word, label: text, value: {} })),
    description: 'What the officer filled in with it',
  },
})

const page = shape({ id: word, title: text, isRepeated: flag, isDone: flag, fields: list(word) })

const fact = shape(
  {
    id: word,
    name: text,
    state: {
      enum: ['to-ask', 'waits', 'declined', 'unavailable', 'undecided', 'used', 'not-used', 'none'],
    },
    missing: list(word),
  },
  {
    ...{ askedAt: moment, exchange: word, data: {} },
    disputed: { ...list(word), description: 'Paths in `data` that the person said are wrong' },
  },
)

const answerError = shape({
  pointer: { type: 'string', format: 'json-pointer' },
  ...{ detail: word, th: word, en: word },
})

const draftHead = { id: uuid, service: word, version: whole, revision: whole, changedAt: moment }

/** What the API answers, by name; `Answers` comes from the form. */
export const answerShapes: Readonly<Record<string, Schema>> = {
  Text: { ...shape({ th: word, en: word }), description: 'In Thai and English' },
  Draft: shape({
    ...draftHead,
    answers: named('Answers'),
    marks: { type: 'object', description: 'Where the values of fields come from' },
    pages: list(page),
    facts: list(fact),
    problems: list(shape({ page: word, text }, { item: whole, field: word })),
    declaration: text,
  }),
  DraftList: shape({ drafts: list(shape({ ...draftHead, etag: word })) }, { next }),
  Application: shape(application.required, application.others),
  ApplicationList: shape({ applications: list(named('Application')) }, { next }),
  WholeApplication: shape(
    {
      ...application.required,
      links: {
        type: 'object',
        description: 'What can be done now, by who looks, and where',
        properties: Object.fromEntries(
          (['reply', 'appeal', 'withdraw'] as const).map((doing) => [doing, address]),
        ),
      },
      payments: list(named('Payment')),
      documents: list(named('Document')),
    },
    {
      ...application.others,
      decision: { ...decision, description: 'Once it is carried out: until then it can still come back' },
    },
  ),
  Asked: shape(
    {
      askedAt: moment,
      fields: list(shape({ path: word, type: word, label: text }, { before: {} })),
      documents: list(shape({ part: word, label: word })),
    },
    { text: { type: 'string', description: 'In the words of the officer' }, until: moment },
  ),
  Payment: shape({
    ...{ id: uuid, state: word, payee: word, amount: satang, paid: satang, dueAt: moment },
    payload: {
      type: 'string',
      description: 'What its QR code says (EMVCo merchant-presented, Thai QR Payment)',
    },
    bankReference: word,
    parts: {
      ...list(shape({ owed: satang, dueAt: moment })),
      description: 'One, or those that the person chose, with what is still owed of each',
    },
  }),
  Document: shape(
    {
      ...{ id: uuid, kind: word, title: text, number: word, issuer: word, issuedAt: moment },
      ...{ mediaType: { const: 'application/pdf' }, bytes: whole, sha256: digest },
      href: address,
    },
    { validTill: moment, ended: shape({ at: moment, why: { enum: ['replaced', 'revoked'] } }) },
  ),
  Service: shape({ id: word, version: whole, name: text, summary: text, page: word, openapi: word }),
  ServiceList: shape({ services: list(named('Service')) }, { next }),
  Eligibility: shape({
    overall: { enum: ['yes', 'no', 'unknown'] },
    requirements: list(
      shape(
        {
          id: word,
          name: text,
          verdict: { enum: ['yes', 'no', 'unknown'] },
          decidedBy: list(word),
          missing: list(word),
        },
        { law: {}, otherwise: text },
      ),
    ),
  }),
  Problem: {
    description: 'RFC 9457; `next` says what to do',
    ...shape(
      {
        type: { type: 'string', format: 'uri' },
        code: word,
        title: word,
        status: whole,
        detail: word,
        next: word,
      },
      {
        errors: list(answerError),
        open: {
          ...list(shape({ page: word, href: address, errors: list(answerError) })),
          description:
            'Of `application-incomplete`: the pages to send again, where to, and what is wrong where in what is sent there',
        },
      },
    ),
  },
}
