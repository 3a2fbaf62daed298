import { mustBeCovered, type SignedMessage, signatureLabel } from './message.ts'
import { readSignatureInput, type SignatureInput, signatureParamsText } from './signature-input.ts'

const requestComponents = ['"@method"', '"@authority"', '"@path"', '"@query"'] as const
const answerComponents = [
  '"@status"',
  '"signature";req;key="sapan"',
  '"signature-input";req;key="sapan"',
] as const

/**
 * The signature base (RFC 9421 §2.5), in ASCII. Throws RangeError when the message is not whole: a required component
 * is not covered, a covered one is absent, or a header that must be covered is not.
 */
export function signatureBase(message: SignedMessage): string {
  const input = readSignatureInput(message.signatureInput)
  if (typeof input === 'string') throw new RangeError('the signature input is not well-formed')
  const base = completeBase(message, input)
  if (base === undefined) throw new RangeError('the signature does not cover the message')
  return base
}

/** The signature base, or undefined where the signature does not cover exactly this message. */
export function completeBase(message: SignedMessage, input: SignatureInput): string | undefined {
  const required = message.kind === 'request' ? requestComponents : answerComponents
  if (!wellFormed(message) || input.components.length !== required.length + message.fields.length)
    return undefined
  for (const component of required) if (!input.components.includes(component)) return undefined
  let base = ''
  let next = 0
  for (const component of input.components) {
    let value = derived(message, component)
    if (value === undefined) {
      // Fields stand in the order of the signature: one that is not the next is absent, or there twice.
      const field = message.fields[next++]
      if (field === undefined || component !== `"${field[0]}"`) return undefined
      value = field[1]
    }
    base += `${component}: ${value}\n`
  }
  return `${base}"@signature-params": ${signatureParamsText(message.signatureInput)}`
}

const printable = /^[\t\x20-\x7e]*$/
const surrounded = /^[\t ]|[\t ]$/
const headerName = /^[a-z0-9._-]{1,64}$/

/** Whether a header value may be signed: printable ASCII on one line, nothing to trim (RFC 9421 §2.1). */
export function isSignableValue(value: string): boolean {
  return printable.test(value) && !surrounded.test(value)
}

export function isSignableName(name: string): boolean {
  return headerName.test(name)
}

function wellFormed(message: SignedMessage): boolean {
  for (const [name, value] of message.fields) {
    if (!isSignableName(name) || !isSignableValue(value)) return false
  }
  if (!message.fields.some(([name]) => name === 'content-digest')) return false
  return message.kind === 'request' ? wellFormedRequest(message) : wellFormedAnswer(message)
}

function wellFormedRequest({ method, authority, path, query, status, request }: SignedMessage): boolean {
  if (status !== null || request !== null) return false
  if (!/^[A-Z]{1,16}$/.test(method) || !isAuthority(authority)) return false
  return isTarget(path) && path.startsWith('/') && isTarget(query) && query.startsWith('?')
}

function wellFormedAnswer({ method, authority, path, query, status, request }: SignedMessage): boolean {
  if (method !== '' || authority !== '' || path !== '' || query !== '') return false
  if (status === null || !Number.isInteger(status) || status < 100 || status > 999) return false
  return request !== null && isSignableValue(request.signatureInput) && isSignableValue(request.signature)
}

function isAuthority(authority: string): boolean {
  return /^[a-z0-9.:[\]_-]{1,300}$/.test(authority)
}

function isTarget(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

function derived(message: SignedMessage, component: string): string | undefined {
  switch (component) {
    case '"@method"':
      return message.method
    case '"@authority"':
      return message.authority
    case '"@path"':
      return message.path
    case '"@query"':
      return message.query
    case '"@status"':
      return String(message.status)
    case '"signature";req;key="sapan"':
      return message.request?.signature.slice(signatureLabel.length + 1)
    case '"signature-input";req;key="sapan"':
      return message.request?.signatureInput.slice(signatureLabel.length + 1)
    default:
      return undefined
  }
}

/** The canonical list of components for these headers, in the order in which we sign. */
export function componentList(kind: SignedMessage['kind'], fields: SignedMessage['fields']): string {
  let list = kind === 'request' ? requestComponents.join(' ') : answerComponents[0]
  for (const [name] of fields) list += ` "${name}"`
  return kind === 'request' ? list : `${list} ${answerComponents[1]} ${answerComponents[2]}`
}

/** The first header that must be covered and is not among the components. */
export function uncovered(names: Iterable<string>, components: readonly string[]): string | undefined {
  for (const name of names) if (mustBeCovered(name) && !components.includes(`"${name}"`)) return name
  return undefined
}
