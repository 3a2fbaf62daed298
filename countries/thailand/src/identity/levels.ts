import type { Text } from '@sapan/kernel'
import { type Static, type TSchema, Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'

/** A level of assurance, and how it is told to people. */
export interface LevelTerm {
  readonly code: string
  readonly name: Text
  readonly about: Text
}

/** The country's levels, the lowest first, and the standards from which they come. */
export interface CountryLevels {
  readonly acrPrefix: string
  readonly ial: readonly LevelTerm[]
  readonly aal: readonly LevelTerm[]
  readonly standards: Readonly<Record<'ial' | 'aal', LevelStandard>>
}

export interface LevelStandard {
  readonly name: Text
  /** Whether the list was held against the official text. */
  readonly checked: boolean
}

const exact = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
const level = exact({
  code: Type.String({ pattern: '^[1-9](\\.[1-9])?$' }),
  name: textSchema,
  about: textSchema,
})
const list = exact({
  standard: textSchema,
  checked: Type.Boolean(),
  levels: Type.Array(level, { minItems: 1 }),
})
const schema = exact({ acrPrefix: Type.String({ pattern: '^[a-z][a-z0-9:.-]+$' }), ial: list, aal: list })

const FILE = 'identity/levels.yaml'

/** The levels of the country. Throws `country-data-invalid`, also for a code twice or out of order. */
export function readLevels(text: string = dataFile(FILE)): CountryLevels {
  const { acrPrefix, ial, aal } = readYaml(schema, FILE, text)
  return {
    acrPrefix,
    ial: inOrder('ial', ial),
    aal: inOrder('aal', aal),
    standards: {
      ial: { name: ial.standard, checked: ial.checked },
      aal: { name: aal.standard, checked: aal.checked },
    },
  }
}

function inOrder(kind: string, { levels }: Static<typeof list>): readonly LevelTerm[] {
  for (const [at, { code }] of levels.entries()) {
    const before = levels[at - 1]?.code ?? '0'
    if (Number(code) <= Number(before))
      throw invalidData(FILE, `/${kind}/levels/${at}`, `${code} does not follow ${before}`)
  }
  return levels
}
