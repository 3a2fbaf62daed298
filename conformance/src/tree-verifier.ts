import { createHash, type KeyObject, verify } from 'node:crypto'

/**
 * A second reading of signatures that several messages share, made from docs/adr/0013 alone and with nothing of
 * `@sapan/trust`, so that the two programs are each other's check. Tells whether the signature is over `base`.
 */
export function treeSignatureHolds(key: KeyObject, base: Buffer, bytes: Buffer): boolean {
  const size = bytes.readUInt16BE(0)
  let [index, last, root] = [bytes.readUInt16BE(2), size - 1, sha256([Buffer.of(0), base])]
  // RFC 9162 §2.1.3.2, step 4.
  for (let at = 68; at < bytes.length; at += 32) {
    const hash = bytes.subarray(at, at + 32)
    if (last === 0) return false
    const onTheRight = index % 2 === 1 || index === last
    root = sha256(onTheRight ? [Buffer.of(1), hash, root] : [Buffer.of(1), root, hash])
    while (onTheRight && index % 2 === 0 && index !== 0) [index, last] = [index >> 1, last >> 1]
    ;[index, last] = [index >> 1, last >> 1]
  }
  const signed = Buffer.concat([Buffer.from('sapan-signature-tree-v1\n'), bytes.subarray(0, 2), root])
  const digest = key.asymmetricKeyType === 'ec' ? 'sha256' : null
  return last === 0 && verify(digest, signed, { key, dsaEncoding: 'ieee-p1363' }, bytes.subarray(4, 68))
}

function sha256(parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
