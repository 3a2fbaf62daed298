import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeOnce } from '@sapan/kernel'
import {
  createIssuer,
  createRoot,
  fingerprint,
  fromPem,
  type Authority as Issuing,
  KeyFolder,
  toPem,
} from '@sapan/trust'
import { exchangeProblem } from '../problems.ts'

const rootCertificate = 'root.crt'
const issuerCertificate = /^issuer-([1-9]\d{0,3})\.crt$/

/** Where the root's key is: a folder that is taken away once an issuer is made. */
function offline(keys: KeyFolder): KeyFolder {
  return new KeyFolder(join(keys.directory, 'offline'))
}

export interface InitialiseOptions {
  readonly keys: KeyFolder
  readonly instance: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly rootYears?: number
  readonly issuerYears?: number
}

/**
 * Makes the country's root (its key under `offline/` of the key folder) and the first issuer under it. What is there
 * already stays, so it may be repeated. Returns the root's fingerprint, lower-case hex SHA-256 of the certificate.
 */
export async function initialiseCenter(options: InitialiseOptions): Promise<{ rootFingerprint: string }> {
  const { keys, instance, now, rootYears = 25 } = options
  if (!(await readCertificate(keys, rootCertificate))) {
    const signer = await offline(keys).loadOrCreate('root', 'ecdsa-p256-sha256')
    const subject = { commonName: `Sapan ${instance} root` }
    const root = createRoot({ subject, signer, now, years: rootYears })
    await writeCertificate(keys, rootCertificate, root.certificate)
  }
  if ((await issuerNumbers(keys)).length === 0) await renewIssuer(options)
  const { root } = await loadAuthorities(keys)
  return { rootFingerprint: fingerprint(root) }
}

/**
 * Makes the next online issuer. Needs the root's key; the center uses the new issuer from its next start. Throws
 * Problem `center-not-initialised` or `offline-root-missing`.
 */
export async function renewIssuer({
  keys,
  instance,
  now,
  issuerYears = 10,
}: InitialiseOptions): Promise<void> {
  const certificate = await readCertificate(keys, rootCertificate)
  if (!certificate) throw exchangeProblem('center-not-initialised')
  const rootSigner = await offline(keys).load('root')
  if (!rootSigner) throw exchangeProblem('offline-root-missing')
  const number = ((await issuerNumbers(keys)).at(-1) ?? 0) + 1
  const signer = await keys.loadOrCreate(`issuer-${number}`, 'ecdsa-p256-sha256')
  const subject = { commonName: `Sapan ${instance} issuer ${number}` }
  const root = { certificate, signer: rootSigner }
  const issuer = createIssuer(root, { subject, signer, now, years: issuerYears })
  await writeCertificate(keys, `issuer-${number}.crt`, issuer.certificate)
}

/** The root certificate and every issuer, the newest first. Throws Problem `center-not-initialised`. */
export async function loadAuthorities(keys: KeyFolder): Promise<{ root: Buffer; issuers: Issuing[] }> {
  const root = await readCertificate(keys, rootCertificate)
  const issuers: Issuing[] = []
  for (const number of (await issuerNumbers(keys)).reverse()) {
    const certificate = await readCertificate(keys, `issuer-${number}.crt`)
    const signer = await keys.load(`issuer-${number}`)
    if (certificate && signer) issuers.push({ certificate, signer })
  }
  if (!root || issuers.length === 0) throw exchangeProblem('center-not-initialised')
  return { root, issuers }
}

async function issuerNumbers(keys: KeyFolder): Promise<number[]> {
  const names = await readdir(keys.directory).catch(whenAbsent<string[]>([]))
  return names
    .flatMap((name) => issuerCertificate.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

async function readCertificate(keys: KeyFolder, name: string): Promise<Buffer | undefined> {
  const pem = await readFile(join(keys.directory, name), 'utf8').catch(
    whenAbsent<string | undefined>(undefined),
  )
  return pem === undefined ? undefined : fromPem(pem)[0]
}

function whenAbsent<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value
    throw error
  }
}

/** Where two make it at once, the first one's certificate is the one for both: its fingerprint may be out already. */
async function writeCertificate(keys: KeyFolder, name: string, der: Buffer): Promise<void> {
  await mkdir(keys.directory, { recursive: true, mode: 0o700 })
  await writeOnce(join(keys.directory, name), toPem(der), 0o644)
}
