import { type Static, Type } from 'typebox'
import { applicantSchemes } from '../../application/application.ts'
import { audiences } from '../definition.ts'
import {
  code,
  type ExpressionSource,
  expressionOf,
  expressions,
  type JsonSource,
  law,
  name,
  slug,
  strict,
  template,
  text,
  textOf,
} from './parts.ts'

const callByScheme = strict({
  operation: name('The `operationId`, of the same service'),
  parameters: Type.Optional(expressions('What fills the braces of its path')),
  query: Type.Optional(expressions('What stands behind its question mark')),
})

const evidence = strict({
  id: name('Its name in `facts`'),
  name: text,
  service: code('Who is asked: `DOPA/population/person-v1`'),
  operation: name('The `operationId` in the agency’s OpenAPI document'),
  method: Type.Optional(Type.Literal('GET', { description: 'May be left out: it is that of the operation' })),
  path: Type.Optional(Type.String({ description: 'May be left out: it is that of the operation' })),
  parameters: Type.Optional(expressions('What fills the braces of the path: `{ id: applicant.id }`')),
  query: Type.Optional(expressions('What stands behind the question mark')),
  byScheme: Type.Optional(
    Type.Record(Type.String({ pattern: `^(${applicantSchemes.join('|')})$` }), callByScheme, {
      additionalProperties: false,
      description:
        'Another operation for applicants whom the register finds by another kind of number, by `applicant.scheme`: `{ passport: { operation: getStayByPassport, parameters: { passport: applicant.id } } }`',
    }),
  ),
  purpose: Type.Optional(code('For what it is asked, where it is not the service’s own purpose')),
  law: Type.Optional(law),
  when: Type.Optional(expressionOf('Whether it is asked')),
  fields: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$' }), {
    minItems: 1,
    maxItems: 100,
    description: 'What is taken of the answer, as grants name it: `members.birthDate`',
  }),
  shows: Type.Optional(
    Type.Array(
      strict({
        field: Type.String({ description: 'One of `fields`, or below one' }),
        label: text,
        as: Type.Optional(
          Type.Enum(
            ['text', 'date', 'money', 'national-id', 'address', 'name', 'yes-no', 'subdistrict', 'country'],
            { description: 'How it is written. Without it: as text' },
          ),
        ),
        words: Type.Optional(
          Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$' }), text, {
            description: 'What the register’s codes mean: `{ M: { th: ชาย, en: Male } }`',
          }),
        ),
      }),
      { description: 'What the person sees of it, with its label' },
    ),
  ),
  none: Type.Optional(
    Type.Unsafe<JsonSource>({ description: 'What a 404 says: `{}`. Without it, it counts as not answered' }),
  ),
  again: Type.Optional(
    Type.Boolean({ description: 'Whether it is asked again when the case is decided. Without it: false' }),
  ),
})

const requirement = strict({
  id: slug('Its name'),
  rule: expressionOf('True where it is met'),
  name: textOf('What must be so'),
  otherwise: textOf('What is said where it is not met'),
  law,
  asks: Type.Optional(
    Type.Array(Type.String(), { description: 'Fields by which somebody who is not signed in answers it' }),
  ),
  refuses: Type.Optional(
    Type.Boolean({ description: 'Whether what does not meet it is refused at once. Without it: true' }),
  ),
})

const output = strict({
  id: slug('Its name'),
  name: text,
  template: code('A shipped template of documents: `certificate-letter`'),
  data: template,
  evidenceFor: Type.Optional(
    Type.Array(
      Type.Union([
        Type.String(),
        strict({ service: Type.String(), when: textOf('Of whom it is asked: “If you claim a child”') }),
      ]),
      {
        description:
          'Services whose evidence it is, by their ids; with `when`, of whom they ask it, as part of a sentence',
      },
    ),
  ),
})

const says = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 60 })

/** `service.yaml`. */
export const serviceFile = strict(
  {
    name: text,
    summary: text,
    says: strict({ th: says, en: says }, 'What people call it, in their own words; for the search'),
    owner: code('The member that is competent: `RD`'),
    consumer: code('Its subsystem that asks and tells registers: `RD/efiling`'),
    purpose: code('For what it asks: a code of the country’s purposes'),
    audience: Type.Array(Type.Enum([...audiences]), { minItems: 1, description: 'For whom it is' }),
    applicant: strict(
      {
        as: Type.Array(Type.Enum(['self', 'company', 'child', 'person']), {
          minItems: 1,
          description: 'As oneself, or for a company, a child, another person under a mandate',
        }),
        scope: Type.Optional(
          code(
            'What a mandate must cover to hand in, reply, withdraw and appeal: a code of the country’s scopes',
          ),
        ),
      },
      'For whom one may apply',
    ),
    lifeEvents: Type.Optional(
      Type.Array(code('A life event'), { description: 'Codes of life events: `birth`' }),
    ),
    laws: Type.Array(law, { minItems: 1, description: 'The laws on which it stands' }),
    fee: Type.Optional(
      strict(
        {
          amount: expressionOf('Satang, whole'),
          when: Type.Enum(['with-submission', 'after-decision'], { description: 'When it is paid' }),
          about: textOf('How it comes about'),
        },
        'What is to be paid, in satang. Without it: nothing',
      ),
    ),
    once: Type.Optional(
      strict(
        {
          per: Type.Optional(
            expressionOf('By what it is counted, a text: `answers.taxYear`. Without it: once in all'),
          ),
          freedBy: Type.Optional(
            Type.Array(Type.String(), {
              description: 'Ids of decisions after which it may be applied for anew. Without it: none',
            }),
          ),
          otherwise: textOf('What is said to who applies again, and what they can do instead'),
        },
        'That an applicant applies for it once. What was withdrawn, lapsed or voided does not count',
      ),
    ),
    workingDays: Type.Integer({ minimum: 1, maximum: 730, description: 'The time in which it is decided' }),
    acceptsSince: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 9999,
        description:
          'The oldest version under which what is being filled in may still be handed in. Without it: this one only',
      }),
    ),
    channels: Type.Array(
      strict({
        kind: Type.Enum(['online', 'counter', 'post', 'phone'], { description: 'Which way' }),
        about: text,
      }),
      { minItems: 1, description: 'How one can apply' },
    ),
    level: strict(
      { ial: code('How surely a person is known'), aal: code('How surely it is them now') },
      'The levels of Digital ID that it needs',
    ),
    steps: Type.Array(strict({ title: text, who: text, takes: Type.Optional(text) }), {
      minItems: 1,
      description: 'What people and officers do, as the manual for citizens says it',
    }),
    documents: Type.Optional(
      Type.Array(text, {
        description: 'What people bring themselves, which no agency holds: texts, `- { th: …, en: … }`',
      }),
    ),
    evidence: Type.Optional(
      Type.Array(evidence, { maxItems: 40, description: 'What registers are asked for' }),
    ),
    requirements: Type.Optional(
      Type.Array(requirement, { maxItems: 40, description: 'What must be so for the service to be given' }),
    ),
    outputs: Type.Array(output, {
      minItems: 1,
      maxItems: 20,
      description: 'The signed documents that come of it',
    }),
    tables: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }),
        Type.String({ pattern: '^[a-z0-9-]+$' }),
        {
          description: 'Data of rules: the name in `tables`, and the file under tables/ (without .yaml)',
        },
      ),
    ),
  },
  'What the service is',
)

export type ServiceSource = Static<typeof serviceFile>
export type EvidenceSource = Static<typeof evidence>
export type RequirementSource = Static<typeof requirement>
export type OutputSource = Static<typeof output>
export type { ExpressionSource }
