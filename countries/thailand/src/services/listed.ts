import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'
import { readLifeEvents } from './life-events.ts'
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

/**
 * The services that agencies give elsewhere. Throws `country-data-invalid` with the line, also for a service that stands there
 * twice and for an unknown event of life.
 */
export function readListedServices(text: string = dataFile(FILE)): readonly ListedService[] {
  const services = readYaml(Type.Array(listed), FILE, text)
  const events = readLifeEvents().map(({ code }) => code)
  for (const [index, { id, lifeEvents }] of services.entries()) {
    const refused = (place: string, why: Text) => invalidData(FILE, `/${index}/${place}`, why, text)
    if (services.findIndex((one) => one.id === id) < index)
      throw refused('id', { th: `มีบริการ ${id} แล้ว`, en: `the service ${id} is there twice.` })
    for (const [at, code] of lifeEvents.entries())
      if (!events.includes(code))
        throw refused(`lifeEvents/${at}`, {
          th: `ไม่มีเหตุการณ์ในชีวิต ${code} มี: ${events.join(', ')}`,
          en: `there is no life event ${code}. There are: ${events.join(', ')}.`,
        })
  }
  return services
}
