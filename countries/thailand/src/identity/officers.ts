import type { Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'

const code = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' })
const levelCode = Type.String({ pattern: '^[0-9]+(\\.[0-9]+)*$' })
const strict = { additionalProperties: false } as const

const dutySchema = Type.Object(
  {
    code,
    name: textSchema,
    about: textSchema,
    givenBy: Type.Array(code, { minItems: 1 }),
    toSelf: Type.Boolean(),
    byActing: Type.Boolean(),
  },
  strict,
)

const roleSchema = Type.Object(
  {
    code,
    as: Type.Union([Type.Literal('acting'), Type.Literal('substitute')]),
    name: textSchema,
    onBehalf: Type.Boolean(),
  },
  strict,
)

const columnNames = [
  'national_id',
  'given_name',
  'family_name',
  'title_th',
  'title_en',
  'unit_th',
  'unit_en',
  'from',
  'till',
  'duties',
  'role',
  'on_behalf_of',
  'duty_from',
  'duty_till',
] as const
const names = Type.Array(Type.String({ minLength: 1 }))

const schema = Type.Object(
  {
    duties: Type.Array(dutySchema, { minItems: 1 }),
    roles: Type.Array(roleSchema),
    administrator: code,
    signer: code,
    ial: levelCode,
    administration: Type.Object(
      { aal: levelCode, freshSeconds: Type.Integer({ minimum: 30, maximum: 3600 }) },
      strict,
    ),
    signing: Type.Object(
      {
        aal: levelCode,
        freshSeconds: Type.Integer({ minimum: 30, maximum: 3600 }),
        certificateDays: Type.Integer({ minimum: 1, maximum: 1095 }),
      },
      strict,
    ),
    utcOffsetMinutes: Type.Integer({ minimum: -720, maximum: 840 }),
    buddhistYears: Type.Integer({ minimum: 0, maximum: 1000 }),
    columns: Type.Object(
      {
        national_id: names,
        given_name: names,
        family_name: names,
        title_th: names,
        title_en: names,
        unit_th: names,
        unit_en: names,
        from: names,
        till: names,
        duties: names,
        role: names,
        on_behalf_of: names,
        duty_from: names,
        duty_till: names,
      },
      strict,
    ),
    register: Type.Optional(
      Type.Object(
        {
          service: Type.String({ pattern: '^[A-Z]{2}(/[A-Za-z0-9._-]+){4}$' }),
          path: Type.String({ pattern: '^/.*\\{number\\}' }),
          purpose: code,
        },
        strict,
      ),
    ),
  },
  strict,
)

/** What officers of the country may do, under which names they stand in for others, and how a file of them is written. */
export type OfficersData = Static<typeof schema>

/** A duty (หน้าที่) that an agency's administrator gives. */
export type DutyTerm = Static<typeof dutySchema>

/** A name under which one officer stands in for another (รักษาการ, รักษาราชการแทน, ปฏิบัติราชการแทน). */
export interface RoleTerm {
  readonly code: string
  readonly as: 'acting' | 'substitute'
  readonly name: Text
  readonly onBehalf: boolean
}

const FILE = 'identity/duties.yaml'

/** What duties refer to. */
interface References {
  readonly levels: {
    readonly ial: readonly { readonly code: string }[]
    readonly aal: readonly { readonly code: string }[]
  }
  readonly purposes: readonly { readonly code: string }[]
}

/** Duties and roles of officers. Throws `country-data-invalid`: also for a code twice, or one that nothing has. */
export function readOfficers(references: References, text: string = dataFile(FILE)): OfficersData {
  const data = readYaml(schema, FILE, text)
  refuseUnknownReferences(data, references)
  const duties = refuseDoubles('/duties', data.duties)
  refuseDoubles('/roles', data.roles)
  for (const { code: duty, givenBy } of data.duties) {
    for (const giver of givenBy) refuseUnknown(duties, giver, `/duties/${duty}/givenBy`)
  }
  refuseUnknown(duties, data.administrator, '/administrator')
  refuseUnknown(duties, data.signer, '/signer')
  refuseSharedColumns(data)
  return data
}

function refuseDoubles(place: string, list: readonly { readonly code: string }[]): ReadonlySet<string> {
  const seen = new Set<string>()
  for (const each of list) {
    if (seen.has(each.code)) throw invalidData(FILE, `${place}/${each.code}`, 'is there twice')
    seen.add(each.code)
  }
  return seen
}

function refuseUnknown(known: ReadonlySet<string>, wanted: string, place: string): void {
  if (!known.has(wanted)) throw invalidData(FILE, place, `names the duty ${wanted}, which is not there`)
}

function refuseUnknownReferences(
  { ial, administration, signing, register }: OfficersData,
  references: References,
): void {
  const { levels, purposes } = references
  const uses = [
    ['/ial', levels.ial, ial],
    ['/administration/aal', levels.aal, administration.aal],
    ['/signing/aal', levels.aal, signing.aal],
    ...(register ? [['/register/purpose', purposes, register.purpose] as const] : []),
  ] as const
  for (const [place, list, wanted] of uses) {
    if (!list.some((each) => each.code === wanted)) throw invalidData(FILE, place, `${wanted} is not there`)
  }
}

/** A heading must say one thing. */
function refuseSharedColumns({ columns }: OfficersData): void {
  const taken = new Set<string>(columnNames)
  for (const name of columnNames) {
    for (const other of columns[name]) {
      if (taken.has(other)) throw invalidData(FILE, `/columns/${name}`, `${other} is there twice`)
      taken.add(other)
    }
  }
}
