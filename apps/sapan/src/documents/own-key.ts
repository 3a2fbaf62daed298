import { cscKey, fileKey, pkcs11Key, type SigningKey } from '@sapan/trust'
import { misuse } from '../commands/document/misuse.ts'
import type { SigningChoice } from '../commands/document/signing-options.ts'
import { readCertificates, readInput } from './files.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The key that was named; undefined where none was. Secrets come from the environment, never from the command line, which
 * others on the machine can read: `SAPAN_KEY_PASSWORD`, `SAPAN_PIN`, `SAPAN_OTP`.
 */
export async function ownKey(choice: SigningChoice, env: Environment): Promise<SigningKey | undefined> {
  if (choice.csc !== undefined) return serviceKey(choice, choice.csc, env)
  if (choice.pkcs11 !== undefined) return tokenKey(choice, choice.pkcs11, env)
  if (choice.key !== undefined) return keyInFile(choice, choice.key, env)
  if (choice.certificate !== undefined || choice.chain !== undefined) {
    throw misuse({
      th: '--certificate และ --chain ใช้คู่กับ --key',
      en: '--certificate and --chain go with --key',
    })
  }
  return undefined
}

async function keyInFile(choice: SigningChoice, file: string, env: Environment): Promise<SigningKey> {
  const bytes = await readInput(file)
  const password = env.SAPAN_KEY_PASSWORD
  if (/\.(p12|pfx)$/i.test(file)) return fileKey({ pkcs12: bytes, password: password ?? '' })
  const [certificate, ...above] =
    choice.certificate === undefined ? [] : await readCertificates(choice.certificate)
  if (certificate === undefined) {
    throw misuse({
      th: 'ระบุใบรับรองของกุญแจด้วย --certificate FILE',
      en: "name the key's certificate with --certificate FILE",
    })
  }
  const pem = bytes.toString('utf8')
  const chain = [...above, ...(await certificatesOf(choice.chain))]
  return fileKey({ pem, certificate, chain, ...(password === undefined ? {} : { password }) })
}

async function tokenKey(choice: SigningChoice, module: string, env: Environment): Promise<SigningKey> {
  const { SAPAN_PIN: pin, SOFTHSM2_CONF, HOME } = env
  const [certificate] = await certificatesOf(choice.certificate === undefined ? [] : [choice.certificate])
  const chain = await certificatesOf(choice.chain)
  const environment = { ...(SOFTHSM2_CONF && { SOFTHSM2_CONF }), ...(HOME && { HOME }) }
  return pkcs11Key({
    module,
    environment,
    ...(choice.token && { token: choice.token }),
    ...(pin === undefined ? {} : { pin: () => pin }),
    ...(choice.label && { label: choice.label }),
    ...(certificate && { certificate }),
    ...(chain.length > 0 && { chain }),
  })
}

async function serviceKey(choice: SigningChoice, baseUrl: string, env: Environment): Promise<SigningKey> {
  const { credential, cscToken, cscVersion: version } = choice
  if (credential === undefined) {
    throw misuse({
      th: 'ระบุกุญแจที่บริการลงนามด้วย --credential ID',
      en: 'name the credential of the signing service with --credential ID',
    })
  }
  if (!isReachedSafely(baseUrl)) {
    throw misuse({
      th: '--csc ต้องเป็นที่อยู่ https (http ได้เฉพาะในเครื่องนี้)',
      en: '--csc takes an https address (http on this machine only)',
    })
  }
  const token = cscToken === undefined ? undefined : (await readInput(cscToken)).toString('utf8').trim()
  const { SAPAN_PIN: pin, SAPAN_OTP: otp } = env
  return cscKey({
    baseUrl,
    credentialId: credential,
    ...(version && { version }),
    ...(token === undefined ? {} : { token: () => token }),
    authorize: () => ({ ...(pin === undefined ? {} : { pin }), ...(otp === undefined ? {} : { otp }) }),
  })
}

/** PINs go to the service. */
function isReachedSafely(address: string): boolean {
  const { protocol, hostname } = URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '' }
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isHere)
}

async function certificatesOf(files: readonly string[] = []): Promise<Buffer[]> {
  return (await Promise.all(files.map(readCertificates))).flat()
}
