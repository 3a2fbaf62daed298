/** The signature algorithms understood between gateways (RFC 9421 §3.3.4, §3.3.6). */
export type SignatureAlgorithm = 'ecdsa-p256-sha256' | 'ed25519'

/** What `alg` says before the key's algorithm where one signature serves several messages (`tree-signature.ts`). */
export const treePrefix = 'sapan-tree-'

/** A covered header: lower-case name, value without surrounding white space. */
export type Field = [name: string, value: string]

/**
 * A request or an answer as far as its signature covers it: all that is needed to verify it again years later.
 * In an answer method, authority, path and query are empty: it is bound to its request by `request`.
 */
export interface SignedMessage {
  kind: 'request' | 'answer'
  method: string
  /** `host:port` in lower case, without the port where it is 443. */
  authority: string
  /** Raw path. */
  path: string
  /** Raw query with its `?`; `?` alone when there is none (RFC 9421 §2.2.7). */
  query: string
  /** Null in a request. */
  status: number | null
  /** The covered headers, in the order of the signature. */
  fields: Field[]
  /** Value of the header Signature-Input. */
  signatureInput: string
  /** Value of the header Signature. */
  signature: string
  /** In an answer: the same two values of the request that it answers. */
  request: { signatureInput: string; signature: string } | null
}

/** The one label in Signature-Input and Signature. */
export const signatureLabel = 'sapan'
/** What the signature is for (RFC 9421 §2.3, `tag`). */
export const signatureTag = 'sapan-exchange'

/** Whether a header, by its lower-case name, must be covered when it is present; others may be. */
export function mustBeCovered(name: string): boolean {
  return (
    name.startsWith('x-road-') ||
    name.startsWith('sapan-') ||
    name === 'content-digest' ||
    name === 'content-type'
  )
}
