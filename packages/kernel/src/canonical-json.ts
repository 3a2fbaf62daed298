import canonicalize from 'canonicalize'

/**
 * The one text of a JSON value (JSON Canonicalization Scheme, RFC 8785): sorted members, no white space,
 * numbers as ECMAScript writes them. Encoded as UTF-8 it is what gets hashed and signed.
 * Throws TypeError for what JSON cannot say: undefined, a function, NaN, a cycle, a lone surrogate (§3.2.2.2).
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch (cause) {
    throw new TypeError('the value has no canonical JSON', { cause })
  }
  if (text === undefined) throw new TypeError('the value has no canonical JSON')
  return text
}
