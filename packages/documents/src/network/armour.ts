/** DER, also where somebody gives out PEM instead. */
export function fromArmour(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x2d) return bytes
  const body = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(Buffer.from(bytes).toString('latin1'))?.[1]
  return body === undefined ? bytes : Buffer.from(body, 'base64')
}
