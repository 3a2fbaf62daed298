import { Type } from 'typebox'
import { dataFile, readYaml } from '../schema.ts'

/** What somebody may type, and the id of the service that they look for. */
export interface Phrase {
  readonly says: string
  /** `none`: nothing that a state gives. */
  readonly service: string
}

const phrase = Type.Object(
  { says: Type.String({ minLength: 2 }), service: Type.String() },
  { additionalProperties: false },
)

const FILE = 'services/phrases.yaml'

/** The phrases by which the search is measured. Throws `country-data-invalid`. */
export function readPhrases(text: string = dataFile(FILE)): readonly Phrase[] {
  return readYaml(Type.Array(phrase), FILE, text)
}
