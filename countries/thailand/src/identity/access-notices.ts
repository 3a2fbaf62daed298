import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'

const strict = { additionalProperties: false } as const
const code = Type.String({ pattern: '^[a-z]+(-[a-z]+)*$' })
const schema = Type.Object(
  {
    sources: Type.Array(
      Type.Object(
        {
          code,
          act: textSchema,
          section: Type.String(),
          about: textSchema,
          checked: Type.Boolean(),
        },
        strict,
      ),
    ),
    purposes: Type.Array(
      Type.Object({ purpose: Type.String(), tell: Type.Boolean(), source: Type.String() }, strict),
    ),
  },
  strict,
)

/** The law by which people may be told of accesses as they happen, or not. */
export interface NoticeSource {
  readonly code: string
  readonly act: Text
  readonly section: string
  readonly about: Text
  readonly checked: boolean
}

/** Whether a person may be told of accesses for a purpose as they happen. */
export interface AccessNotice {
  readonly purpose: string
  readonly tell: boolean
  readonly source: NoticeSource
}

const FILE = 'identity/access-notices.yaml'

/** One for each purpose. Throws `country-data-invalid`, also where a purpose is missing, unknown or there twice. */
export function readAccessNotices(
  references: { readonly purposes: readonly { readonly code: string }[] },
  text: string = dataFile(FILE),
): readonly AccessNotice[] {
  const { sources, purposes } = readYaml(schema, FILE, text)
  const known = new Set(references.purposes.map((purpose) => purpose.code))
  for (const [at, { purpose }] of purposes.entries())
    if (!known.delete(purpose))
      throw invalidData(FILE, `/purposes/${at}/purpose`, `${purpose} is no purpose, or there twice`)
  const [missing] = known
  if (missing !== undefined) throw invalidData(FILE, '/purposes', `${missing} is missing`)
  return purposes.map(({ purpose, tell, source: named }, at) => {
    const source = sources.find((one) => one.code === named)
    if (!source) throw invalidData(FILE, `/purposes/${at}/source`, `${named} is no source`)
    return { purpose, tell, source }
  })
}
