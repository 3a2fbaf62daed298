import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '@sapan/kernel'
import { backdated, type KeyFolder, readCertificate, type Signer } from '@sapan/trust'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'

/** A certificate and the name of its key in the key folder. Certificates are DER in base64. */
const credentialSchema = Type.Object({
  key: Type.String(),
  certificate: Type.String(),
  /** Used from here on (milliseconds since 1970): when the other gateways know it too. */
  activeFrom: Type.Number(),
})

const membershipSchema = Type.Object({
  instance: Type.String(),
  center: Type.String(),
  rootFingerprint: Type.String(),
  root: Type.String(),
  gateway: Type.String(),
  peer: Type.String(),
  /** Above the certificates: the issuer's, then the root's. */
  chain: Type.Array(Type.String()),
  tls: Type.Array(credentialSchema, { minItems: 1 }),
  members: Type.Array(
    Type.Object({
      id: Type.String(),
      signing: Type.Array(credentialSchema, { minItems: 1 }),
      /** Set while the member moves here, or away: then nothing is done for it. */
      moving: Type.Optional(Type.Union([Type.Literal('in'), Type.Literal('out')])),
    }),
  ),
})

export type Credential = Static<typeof credentialSchema>

/** What a gateway got by joining: for whom it speaks, with which keys and certificates. Holds no secret. */
export type Membership = Static<typeof membershipSchema>

const shape = Compile(membershipSchema)
const file = 'membership.json'

/** The membership in the key folder; undefined before the gateway joined. */
export async function loadMembership(keys: KeyFolder): Promise<Membership | undefined> {
  let text: string
  try {
    text = await readFile(join(keys.directory, file), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const value = parse(text)
  if (!shape.Check(value)) throw exchangeProblem('membership-corrupt')
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw exchangeProblem('membership-corrupt', { cause })
  }
}

/** Writes the membership whole or not at all. */
export function saveMembership(keys: KeyFolder, membership: Membership): Promise<void> {
  return writeWhole(join(keys.directory, file), `${JSON.stringify(membership, null, 2)}\n`, 0o600)
}

/** The credential to use at `now`: the newest one whose time has come. */
export function activeCredential(credentials: readonly Credential[], now: number): Credential {
  const active = credentials.findLast((credential) => credential.activeFrom <= now) ?? credentials[0]
  if (!active) throw exchangeProblem('membership-corrupt')
  return active
}

/** Names of a member's keys in the key folder. Codes of members hold no dots, so no two members share one. */
export function memberKeyName(member: string, purpose: string): string {
  return `${member.replaceAll('/', '.')}.${purpose}`
}

/** A key with its certificate, ready for use. */
export interface HeldCredential {
  readonly signer: Signer
  /** SHA-256 of the certificate, lower-case hex: the `keyid` of messages. */
  readonly fingerprint: string
  /** DER. */
  readonly certificate: Buffer
  /** The issuer's certificate and the root's, DER. */
  readonly chain: readonly Buffer[]
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly notAfter: number
}

/** Everything that a gateway signs and connects with at one moment. */
export interface GatewayCredentials {
  readonly gateway: string
  /** The root in DER: whom to trust. */
  readonly root: Buffer
  readonly tls: HeldCredential
  readonly signing: ReadonlyMap<string, HeldCredential>
  /** The members that are moving here, or away. */
  readonly moving: ReadonlyMap<string, Moving>
}

/** Which way a member moves. */
export type Moving = 'in' | 'out'

/** Loads the keys of the credentials in use at `now`. Throws Problem `membership-corrupt` where a key is missing. */
export async function loadCredentials(
  keys: KeyFolder,
  membership: Membership,
  now: number,
): Promise<GatewayCredentials> {
  const chain = membership.chain.map((der) => Buffer.from(der, 'base64'))
  const signing = new Map<string, HeldCredential>()
  for (const { id, signing: held } of membership.members) {
    signing.set(id, await hold(keys, activeCredential(held, now), chain))
  }
  return {
    gateway: membership.gateway,
    root: Buffer.from(membership.root, 'base64'),
    tls: await hold(keys, activeCredential(membership.tls, now), chain),
    signing,
    moving: new Map(membership.members.flatMap(({ id, moving }) => (moving ? [[id, moving]] : []))),
  }
}

async function hold(
  keys: KeyFolder,
  credential: Credential,
  above: readonly Buffer[],
): Promise<HeldCredential> {
  const signer = await keys.load(credential.key)
  if (!signer) throw exchangeProblem('membership-corrupt')
  const certificate = Buffer.from(credential.certificate, 'base64')
  const { fingerprint, notBefore, notAfter, publicKey, isSignedBy } = readCertificate(certificate)
  if (!publicKey.equals(signer.publicKey)) throw exchangeProblem('membership-corrupt')
  const chain = chainOf(above, isSignedBy)
  return { signer, fingerprint, certificate, chain, issuedAt: notBefore + backdated, notAfter }
}

/** The issuer that signed it, and the root. `above` may hold issuers of before and after a change. */
function chainOf(above: readonly Buffer[], isSignedBy: (key: HeldKey) => boolean): Buffer[] {
  const root = above.at(-1)
  const issuer = above.find((der) => der !== root && isSignedBy(readCertificate(der).publicKey))
  if (!issuer || !root) throw exchangeProblem('membership-corrupt')
  return [issuer, root]
}

type HeldKey = Signer['publicKey']

/** The key of a member's evidence log, Ed25519; made on first use. One key serves every epoch. */
export function logSigner(keys: KeyFolder, member: string): Promise<Signer> {
  return keys.loadOrCreate(memberKeyName(member, 'log'), 'ed25519')
}
