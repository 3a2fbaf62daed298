import { isPersonal, type MappedField, type Mapping, pathOfSearch } from './mapping/mapping.ts'

/** The service of a mapping in OpenAPI 3.1, as a gateway loads it: an operation for each field that is searched by. */
export function describeMapping(mapping: Mapping) {
  const searched = mapping.fields.filter(({ search }) => search)
  return {
    openapi: '3.1.0',
    info: {
      title: mapping.text.en,
      version: mapping.version,
      'x-sapan-code': mapping.code,
      'x-sapan-text': mapping.text,
      ...(mapping.fields.some(isPersonal) ? { 'x-sapan-personal': true } : {}),
    },
    paths: Object.fromEntries(
      searched.map((field) => [
        `${pathOfSearch(field)}/{${field.name}}`,
        { get: operationOf(mapping, field) },
      ]),
    ),
  }
}

function operationOf(mapping: Mapping, field: MappedField) {
  const properties = Object.fromEntries(mapping.fields.map((one) => [one.name, schemaOf(one)]))
  return {
    operationId: `findBy${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`,
    'x-sapan-text': { th: `ค้นด้วย${field.text.th}`, en: `Find by ${field.text.en}` },
    ...subjectsOf(mapping, field),
    parameters: [
      {
        name: field.name,
        in: 'path',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 200 },
        'x-sapan-text': field.text,
        ...termOf(field),
      },
    ],
    responses: {
      200: {
        description: 'The rows that fit; none where there are none',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: { records: { type: 'array', items: { type: 'object', properties } } },
            },
          },
        },
      },
    },
  }
}

function subjectsOf({ fields }: Mapping, searched: MappedField) {
  const inAnswer = fields
    .filter(({ subject }) => subject)
    .map(({ name }) => ({ in: 'answer', pointer: `/records/*/${name}` }))
  if (inAnswer.length === 0) return {}
  const inPath = searched.subject ? [{ in: 'path', name: searched.name }] : []
  return { 'x-sapan-subject': [...inPath, ...inAnswer] }
}

function schemaOf(field: MappedField) {
  const { type = 'text', text } = field
  return { type: type === 'text' ? 'string' : type, 'x-sapan-text': text, ...termOf(field) }
}

function termOf({ term }: MappedField) {
  return term === undefined ? {} : { 'x-sapan-term': term }
}
