/** Bytes of the time in a cosignature. */
export const timestampBytes = 8

/** What a witness signs (c2sp.org/tlog-cosignature, Ed25519): two lines, then the checkpoint's text. */
export function cosignedMessage(text: string, seconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
}

/** The time that stands before the signature, in seconds since 1970; undefined when none that is usable. */
export function readTimestamp64(signature: Buffer): number | undefined {
  if (signature.length < timestampBytes) return undefined
  const seconds = Number(signature.readBigUInt64BE(0))
  // A witness must give its time; 2⁵³ seconds are enough for everyone.
  return seconds > 0 && Number.isSafeInteger(seconds) ? seconds : undefined
}

/** The time as it stands before the signature. */
export function writeTimestamp64(seconds: number): Buffer {
  const bytes = Buffer.alloc(timestampBytes)
  bytes.writeBigUInt64BE(BigInt(seconds))
  return bytes
}
