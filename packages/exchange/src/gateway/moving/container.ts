import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { agreementKey, type JsonObject, openSealedTo, sealTo } from '@sapan/trust'
import { exchangeProblem } from '../../problems.ts'

/**
 * A file for one reader: a line that names the format, a line with the file's key, encrypted to the reader (JWE), then the content in
 * pieces of AES-256-GCM. A piece's nonce is its number and whether it is the last, so that none can be taken away, moved, or
 * left out at the end.
 */
const heading = 'sapan-moving-1'
const pieceBytes = 64 * 1024
const tagBytes = 16
const cipherName = 'aes-256-gcm'

/** Encrypts to whoever has the private half of an X25519 key. */
export async function* sealFor(jwk: JsonObject, source: AsyncIterable<string>): AsyncGenerator<Buffer> {
  const key = randomBytes(32)
  yield Buffer.from(`${heading}\n${await sealTo(jwk, key.toString('base64'))}\n`)
  let number = 0
  let waiting: Buffer[] = []
  let length = 0
  for await (const text of source) {
    const bytes = Buffer.from(text)
    waiting.push(bytes)
    length += bytes.length
    // The last piece is known as such only when there is nothing behind it.
    if (length <= pieceBytes) continue
    let rest = Buffer.concat(waiting)
    for (; rest.length > pieceBytes; rest = rest.subarray(pieceBytes)) {
      yield sealPiece(key, number++, rest.subarray(0, pieceBytes), false)
    }
    waiting = [rest]
    length = rest.length
  }
  yield sealPiece(key, number, Buffer.concat(waiting), true)
}

/** What `sealFor` encrypted, with the reader's secret. Throws Problem `moving-file-unreadable` for anything else. */
export async function* openSealedFile(
  secret: Buffer,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let kept = Buffer.alloc(0)
  let key: Buffer | undefined
  let number = 0
  for await (const bytes of source) {
    kept = Buffer.concat([kept, bytes])
    if (!key) {
      const opened = await openHeading(secret, kept)
      if (!opened) continue
      key = opened.key
      kept = opened.rest
    }
    while (kept.length > pieceBytes + tagBytes) {
      yield openPiece(key, number++, kept.subarray(0, pieceBytes + tagBytes), false)
      kept = kept.subarray(pieceBytes + tagBytes)
    }
  }
  if (!key) throw exchangeProblem('moving-file-unreadable')
  yield openPiece(key, number, kept, true)
}

const mostHeading = 4096

async function openHeading(
  secret: Buffer,
  kept: Buffer,
): Promise<{ key: Buffer; rest: Buffer<ArrayBuffer> } | undefined> {
  const end = kept.indexOf('\n', heading.length + 1)
  if (end < 0 && kept.length < mostHeading) return undefined
  const [first, jwe = ''] = kept.toString('latin1', 0, Math.max(end, 0)).split('\n')
  const key = first === heading ? await openSealedTo(agreementKey(secret), jwe) : undefined
  if (key === undefined) throw exchangeProblem('moving-file-unreadable')
  return { key: Buffer.from(key, 'base64'), rest: Buffer.from(kept.subarray(end + 1)) }
}

function sealPiece(key: Buffer, number: number, plain: Buffer, isLast: boolean): Buffer {
  const cipher = createCipheriv(cipherName, key, nonceOf(number, isLast))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openPiece(key: Buffer, number: number, sealed: Buffer, isLast: boolean): Buffer {
  try {
    const decipher = createDecipheriv(cipherName, key, nonceOf(number, isLast), { authTagLength: tagBytes })
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()])
  } catch (cause) {
    throw exchangeProblem('moving-file-unreadable', { cause })
  }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}
