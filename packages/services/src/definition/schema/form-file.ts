import { type Static, Type } from 'typebox'
import { fieldIn } from './field.ts'
import { expressionOf, name, slug, strict, text, textOf } from './parts.ts'

const repeat = strict(
  {
    min: Type.Integer({ minimum: 0, maximum: 100, description: 'How many there must be' }),
    max: Type.Integer({ minimum: 1, maximum: 100, description: 'How many there may be' }),
    one: textOf('What one of them is called'),
    titleField: name('The field by which one is named in the list'),
    from: Type.Optional(expressionOf('The list of a register with which it begins')),
  },
  'A page that is filled in several times',
)

const page = strict({
  id: Type.String({
    pattern: '^[a-z][A-Za-z0-9]{0,39}$',
    description: 'Its name in addresses; of a repeated page, its list in `answers`',
  }),
  section: slug('The section of the task list to which it belongs'),
  title: text,
  about: Type.Optional(textOf('What stands above its fields')),
  when: Type.Optional(expressionOf('Whether the page is asked')),
  repeat: Type.Optional(repeat),
  fields: Type.Array(fieldIn('answers', 'form'), { minItems: 1, maxItems: 30, description: 'What it asks' }),
})

const calculated = strict({
  id: name('Its name in `calc`'),
  label: text,
  type: Type.Enum(['money', 'whole', 'text', 'yes-no', 'date', 'list'], { description: 'What comes out' }),
  value: expressionOf('How it is worked out'),
  isShown: Type.Optional(
    Type.Boolean({ description: 'Whether it is shown in check-your-answers. Without it: true' }),
  ),
  about: Type.Optional(text),
})

/** `form.yaml`. */
export const formFile = strict(
  {
    sections: Type.Array(strict({ id: slug('Its name'), title: text }), {
      minItems: 1,
      maxItems: 30,
      description: 'The task list, in its order',
    }),
    pages: Type.Array(page, {
      minItems: 1,
      maxItems: 100,
      description: 'In the order in which they are asked',
    }),
    calculated: Type.Optional(
      Type.Array(calculated, { maxItems: 200, description: 'What is worked out; read as `calc.…`' }),
    ),
    declaration: text,
  },
  'What the applicant fills in',
)

export type FormSource = Static<typeof formFile>
export type PageSource = Static<typeof page>
export type CalculatedSource = Static<typeof calculated>
