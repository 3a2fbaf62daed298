import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from './schema.ts'

/** A member of the sandbox country. */
export interface Member {
  /** What it is called in the country's data: `DOPA`, `COM`. */
  readonly short: string
  /** What its gateway and folders are called: its own short name, or that of a gateway which several share. */
  readonly gateway: string
  /** `TH/GOV/DOPA`. */
  readonly id: string
  readonly class: 'GOV' | 'LOC' | 'COM' | 'NGO'
  readonly code: string
  readonly name: Text
  readonly subsystems: readonly { readonly code: string; readonly name: Text }[]
}

export interface Members {
  readonly instance: string
  readonly name: Text
  readonly members: readonly Member[]
}

const code = Type.String({ pattern: '^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$' })
const short = Type.String({ pattern: '^[A-Z][A-Z0-9]{1,7}$' })
const membersSchema = Type.Object(
  {
    instance: code,
    name: textSchema,
    members: Type.Array(
      Type.Object(
        {
          short,
          gateway: Type.Optional(short),
          class: Type.Union([
            Type.Literal('GOV'),
            Type.Literal('LOC'),
            Type.Literal('COM'),
            Type.Literal('NGO'),
          ]),
          code,
          name: textSchema,
          subsystems: Type.Array(Type.Object({ code, name: textSchema }, { additionalProperties: false }), {
            minItems: 1,
          }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
)

const FILE = 'members.yaml'

/** The members of the country. Throws `country-data-invalid`. */
export function readMembers(text: string = dataFile(FILE)): Members {
  const { instance, name, members } = readYaml(membersSchema, FILE, text)
  const seen = new Set<string>()
  for (const member of members) {
    const names = [member.short, `${member.class}/${member.code}`]
    for (const one of names) if (seen.has(one)) throw invalidData(FILE, `/members/${one}`, 'is there twice')
    for (const one of names) seen.add(one)
    const codes = member.subsystems.map((subsystem) => subsystem.code)
    if (new Set(codes).size !== codes.length)
      throw invalidData(FILE, `/members/${member.short}/subsystems`, 'has a code twice')
  }
  return {
    instance,
    name,
    members: members.map((member) => ({
      gateway: member.short,
      ...member,
      id: `${instance}/${member.class}/${member.code}`,
    })),
  }
}
