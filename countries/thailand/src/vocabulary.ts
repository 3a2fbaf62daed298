import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { dataFile, readYaml, textSchema } from './schema.ts'

/** A term of the core vocabulary, to which services map their fields (`x-sapan-term`). */
export interface Term {
  /** `person:givenName`. */
  readonly id: string
  readonly name: Text
  readonly definition: Text
  /** What columns are called that hold it, beside its names. */
  readonly also: readonly string[]
  /** Whether a field that is mapped to it is about a natural person. */
  readonly personal: boolean
}

/** The terms about one thing: a person, an address, a juristic person. */
export interface Vocabulary {
  /** `person`. */
  readonly prefix: string
  readonly name: Text
  readonly terms: readonly Term[]
}

const vocabularySchema = Type.Object(
  {
    prefix: Type.String({ pattern: '^[a-z]+$' }),
    name: textSchema,
    terms: Type.Record(
      Type.String({ pattern: '^[a-z][A-Za-z]*$' }),
      Type.Object(
        {
          th: textSchema.properties.th,
          en: textSchema.properties.en,
          definition: textSchema,
          also: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

const FILES = ['vocabulary/person.yaml', 'vocabulary/address.yaml', 'vocabulary/juristic.yaml']

/** One file of the vocabulary. Throws `country-data-invalid`. */
export function readVocabulary(file: string, text: string = dataFile(file)): Vocabulary {
  const { prefix, name, terms } = readYaml(vocabularySchema, file, text)
  return {
    prefix,
    name,
    terms: Object.entries(terms).map(([term, { th, en, definition, also = [] }]) => ({
      id: `${prefix}:${term}`,
      name: { th, en },
      definition,
      also,
      personal: prefix === 'person',
    })),
  }
}

/** The core vocabulary. Throws `country-data-invalid`. */
export function readVocabularies(): readonly Vocabulary[] {
  return FILES.map((file) => readVocabulary(file))
}
