import { type Static, Type } from 'typebox'
import { fieldTypes } from '../form.ts'
import { expressionOf, name, strict, text, textOf } from './parts.ts'

const bound = Type.Unsafe<number | string>({
  type: ['integer', 'string'],
  description: 'A whole number, a day (`2026-02-28`), a month (`2026-02`), or an expression',
})

/** A field that is read as `<root>.<id>`: of the form (`answers`), or of what an outcome asks (`decision`). */
export const fieldIn = (root: 'answers' | 'decision', whole: 'form' | 'outcome') =>
  strict({
    id: name(`Its name in \`${root}\`, unique in the ${whole}`),
    type: Type.Enum([...fieldTypes], { description: 'What is filled in' }),
    label: text,
    hint: Type.Optional(textOf('What helps to answer it')),
    when: Type.Optional(expressionOf('Whether it is asked')),
    required: Type.Optional(expressionOf('Whether it must be filled in. Without it: true')),
    term: Type.String({
      pattern: '^(none|[a-z]+:[a-z][A-Za-z]*)$',
      description:
        'What it means: a term of the country’s vocabulary, or `none` where only the applicant can know',
    }),
    asksAlthough: Type.Optional(textOf('Why it is asked although an agency holds it')),
    from: Type.Optional(expressionOf('With what it is filled in')),
    changeable: Type.Optional(
      Type.Boolean({ description: 'Whether what a register said may be changed. Without it: true' }),
    ),
    options: Type.Optional(
      Type.Array(
        strict({
          value: Type.String({
            pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$',
            description: `What stands in \`${root}\``,
          }),
          text,
          hint: Type.Optional(text),
        }),
        {
          minItems: 1,
          maxItems: 300,
          description: 'Of `choice` and `choices`: what there is to choose from',
        },
      ),
    ),
    checks: Type.Optional(
      Type.Array(
        strict({
          rule: expressionOf('True where all is well'),
          text: textOf('What is said where it is not'),
        }),
        {
          maxItems: 20,
          description: 'What must be so, and what is said where it is not',
        },
      ),
    ),
    limits: Type.Optional(
      strict(
        {
          min: Type.Optional(bound),
          max: Type.Optional(bound),
          accepts: Type.Optional(
            Type.Array(Type.String({ pattern: '^[a-z]+/[a-z0-9.+-]+$' }), {
              minItems: 1,
              description: 'Of files: media types, `application/pdf`',
            }),
          ),
        },
        'By the type: letters, satang, days, bytes, how many choices',
      ),
    ),
    code: Type.Optional(
      Type.Literal('subdistrict', {
        description: 'Of a text: a code of the country’s divisions, shown with the name of the place',
      }),
    ),
    isSensitive: Type.Optional(
      Type.Boolean({ description: 'Personal data of special kinds (PDPA s.26). Without it: false' }),
    ),
  })

export type FieldSource = Static<ReturnType<typeof fieldIn>>
