import type { ServiceDefinition } from '../../definition/definition.ts'
import type { Field, FormPage } from '../../definition/form.ts'
import { acceptedTypes } from '../../draft/upload/take-file.ts'
import { askedFields } from '../../eligibility/asked.ts'

/** A JSON Schema of draft 2020-12, or a part of an OpenAPI document. */
export type Schema = { readonly [key: string]: unknown }

/** What a page is sent as. What depends on other answers (`when`, limits that are worked out) the API says itself. */
export function pageSchema({ id, repeat, fields }: FormPage): Schema {
  const entry = entrySchema(fields)
  if (repeat === undefined) return { ...only({ answers: entry }), required: ['answers'], title: id }
  const items = { type: 'array', minItems: repeat.min, maxItems: repeat.max, items: entry }
  return { ...only({ items }), required: ['items'], title: id }
}

/** An object of no other members than these. */
export function only(properties: Schema): Schema {
  return { type: 'object', additionalProperties: false, properties }
}

/** Whether the person declares that the company's seal is put to it. */
export const sealSchema: Schema = {
  type: 'boolean',
  default: false,
  description: 'That the company’s seal is put to it, where its signing condition wants it',
}

function entrySchema(fields: readonly Field[]): Schema {
  const typed = fields.filter(({ type }) => type !== 'file')
  const asked = typed.filter(({ required, when }) => required === true && when === undefined)
  return {
    ...only(Object.fromEntries(typed.map((field) => [field.id, fieldSchema(field)]))),
    ...(asked.length > 0 && { required: asked.map(({ id }) => id) }),
  }
}

/** What is filled in so far, as a draft tells it: of the right types, whatever its limits. */
export function answersSchema({ form }: ServiceDefinition): Schema {
  const entry = (fields: readonly Field[]) =>
    Object.fromEntries(fields.map((field) => [field.id, fieldSchema({ ...field, limits: {} })]))
  const pages = form.pages.map((page) =>
    page.repeat === undefined
      ? entry(page.fields)
      : { [page.id]: { type: 'array', items: { type: 'object', properties: entry(page.fields) } } },
  )
  return { type: 'object', properties: Object.assign({}, ...pages) }
}

/** What one field holds, with its words and what it means. */
export function fieldSchema(field: Field): Schema {
  return {
    ...typeSchema(field),
    title: field.label.en,
    'x-sapan-text': field.label,
    ...(field.hint && { description: field.hint.en }),
    ...(field.term && { 'x-sapan-term': field.term }),
  }
}

function typeSchema({ type, options, limits }: Field): Schema {
  const { min, max } = limits
  const least = typeof min === 'number' ? min : undefined
  const most = typeof max === 'number' ? max : undefined
  const codes = options.map(({ value }) => value)
  switch (type) {
    case 'money':
    case 'whole':
      return {
        type: 'integer',
        ...(least !== undefined && { minimum: least }),
        ...(most !== undefined && { maximum: most }),
      }
    case 'yes-no':
      return { type: 'boolean' }
    case 'choice':
      return { type: 'string', enum: codes }
    case 'choices':
      return { type: 'array', items: { type: 'string', enum: codes }, uniqueItems: true }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'month':
      return { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }
    case 'national-id':
    case 'juristic-id':
    case 'foreigner-number':
      return { type: 'string', pattern: '^[0-9]{13}$' }
    case 'country':
      return { type: 'string', pattern: '^[A-Z]{3}$' }
    case 'address':
      return { $ref: '#/components/schemas/Address' }
    case 'person-name':
      return { $ref: '#/components/schemas/PersonName' }
    case 'file':
      return { $ref: '#/components/schemas/File' }
    default:
      return {
        type: 'string',
        ...(least !== undefined && { minLength: least }),
        ...(most !== undefined && { maxLength: most }),
      }
  }
}

const word: Schema = { type: 'string' }

/** What several fields are made of. */
export const fieldShapes: Readonly<Record<string, Schema>> = {
  Address: {
    type: 'object',
    required: ['houseNumber', 'subdistrictCode'],
    properties: {
      ...{ houseNumber: word, moo: word, village: word, lane: word, road: word },
      subdistrictCode: { type: 'string', pattern: '^[0-9]{6}$' },
      postalCode: { type: 'string', pattern: '^[0-9]{5}$' },
      ...{ subdistrict: word, district: word, province: word },
    },
  },
  PersonName: {
    type: 'object',
    required: ['givenName', 'familyName'],
    properties: { title: word, givenName: word, middleName: word, familyName: word },
  },
  File: {
    type: 'object',
    readOnly: true,
    description: 'A file that was sent to …/files',
    required: ['id', 'name', 'mediaType', 'bytes', 'sha256'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      name: word,
      mediaType: word,
      bytes: { type: 'integer', minimum: 1 },
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    },
  },
}

/** Without limits: what is beyond them may be what a condition answers with its reason and law. */
export function eligibilitySchema(definition: ServiceDefinition): Schema {
  const properties = Object.fromEntries(
    askedFields(definition).map((field) => [field.id, fieldSchema({ ...field, limits: {} })]),
  )
  return only({ answers: only(properties) })
}

export function factsSchema({ evidence }: ServiceDefinition): Schema {
  const yesOrNo = { type: 'string', enum: ['yes', 'no'] }
  const each = only(Object.fromEntries(evidence.map(({ id }) => [id, yesOrNo])))
  return only({ ask: each, use: each })
}

/** The request body of a file; undefined where the form asks for none. */
export function fileBody({ form }: ServiceDefinition): Schema | undefined {
  const asked = form.pages.flatMap((page) => page.fields.filter(({ type }) => type === 'file'))
  if (asked.length === 0) return undefined
  const isRepeated = form.pages.some(
    ({ repeat, fields }) => repeat !== undefined && fields.some(({ type }) => type === 'file'),
  )
  const properties = {
    field: { type: 'string', enum: asked.map(({ id }) => id), description: 'The field that asks for it' },
    ...(isRepeated && {
      item: { type: 'integer', minimum: 0, description: 'Of a repeated page: which entry, from 0' },
    }),
    file: {
      type: 'string',
      contentMediaType: 'application/octet-stream',
      description: 'Its bytes say what it is',
    },
  }
  const types = [...new Set(asked.flatMap(acceptedTypes))].join(', ')
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { type: 'object', properties, required: ['field', 'file'] },
        encoding: { file: { contentType: types } },
      },
    },
  }
}
