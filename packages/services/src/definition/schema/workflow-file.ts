import { type Static, Type } from 'typebox'
import { fieldIn } from './field.ts'
import {
  code,
  expressionOf,
  expressions,
  law,
  lawOf,
  name,
  slug,
  strict,
  template,
  text,
  textOf,
} from './parts.ts'

const step = strict({
  kind: Type.Enum(['review', 'endorse', 'decide', 'sign'], { description: 'What is done' }),
  duty: code('Whose holders may do it: a code of the country’s duties'),
  count: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 5, description: 'How many must do it. Without it: 1' }),
  ),
  by: Type.Optional(
    Type.Enum(['officer', 'seal'], { description: 'Of `sign`: with an officer’s key, or the agency’s seal' }),
  ),
})

const consent = strict({
  id: name('Its name'),
  of: expressionOf('The national number of who is asked'),
  when: Type.Optional(expressionOf('Whether they are asked')),
  asks: textOf('What they are asked'),
  shows: Type.Optional(
    Type.Array(name('A field of the form'), {
      description: 'Answers that they agree to, and so see. Without it: none',
      uniqueItems: true,
    }),
  ),
  days: Type.Integer({
    minimum: 1,
    maximum: 180,
    description: 'In how many days of the calendar they answer',
  }),
})

const decision = strict({
  id: slug('`granted`, `refused`, `granted-in-part`'),
  name: text,
  favours: Type.Boolean({ description: 'Whether the applicant got what they asked for' }),
  reasons: Type.Optional(
    Type.Array(strict({ id: slug('Its name'), text, law }), {
      description: 'Reasons to choose from. What does not favour the applicant needs one',
    }),
  ),
  asks: Type.Optional(
    Type.Array(fieldIn('decision', 'outcome'), {
      maxItems: 20,
      description: 'What the officer fills in with it; read as `decision.…`',
    }),
  ),
  effects: Type.Optional(Type.Array(Type.String(), { description: 'Ids of effects, in their order' })),
  outputs: Type.Optional(Type.Array(Type.String(), { description: 'Ids of outputs' })),
  refund: Type.Optional(expressionOf('Satang that are given back')),
  payment: Type.Optional(expressionOf('Satang that are called in')),
  paymentDue: Type.Optional(expressionOf('The days on which equal parts of it are due, a list')),
})

const effect = strict({
  id: name('Its name in `effects`, under which its answer is read'),
  name: text,
  service: code('Who is told: `DOPA/population/life-event-v1`'),
  operation: name('The `operationId` in the agency’s OpenAPI document'),
  method: Type.Optional(Type.Enum(['POST', 'PUT'], { description: 'May be left out' })),
  path: Type.Optional(Type.String({ description: 'May be left out: it is that of the operation' })),
  parameters: Type.Optional(expressions('What fills the braces of the path')),
  purpose: Type.Optional(code('For what it is told, where it is not the service’s own purpose')),
  when: Type.Optional(expressionOf('Whether it is told')),
  body: template,
})

const wait = (description: string) =>
  Type.Optional(
    strict(
      { days: Type.Integer({ minimum: 1, maximum: 365, description: 'Days of the calendar' }), law },
      description,
    ),
  )

/** `workflow.yaml`. */
export const workflowFile = strict(
  {
    handler: Type.Optional(
      expressionOf('The member that decides, `"TH/GOV/REG9002"`. Without it: the owner'),
    ),
    automatic: Type.Optional(expressionOf('Whether the first decision is taken by rule')),
    steps: Type.Optional(Type.Array(step, { maxItems: 10, description: 'What officers do, in their order' })),
    consents: Type.Optional(
      Type.Array(consent, { maxItems: 5, description: 'Others who must agree before it goes on' }),
    ),
    decisions: Type.Array(decision, {
      minItems: 1,
      maxItems: 10,
      description: 'The ways in which it can end',
    }),
    effects: Type.Optional(
      Type.Array(effect, { maxItems: 20, description: 'What registers are told when it is decided' }),
    ),
    waits: Type.Optional(
      strict(
        {
          information: wait('To answer when an officer asks for more'),
          payment: wait('To pay a fee, or what a decision leaves to be paid'),
        },
        'How long the applicant has, after which the case lapses. Without it: the country’s rule',
      ),
    ),
    unpaid: Type.Optional(
      lawOf('What follows, by which law, where what a decision calls in is not paid in time'),
    ),
    appeal: Type.Optional(
      strict(
        {
          days: Type.Integer({ minimum: 1, maximum: 365, description: 'Days of the calendar to appeal' }),
          duty: code('Who decides it'),
          workingDays: Type.Integer({ minimum: 1, maximum: 365, description: 'In how many working days' }),
          law,
        },
        'How a decision can be appealed',
      ),
    ),
  },
  'How an application is handled',
)

export type WorkflowSource = Static<typeof workflowFile>
export type DecisionSource = Static<typeof decision>
export type EffectSource = Static<typeof effect>
