import type { Text } from '@sapan/kernel'
import { type TSchema, Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from './schema.ts'

/** Why data is asked for. */
export interface Purpose {
  /** `tax-assessment`. */
  readonly code: string
  readonly name: Text
  readonly about: Text
  /** An officer who asks for it works on a case: without one, the access is unusual. */
  readonly needsCase?: boolean
}

/** What a grant rests on. */
export interface Law {
  readonly code: string
  readonly act: Text
  readonly section: string
  readonly about: Text
  /** Whether it was held against an official text; if not, the section is only an illustration. */
  readonly checked: boolean
}

const code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })
const purposeSchema = Type.Object(
  { code, name: textSchema, about: textSchema, needsCase: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
const lawSchema = Type.Object(
  {
    code,
    act: textSchema,
    section: Type.String({ minLength: 1 }),
    about: textSchema,
    checked: Type.Boolean(),
  },
  { additionalProperties: false },
)

function readList<S extends TSchema>(item: S, file: string, text: string) {
  return readYaml(Type.Array(item, { minItems: 1 }), file, text)
}

function refuseDoubles(file: string, list: readonly { readonly code: string }[]): void {
  const seen = new Set<string>()
  for (const { code } of list) {
    if (seen.has(code)) throw invalidData(file, `/${code}`, 'is there twice')
    seen.add(code)
  }
}

/** The purposes. Throws `country-data-invalid`. */
export function readPurposes(text: string = dataFile('purposes.yaml')): readonly Purpose[] {
  const purposes = readList(purposeSchema, 'purposes.yaml', text)
  refuseDoubles('purposes.yaml', purposes)
  return purposes
}

/** The laws. Throws `country-data-invalid`. */
export function readLaws(text: string = dataFile('laws.yaml')): readonly Law[] {
  const laws = readList(lawSchema, 'laws.yaml', text)
  refuseDoubles('laws.yaml', laws)
  return laws
}
