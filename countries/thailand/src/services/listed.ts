import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { dataFile, readYaml, textSchema } from '../schema.ts'
import { audienceSchema, saysSchema } from './words.ts'

/** A service that is applied for at its agency: found here, given there. */
export interface ListedService {
  readonly id: string
  readonly name: Text
  readonly summary: Text
  /** Who gives it; it need not be a member. */
  readonly owner: Text
  readonly says: { readonly th: readonly string[]; readonly en: readonly string[] }
  readonly audience: readonly ('citizen' | 'business' | 'foreigner')[]
  readonly lifeEvents: readonly string[]
  readonly channels: readonly {
    readonly kind: 'online' | 'counter' | 'post' | 'phone'
    readonly about: Text
  }[]
}

const listed = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }),
    name: textSchema,
    summary: textSchema,
    owner: textSchema,
    says: saysSchema,
    audience: audienceSchema,
    lifeEvents: Type.Array(Type.String(), { minItems: 1 }),
    channels: Type.Array(
      Type.Object(
        {
          kind: Type.Union([
            Type.Literal('online'),
            Type.Literal('counter'),
            Type.Literal('post'),
            Type.Literal('phone'),
          ]),
          about: textSchema,
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
)

const FILE = 'services/listed.yaml'

/** The services that agencies give elsewhere. Throws `country-data-invalid`. */
export function readListedServices(text: string = dataFile(FILE)): readonly ListedService[] {
  return readYaml(Type.Array(listed), FILE, text)
}
