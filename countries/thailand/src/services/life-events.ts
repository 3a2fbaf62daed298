import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { dataFile, readYaml, textSchema } from '../schema.ts'
import { audienceSchema, saysSchema } from './words.ts'

/** Something that happens in a life, for which services are needed. */
export interface LifeEvent {
  readonly code: string
  readonly name: Text
  readonly about: Text
  readonly audience: readonly ('citizen' | 'business' | 'foreigner')[]
  readonly says: { readonly th: readonly string[]; readonly en: readonly string[] }
}

const lifeEvent = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z][a-z-]{1,40}$' }),
    name: textSchema,
    about: textSchema,
    audience: audienceSchema,
    says: saysSchema,
  },
  { additionalProperties: false },
)

const FILE = 'life-events.yaml'

/** The events of life, from birth to death. Throws `country-data-invalid`. */
export function readLifeEvents(text: string = dataFile(FILE)): readonly LifeEvent[] {
  return readYaml(Type.Array(lifeEvent), FILE, text)
}
