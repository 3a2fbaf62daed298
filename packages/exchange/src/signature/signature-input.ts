import { type ComponentList, readComponents } from './component-list.ts'
import type { SignatureAlgorithm } from './message.ts'
import { signatureLabel, signatureTag, treePrefix } from './message.ts'
import { isTreeSignature } from './tree-signature.ts'

export interface SignatureParameters {
  /** Seconds since 1970, UTC. */
  readonly created: number
  /** Seconds since 1970, UTC. */
  readonly expires: number
  readonly nonce: string
  readonly keyId: string
  /** The key's. */
  readonly algorithm: SignatureAlgorithm
  /** Whether the message was signed together with others. */
  readonly tree: boolean
  readonly tag: string
}

export interface SignatureInput {
  readonly components: ComponentList
  readonly parameters: SignatureParameters
}

/** Why a Signature-Input or Signature is not one of ours. */
export type SignatureFault = 'malformed' | 'algorithm'

export const noncePattern = /^[A-Za-z0-9_-]{16,64}$/
export const keyIdPattern = /^[A-Za-z0-9:._/-]{1,256}$/
const time = /^(?:0|[1-9][0-9]{0,10})$/
const prefix = `${signatureLabel}=(`
const longestInput = 4096

/**
 * Reads the value of Signature-Input. Only the canonical serialisation of RFC 8941 is accepted, with one member under
 * our label, so that the text itself goes into the signature base and no two readers take it apart differently.
 */
export function readSignatureInput(value: string): SignatureInput | SignatureFault {
  if (value === lastRead.value) return lastRead.input
  const input = takenApart(value)
  lastRead = { value, input }
  return input
}

/** One message is read, checked and looked at in a row, each time from its text. */
let lastRead: { readonly value: string; readonly input: SignatureInput | SignatureFault } = {
  value: '',
  input: 'malformed',
}

function takenApart(value: string): SignatureInput | SignatureFault {
  if (value.length > longestInput || !value.startsWith(prefix)) return 'malformed'
  const end = value.indexOf(')', prefix.length)
  const components = end === -1 ? null : readComponents(value.slice(prefix.length, end))
  if (components === null) return 'malformed'
  const parameters = readParameters(value.slice(end + 1))
  return typeof parameters === 'string' ? parameters : { components, parameters }
}

/** What the signature base has behind `"@signature-params": ` (RFC 9421 §2.3). */
export function signatureParamsText(signatureInput: string): string {
  return signatureInput.slice(signatureLabel.length + 1)
}

export function formatParameters(parameters: SignatureParameters): string {
  const { created, expires, nonce, keyId, algorithm, tree, tag } = parameters
  const alg = tree ? `${treePrefix}${algorithm}` : algorithm
  return `;created=${created};expires=${expires};nonce="${nonce}";keyid="${keyId}";alg="${alg}";tag="${tag}"`
}

function readParameters(text: string): SignatureParameters | SignatureFault {
  const found = new Map<string, string>()
  const parts = text.split(';')
  if (parts[0] !== '' || parts.length !== 7) return 'malformed'
  for (let n = 1; n < parts.length; n++) {
    const part = parts[n] ?? ''
    const equals = part.indexOf('=')
    const name = part.slice(0, equals)
    if (equals < 1 || found.has(name)) return 'malformed'
    found.set(name, part.slice(equals + 1))
  }
  return checkedParameters(found)
}

function checkedParameters(found: ReadonlyMap<string, string>): SignatureParameters | SignatureFault {
  const created = found.get('created') ?? ''
  const expires = found.get('expires') ?? ''
  const nonce = unquoted(found.get('nonce'))
  const keyId = unquoted(found.get('keyid'))
  const tag = unquoted(found.get('tag'))
  const alg = unquoted(found.get('alg'))
  const tree = alg.startsWith(treePrefix)
  const algorithm = tree ? alg.slice(treePrefix.length) : alg
  if (!time.test(created) || !time.test(expires) || tag !== signatureTag) return 'malformed'
  if (!noncePattern.test(nonce) || !keyIdPattern.test(keyId)) return 'malformed'
  if (algorithm !== 'ecdsa-p256-sha256' && algorithm !== 'ed25519') return 'algorithm'
  return { created: Number(created), expires: Number(expires), nonce, keyId, algorithm, tree, tag }
}

/** The inside of a quoted string; empty when it is not one. Escapes never occur in what we accept. */
function unquoted(text: string | undefined): string {
  if (text === undefined || text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return ''
  return text.slice(1, -1)
}

/** The bytes of the Signature header's one member, or undefined where it is not ours in canonical form. */
export function readSignature(value: string): Buffer | undefined {
  const base64 = value.slice(signatureLabel.length + 2, -1)
  if (value !== `${signatureLabel}=:${base64}:`) return undefined
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length !== 64 && !isTreeSignature(bytes)) return undefined
  return bytes.toString('base64') === base64 ? bytes : undefined
}
