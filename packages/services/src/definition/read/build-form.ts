import type { Expression } from '@sapan/cel'
import type { Calculated, Field, FieldLimits, Form, FormPage } from '../form.ts'
import type { FieldSource } from '../schema/field.ts'
import type { CalculatedSource, FormSource, PageSource } from '../schema/form-file.ts'
import type { ExpressionReader } from './expressions.ts'
import { FORM, ITEM } from './roots.ts'

/** `form.yaml` as the form that it says. */
export function buildForm(file: FormSource, reader: ExpressionReader): Form {
  return {
    sections: file.sections,
    pages: file.pages.map((page, index) => buildPage(page, `/pages/${index}`, reader)),
    calculated: (file.calculated ?? []).map((one, index) =>
      buildCalculated(one, `/calculated/${index}`, reader),
    ),
    declaration: file.declaration,
  }
}

function buildPage(page: PageSource, at: string, reader: ExpressionReader): FormPage {
  const { when, repeat, fields, ...same } = page
  const roots = repeat === undefined ? FORM : ITEM
  return {
    ...same,
    ...reader.optional('when', when, at, FORM),
    ...(repeat === undefined
      ? {}
      : {
          repeat: {
            ...repeat,
            ...reader.optional('from', repeat.from, `${at}/repeat`, FORM),
          } as FormPageRepeat,
        }),
    fields: fields.map((field, index) => buildField(field, `${at}/fields/${index}`, reader, roots)),
  }
}

type FormPageRepeat = NonNullable<FormPage['repeat']>

/** A field of a form, or of what an officer fills in. */
export function buildField(
  field: FieldSource,
  at: string,
  reader: ExpressionReader,
  roots: readonly string[],
): Field {
  const { when, required, term, from, limits, options, checks, changeable, isSensitive, ...same } = field
  return {
    ...same,
    ...(term === 'none' ? {} : { term }),
    ...reader.optional('when', when, at, roots),
    required:
      typeof required === 'boolean'
        ? required
        : required === undefined || reader.read(required, `${at}/required`, roots),
    ...reader.optional('from', from, at, roots),
    changeable: changeable ?? true,
    options: options ?? [],
    checks: (checks ?? []).map(({ rule, text }, index) => ({
      rule: reader.read(rule, `${at}/checks/${index}/rule`, roots),
      text,
    })),
    limits: buildLimits(limits ?? {}, `${at}/limits`, reader, roots),
    isSensitive: isSensitive ?? false,
  }
}

function buildLimits(
  { min, max, accepts }: NonNullable<FieldSource['limits']>,
  at: string,
  reader: ExpressionReader,
  roots: readonly string[],
): FieldLimits {
  const bound = (value: number | string, name: string): number | string | Expression =>
    typeof value === 'number' || /^\d{4}-\d{2}(-\d{2})?$/.test(value)
      ? value
      : reader.read(value, `${at}/${name}`, roots)
  return {
    ...(min === undefined ? {} : { min: bound(min, 'min') }),
    ...(max === undefined ? {} : { max: bound(max, 'max') }),
    ...(accepts === undefined ? {} : { accepts }),
  }
}

function buildCalculated(one: CalculatedSource, at: string, reader: ExpressionReader): Calculated {
  return { ...one, value: reader.read(one.value, `${at}/value`, FORM), isShown: one.isShown ?? true }
}
