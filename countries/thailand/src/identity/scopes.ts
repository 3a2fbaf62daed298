import type { Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'

const strict = { additionalProperties: false } as const
const kind = Type.Enum(['name', 'word', 'date', 'number', 'email', 'address', 'list'])

const schema = Type.Object(
  {
    consentDays: Type.Integer({ minimum: 1, maximum: 3650 }),
    address: Type.Optional(Type.Object({ service: Type.String(), purpose: Type.String() }, strict)),
    sources: Type.Record(Type.String({ pattern: '^[a-z]+$' }), textSchema),
    claims: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[a-z][a-z_]*(#(th|en))?$' }),
          name: textSchema,
          kind,
          source: Type.String(),
          optional: Type.Optional(Type.Boolean()),
          within: Type.Optional(Type.String()),
        },
        strict,
      ),
      { minItems: 1 },
    ),
    scopes: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[a-z][a-z_]*$' }),
          name: textSchema,
          claims: Type.Array(Type.String()),
          allows: Type.Optional(Type.Array(textSchema, { minItems: 1 })),
        },
        strict,
      ),
      { minItems: 1 },
    ),
  },
  strict,
)

/** Something that a client can be told of a person (OpenID Connect Core 1.0 §5.1). */
export interface ClaimTerm {
  readonly code: string
  readonly name: Text
  /** How its values are shown. */
  readonly kind: Static<typeof kind>
  /** Whence it comes, in words. */
  readonly source: Text
  /** Whether a person may leave it out and still sign in. */
  readonly optional: boolean
  /** The claim with which it is agreed to: it only says the same in another way. */
  readonly within?: string
}

/** Claims that are asked for together (OpenID Connect Core 1.0 §5.4). */
export interface ScopeTerm {
  readonly code: string
  readonly name: Text
  readonly claims: readonly string[]
  /** What a client may do with it in the person's name. */
  readonly allows?: readonly Text[]
}

export interface CountryScopes {
  /** For how many days what was agreed to holds. */
  readonly consentDays: number
  /** Who is asked for a registered address, and why. */
  readonly address?: { readonly service: string; readonly purpose: string }
  readonly claims: readonly ClaimTerm[]
  readonly scopes: readonly ScopeTerm[]
}

const FILE = 'identity/scopes.yaml'

/** The country's scopes and claims. Throws `country-data-invalid`. */
export function readScopes(text: string = dataFile(FILE)): CountryScopes {
  const { consentDays, address, sources, claims, scopes } = readYaml(schema, FILE, text)
  const codes = new Set(claims.map(({ code }) => code))
  for (const [i, claim] of claims.entries()) {
    if (sources[claim.source] === undefined) throw invalidData(FILE, `/claims/${i}/source`, 'is no source')
    if (claim.within !== undefined && !codes.has(claim.within))
      throw invalidData(FILE, `/claims/${i}/within`, 'is no claim')
  }
  for (const [i, { code, claims: told, allows }] of scopes.entries()) {
    if (told.some((one) => !codes.has(one)))
      throw invalidData(FILE, `/scopes/${i}/claims`, 'names what is no claim')
    // Whoever agrees to it reads what it gives: the page would say that it gives nothing.
    if (code !== 'openid' && told.length === 0 && allows === undefined)
      throw invalidData(FILE, `/scopes/${i}`, 'has no claims: allows must say what a client may do with it')
  }
  if (!scopes.some(({ code }) => code === 'openid')) throw invalidData(FILE, '/scopes', 'must have openid')
  return {
    consentDays,
    ...(address === undefined ? {} : { address }),
    scopes,
    claims: claims.map(({ source, optional = false, within, ...rest }) => ({
      ...rest,
      optional,
      source: sources[source] ?? rest.name,
      ...(within === undefined ? {} : { within }),
    })),
  }
}
