import Type, { type Static, type TSchema } from 'typebox'

const Texts = Type.Object(
  { th: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)

const Field = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,40}$' }),
    /** As the source calls it: in the first row of a file, in the catalogue of a database. */
    column: Type.String({ minLength: 1 }),
    text: Texts,
    type: Type.Optional(Type.Enum(['text', 'integer', 'number'])),
    term: Type.Optional(Type.String({ pattern: '^[a-z]+:[A-Za-z0-9]+$' })),
    /** Whether it is the number of the person whom the row is about. */
    subject: Type.Optional(Type.Boolean()),
    /** Whether rows may be found by it: one operation for each. */
    search: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

const csvFormat = {
  encoding: Type.Optional(Type.Enum(['utf-8', 'windows-874'])),
  separator: Type.Optional(Type.Enum([',', ';', '\t', '|'])),
}

const xlsxFormat = {
  /** The first where it says nothing. */
  sheet: Type.Optional(Type.String({ minLength: 1, maxLength: 31 })),
  /** The row that names the columns; the first where it says nothing. */
  headings: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
}

/** How rows are found by a field: an operation of the service, and the parameter that takes the value. */
const Search = Type.Object(
  {
    operation: Type.String({ minLength: 1, maxLength: 200 }),
    parameter: Type.String({ minLength: 1, maxLength: 200 }),
    /** What other parameters are always given. */
    with: Type.Optional(Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 200 }))),
    /** Where in the answer the rows lie: names with slashes between; the answer itself where it says nothing. */
    rows: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
)

const searches = Type.Record(Type.String(), Search)

/** What a mapping may read from, by the key that says which. */
export const sourceSchemas = {
  csv: Type.Object({ csv: Type.String({ minLength: 1 }), ...csvFormat }, { additionalProperties: false }),
  xlsx: Type.Object({ xlsx: Type.String({ minLength: 1 }), ...xlsxFormat }, { additionalProperties: false }),
  folder: Type.Object(
    { folder: Type.String({ minLength: 1 }), ...csvFormat, ...xlsxFormat },
    { additionalProperties: false },
  ),
  rest: Type.Object({ rest: Type.String({ minLength: 1 }), searches }, { additionalProperties: false }),
  soap: Type.Object({ soap: Type.String({ minLength: 1 }), searches }, { additionalProperties: false }),
  postgresql: Type.Object(
    { postgresql: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  mysql: Type.Object(
    { mysql: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  sqlserver: Type.Object(
    { sqlserver: Type.String({ minLength: 1, maxLength: 300 }) },
    { additionalProperties: false },
  ),
  oracle: Type.Object(
    { oracle: Type.String({ minLength: 1, maxLength: 300 }) },
    { additionalProperties: false },
  ),
}

/** What a mapping file may say, with one kind of source or any. */
export function mappingSchema<Kind extends TSchema>(source: Kind) {
  return Type.Object(
    {
      code: Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$' }),
      version: Type.String({ pattern: '^v[0-9]{1,4}$' }),
      text: Texts,
      source,
      /** The most rows of one answer. */
      atMost: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      fields: Type.Array(Field, { minItems: 1, maxItems: 200 }),
    },
    { additionalProperties: false },
  )
}

export const MappingSchema = mappingSchema(
  Type.Union([
    sourceSchemas.csv,
    sourceSchemas.xlsx,
    sourceSchemas.folder,
    sourceSchemas.rest,
    sourceSchemas.soap,
    sourceSchemas.postgresql,
    sourceSchemas.mysql,
    sourceSchemas.sqlserver,
    sourceSchemas.oracle,
  ]),
)

export type Mapping = Static<typeof MappingSchema>
export type MappedField = Mapping['fields'][number]
export type CsvFormat = Omit<Static<typeof sourceSchemas.csv>, 'csv'>
export type RemoteSearch = Static<typeof Search>
export type XlsxFormat = Omit<Static<typeof sourceSchemas.xlsx>, 'xlsx'>

/** Whether a field is of a person by what the vocabulary says, or is their number. */
export function isPersonal(field: MappedField): boolean {
  return field.subject === true || field.term?.startsWith('person:') === true
}

/** The path at which rows are found by a field: `/by-national-id/{nationalId}`. */
export function pathOfSearch({ name }: MappedField): string {
  return `/by-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
