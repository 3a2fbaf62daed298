import type { ComponentList, Derived } from './component-list.ts'
import { type SignedMessage, signatureLabel } from './message.ts'
import { readSignatureInput, signatureParamsText } from './signature-input.ts'

/**
 * The signature base (RFC 9421 §2.5), in ASCII. Throws RangeError when the message is not whole: its signature does
 * not cover exactly what it must and what is there.
 */
export function signatureBase(message: SignedMessage): string {
  const input = readSignatureInput(message.signatureInput)
  const base = typeof input === 'string' ? undefined : completeBase(message, input.components)
  if (base === undefined) throw new RangeError('the signature does not cover the message')
  return base
}

/** The signature base, or undefined where the signature does not cover exactly this message. */
export function completeBase(message: SignedMessage, components: ComponentList): string | undefined {
  const { kind, names } = components
  if (kind !== message.kind || names.length !== message.fields.length || !isWellFormed(message))
    return undefined
  // Fields stand in the order of the signature: one that is not the next is absent, or there twice.
  for (const [n, field] of message.fields.entries()) {
    if (field[0] !== names[n] || !isSignableValue(field[1])) return undefined
  }
  return baseOf(message, components)
}

/** The signature base of a message whose fields are the components' and well-formed. */
export function baseOf(message: SignedMessage, { prefixes, sources }: ComponentList): string {
  let base = ''
  for (let n = 0; n < sources.length; n++) {
    const source = sources[n] ?? 0
    const value = typeof source === 'number' ? message.fields[source]?.[1] : derived(message, source)
    base += `${prefixes[n]}${value}\n`
  }
  return `${base}"@signature-params": ${signatureParamsText(message.signatureInput)}`
}

const printable = /^[\t\x20-\x7e]*$/
const surrounded = /^[\t ]|[\t ]$/
const headerName = /^[a-z0-9._-]{1,64}$/
const method = /^[A-Z]{1,16}$/
const authority = /^[a-z0-9.:[\]_-]{1,300}$/
const path = /^\/[\x21-\x7e]*$/
const query = /^\?[\x21-\x7e]*$/

/** Whether a header value may be signed: printable ASCII on one line, nothing to trim (RFC 9421 §2.1). */
export function isSignableValue(value: string): boolean {
  return printable.test(value) && !surrounded.test(value)
}

/**
 * The value without the spaces and tabs around it (RFC 9110 §5.6.3), or undefined where it may not be signed: other white
 * space is part of a value, and nobody else takes it away.
 */
export function signableValue(value: string): string | undefined {
  return printable.test(value) ? value.trim() : undefined
}

export function isSignableName(name: string): boolean {
  return headerName.test(name)
}

/** Whether all but the fields' values is as it must be in a message of its kind. */
export function isWellFormed(message: SignedMessage): boolean {
  if (!message.fields.some((field) => field[0] === 'content-digest')) return false
  return message.kind === 'request' ? isWellFormedRequest(message) : isWellFormedAnswer(message)
}

function isWellFormedRequest(message: SignedMessage): boolean {
  if (message.status !== null || message.request !== null) return false
  if (!method.test(message.method) || !authority.test(message.authority)) return false
  return path.test(message.path) && query.test(message.query)
}

function isWellFormedAnswer({ status, request, ...message }: SignedMessage): boolean {
  if (message.method !== '' || message.authority !== '' || message.path !== '' || message.query !== '')
    return false
  if (status === null || !Number.isInteger(status) || status < 100 || status > 999) return false
  return request !== null && isLabelled(request.signatureInput) && isLabelled(request.signature)
}

/** The base has such a value without its label, so that the label must be looked at here. */
function isLabelled(value: string): boolean {
  return value.startsWith(`${signatureLabel}=`) && isSignableValue(value)
}

function derived(message: SignedMessage, component: Derived): string | undefined {
  switch (component) {
    case '@method':
      return message.method
    case '@authority':
      return message.authority
    case '@path':
      return message.path
    case '@query':
      return message.query
    case '@status':
      return String(message.status)
    case 'signature':
      return message.request?.signature.slice(signatureLabel.length + 1)
    case 'signature-input':
      return message.request?.signatureInput.slice(signatureLabel.length + 1)
  }
}
