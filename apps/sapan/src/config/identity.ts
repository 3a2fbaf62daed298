import { Problem } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { stringify } from 'yaml'
import { writeWhole } from '../home/files.ts'
import { problems } from '../problems.ts'
import { absolutePlaces, DatabasePlace, fromFolderOf, isLoopback, ListenAt, LogLevel } from './place.ts'
import { readConfig } from './read.ts'

const closed = { additionalProperties: false }

const Origin = Type.String({
  pattern: '^(https://[A-Za-z0-9.-]+(:\\d{1,5})?|http://localhost(:\\d{1,5})?)$',
  description: 'an origin with a name, such as https://id.example.go.th (http only for localhost)',
})

const Address = Type.String({
  pattern: '^[^\\s@]+@[^\\s@]+$',
  description: 'an address that people may write to',
})

/** Whom people ask, and where (PDPA section 23 (5)). */
const Contact = Type.Object(
  {
    email: Address,
    dataProtection: Address,
    phone: Type.Optional(Type.String({ pattern: '^[+\\d][\\d -]{2,20}$', description: 'as people dial it' })),
    address: Type.Optional(
      Type.Object({ th: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, closed),
    ),
  },
  closed,
)

const Mail = Type.Object(
  {
    smtp: Type.String({ pattern: '^smtps?://', description: 'smtp://user:password@host:587' }),
    from: Type.String({ minLength: 3, description: 'the sender: Sapan <no-reply@example.go.th>' }),
  },
  closed,
)

const Seal = Type.Object(
  {
    key: Type.String({ minLength: 1, description: 'the private key of the seal, in PEM' }),
    certificate: Type.String({ minLength: 1, description: 'its certificate and those above it, in PEM' }),
  },
  closed,
)

/** The authority under which officers sign. Without it, the desk signs nothing; without a seal, nobody declares anything. */
const Documents = Type.Object(
  {
    key: Type.String({ minLength: 1, description: 'the private key of the issuer of certificates, in PEM' }),
    certificate: Type.String({ minLength: 1, description: 'its certificate and those above it, in PEM' }),
    timestamps: Type.String({ pattern: '^https?://', description: 'a time-stamp authority (RFC 3161)' }),
    lists: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description: 'files with the lists of revoked certificates of the authorities above, in DER',
    }),
    seal: Type.Optional(Seal),
  },
  closed,
)

/** A gateway of the operator's own, asked for what it found unusual. */
const Watched = Type.Object(
  {
    gateway: Type.String({ minLength: 1, description: 'its id, such as TH/GOV/DGA/gateway-1' }),
    admin: Type.String({ pattern: '^http://', description: 'where it is administered' }),
    keys: Type.String({ minLength: 1, description: 'its folder of keys, with the token' }),
  },
  closed,
)

/** The center, where the operator runs it: its officers open its pages from their desk. */
const RunCenter = Type.Object(
  {
    instance: Type.String({ minLength: 1, description: 'the country: TH' }),
    admin: Type.String({ pattern: '^http://', description: 'where it is administered' }),
    keys: Type.String({ minLength: 1, description: 'its folder of keys, with the token' }),
  },
  closed,
)

/** An agency whose services the operator runs: through which gateway it asks, and what seals its documents. */
const HostedAgency = Type.Object(
  {
    member: Type.String({
      pattern: '^[A-Za-z0-9.-]+/[A-Z]+/[A-Za-z0-9.-]+$',
      description: 'such as TH/GOV/RD',
    }),
    edge: Type.String({ pattern: '^http://', description: "the edge of the agency's gateway" }),
    seal: Type.Optional(Seal),
    biller: Type.Optional(
      Type.String({ pattern: '^\\d{15}$', description: 'the number under which it is paid: 15 digits' }),
    ),
  },
  closed,
)

/** Where definitions of services lie, and what agencies say of themselves. */
const OwnServices = Type.Object(
  {
    definitions: Type.Optional(
      Type.String({ minLength: 1, description: 'a folder of definitions; the country pack without it' }),
    ),
    descriptions: Type.String({
      default: 'descriptions',
      description:
        "a folder in which the agencies' descriptions are kept, for a start while no gateway answers",
    }),
  },
  closed,
)

/** The bank of the agencies' money: a member of the exchange. */
const OwnBank = Type.Object(
  {
    subsystem: Type.String({
      pattern: '^[A-Za-z0-9.-]+/[A-Z]+/[A-Za-z0-9.-]+/[A-Za-z0-9.-]+$',
      description: 'such as TH/COM/0107540990014/account',
    }),
    keys: Type.String({
      minLength: 1,
      description: 'a file with its public keys (JWKS), as the bank publishes them',
    }),
  },
  closed,
)

/** Agencies' systems may prove themselves by certificates (RFC 8705), which the proxies in front pass on (RFC 9440). */
const ClientCertificates = Type.Object(
  {
    authorities: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description: 'files with the certificates of the authorities that are trusted for it, in PEM',
    }),
  },
  closed,
)

const OutsideProvider = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
    issuer: Type.String({ pattern: '^https?://' }),
    clientId: Type.String({ minLength: 1 }),
    clientSecret: Type.String({ minLength: 1 }),
  },
  closed,
)

/**
 * What the issuer, the portal and the desk of one operator are told: `sapan identity`, `sapan portal` and `sapan desk` read
 * the same file, since they share keys and database. Paths are read from the folder of the file.
 */
export const IdentityFile = Type.Object(
  {
    issuer: Origin,
    portal: Origin,
    desk: Origin,
    listen: Type.Object({ identity: ListenAt, desk: ListenAt }, closed),
    behindProxy: Type.Boolean({ default: false }),
    proxies: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description: 'addresses or networks of the proxies in front, such as 10.1.0.0/16',
      }),
    ),
    clientCertificates: Type.Optional(ClientCertificates),
    operator: Type.String({
      pattern: '^[A-Za-z0-9.-]+/[A-Z]+/[A-Za-z0-9.-]+$',
      description: 'the member that runs it, such as TH/GOV/DGA',
    }),
    gateway: Type.Object(
      {
        edge: Type.String({ pattern: '^http://', description: "the edge of the operator's gateway" }),
        subsystem: Type.String({ minLength: 1, description: 'who asks, such as TH/GOV/DGA/identity' }),
      },
      closed,
    ),
    agencies: Type.Array(HostedAgency, { default: [], description: 'whose services are offered here' }),
    services: Type.Optional(OwnServices),
    bank: Type.Optional(OwnBank),
    watched: Type.Array(Watched, { default: [] }),
    center: Type.Optional(RunCenter),
    contact: Contact,
    mail: Type.Optional(Mail),
    documents: Type.Optional(Documents),
    providers: Type.Array(OutsideProvider, { default: [] }),
    holidays: Type.Optional(
      Type.String({ minLength: 1, description: "a file of the cabinet's holidays and working days" }),
    ),
    keys: Type.String({ default: 'keys', description: 'the folder of the private keys' }),
    database: DatabasePlace,
    logLevel: LogLevel,
  },
  closed,
)

export type IdentityFile = Static<typeof IdentityFile>

/** The operator's file, its paths made absolute. Throws `config-invalid` with the line. */
export async function readIdentityFile(file: string): Promise<IdentityFile> {
  const read = await readConfig(file, IdentityFile)
  for (const place of Object.values(read.listen)) {
    if (!isLoopback(place) && !read.behindProxy) throw withoutTls(file, place)
  }
  if (read.clientCertificates && !read.proxies) throw withoutProxies(file)
  const holidays = read.holidays === undefined ? {} : { holidays: fromFolderOf(file, read.holidays) }
  const watched = read.watched.map((one) => ({ ...one, keys: fromFolderOf(file, one.keys) }))
  const agencies = read.agencies.map((one) => ({ ...one, ...(one.seal && { seal: placed(file, one.seal) }) }))
  return {
    ...read,
    ...absolutePlaces(file, read),
    ...holidays,
    agencies,
    ...documentPlaces(file, read),
    ...certificatePlaces(file, read),
    ...servicePlaces(file, read),
    watched,
    ...(read.center && { center: { ...read.center, keys: fromFolderOf(file, read.center.keys) } }),
  }
}

function servicePlaces(
  file: string,
  { services, bank }: IdentityFile,
): Pick<IdentityFile, 'services' | 'bank'> {
  const descriptions = fromFolderOf(file, services?.descriptions ?? 'descriptions')
  const definitions = services?.definitions && fromFolderOf(file, services.definitions)
  return {
    services: { descriptions, ...(definitions && { definitions }) },
    ...(bank && { bank: { ...bank, keys: fromFolderOf(file, bank.keys) } }),
  }
}

/**
 * Whose word about a visitor's address is believed (`X-Forwarded-For`). Behind a proxy without a list, those of the machine
 * and of private networks, from which strangers don't come.
 */
export function proxiesOf({ behindProxy, proxies }: IdentityFile): readonly string[] {
  return proxies ?? (behindProxy ? ['loopback', 'uniquelocal'] : [])
}

function documentPlaces(file: string, { documents }: IdentityFile): Pick<IdentityFile, 'documents'> {
  if (!documents) return {}
  const lists = documents.lists.map((list) => fromFolderOf(file, list))
  const { seal } = documents
  return { documents: { ...placed(file, documents), lists, ...(seal && { seal: placed(file, seal) }) } }
}

function placed<T extends { key: string; certificate: string }>(file: string, named: T): T {
  return { ...named, key: fromFolderOf(file, named.key), certificate: fromFolderOf(file, named.certificate) }
}

function certificatePlaces(file: string, { clientCertificates: told }: IdentityFile) {
  if (!told) return {}
  return { clientCertificates: { authorities: told.authorities.map((one) => fromFolderOf(file, one)) } }
}

export async function writeIdentityFile(file: string, content: object): Promise<void> {
  const heading =
    '# Digital ID, portal and desk of one operator. Start each with: sapan identity|desk --config identity.yaml\n'
  await writeWhole(file, heading + stringify(content), 0o600)
}

/** Who signs in hands over secrets: a proxy with TLS stands in front wherever others can reach the place. */
function withoutTls(file: string, place: string): Problem {
  return new Problem(problems['config-invalid'], {
    detail: {
      th: `${file}: ${place} เข้าถึงได้จากเครื่องอื่น ให้พร็อกซีที่ใช้ TLS อยู่หน้า แล้วกำหนด behindProxy: true`,
      en: `${file}: ${place} can be reached from elsewhere; put a proxy with TLS in front, and say behindProxy: true`,
    },
  })
}

/** Anybody could say that they came with a certificate. */
function withoutProxies(file: string): Problem {
  return new Problem(problems['config-invalid'], {
    detail: {
      th: `${file}: clientCertificates เชื่อเฉพาะพร็อกซีที่ระบุไว้ ให้กำหนด proxies ด้วย`,
      en: `${file}: clientCertificates are believed of named proxies only; say proxies, too`,
    },
  })
}
