import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { type DerElement, DerError, DerSequence } from '../../der/read.ts'
import { decryptRc2 } from './rc2.ts'

/** The password does not fit what it was used on. */
export class WrongPassword extends Error {
  override readonly name = 'WrongPassword'
}

/** More rounds in a file are no protection any more but a way to keep a processor busy: these take seconds. */
const mostRounds = 3_000_000

/** A password, with the rounds of hashing that the file under it may still ask for: a file can have many parts. */
export class Password {
  readonly text: string
  #left = mostRounds

  constructor(text: string) {
    this.text = text
  }

  /** Throws DerError when it comes to too many. */
  spend(rounds: number): void {
    this.#left -= rounds
    if (this.#left < 0) throw new DerError('too many rounds')
  }
}

const macs = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

/** HMACs by object identifier (RFC 8018 §B.1.2). */
const hmacs = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
])

const pbes2 = '1.2.840.113549.1.5.13'
const pbkdf2 = '1.2.840.113549.1.5.12'
const pbmac1 = '1.2.840.113549.1.5.14'

/** Ciphers of PBES2: name, and bytes of the key (RFC 8018 §B.2). */
const ciphers = new Map<string, readonly [name: string, keyBytes: number]>([
  ['2.16.840.1.101.3.4.1.2', ['aes-128-cbc', 16]],
  ['2.16.840.1.101.3.4.1.22', ['aes-192-cbc', 24]],
  ['2.16.840.1.101.3.4.1.42', ['aes-256-cbc', 32]],
  ['1.2.840.113549.3.7', ['des-ede3-cbc', 24]],
])

/** PKCS#12's own schemes, with SHA-1 (RFC 7292 Appendix C). */
const oldSchemes = new Map<string, readonly [name: 'des-ede3-cbc' | 'des-ede-cbc' | 'rc2', keyBytes: number]>(
  [
    ['1.2.840.113549.1.12.1.3', ['des-ede3-cbc', 24]],
    ['1.2.840.113549.1.12.1.4', ['des-ede-cbc', 16]],
    ['1.2.840.113549.1.12.1.5', ['rc2', 16]],
    ['1.2.840.113549.1.12.1.6', ['rc2', 5]],
  ],
)

/** Decrypts what was encrypted under a password. Throws DerError for schemes that are not known, WrongPassword. */
export function decryptWithPassword(algorithm: DerElement, data: Buffer, password: Password): Buffer {
  const parts = new DerSequence(algorithm)
  const name = parts.next().oid()
  const parameters = parts.next()
  if (name === pbes2) return decryptPbes2(parameters, data, password)
  const scheme = oldSchemes.get(name)
  if (!scheme) throw new DerError('an encryption that is not known')
  const [cipher, keyBytes] = scheme
  const fields = new DerSequence(parameters)
  const salt = fields.next().octets()
  const rounds = readRounds(fields.next())
  const key = deriveOld('sha1', 1, password, salt, rounds, keyBytes)
  const iv = deriveOld('sha1', 2, password, salt, rounds, 8)
  if (cipher !== 'rc2') return decipher(cipher, key, iv, data)
  if (data.length === 0 || data.length % 8 !== 0) throw new WrongPassword()
  return withoutPadding(decryptRc2(key, iv, data))
}

function decryptPbes2(parameters: DerElement, data: Buffer, password: Password): Buffer {
  const parts = new DerSequence(parameters)
  const derivation = parts.next()
  const encryption = new DerSequence(parts.next())
  const cipher = ciphers.get(encryption.next().oid())
  if (!cipher) throw new DerError('a cipher that is not known')
  const [name, keyBytes] = cipher
  const iv = encryption.next().octets()
  if (iv.length !== (name.startsWith('aes') ? 16 : 8)) throw new DerError('an initialisation vector')
  return decipher(name, derivePbkdf2(derivation, password, keyBytes), iv, data)
}

/** PBKDF2 (RFC 8018 §5.2, §A.2), with the password in UTF-8. */
function derivePbkdf2(algorithm: DerElement, password: Password, keyBytes: number): Buffer {
  const parts = new DerSequence(algorithm)
  if (parts.next().oid() !== pbkdf2) throw new DerError('a key derivation that is not known')
  const fields = new DerSequence(parts.next())
  const salt = fields.next().octets()
  const rounds = readRounds(fields.next())
  fields.optional(0x02)
  const hmac = fields.optional(0x30)
  const digest = hmacs.get(hmac ? new DerSequence(hmac).next().oid() : '1.2.840.113549.2.7')
  if (!digest) throw new DerError('a HMAC that is not known')
  password.spend(rounds)
  return pbkdf2Sync(Buffer.from(password.text, 'utf8'), salt, rounds, keyBytes, digest)
}

function readRounds(element: DerElement): number {
  const rounds = element.integer()
  if (rounds < 1n || rounds > BigInt(mostRounds)) throw new DerError('too many rounds')
  return Number(rounds)
}

function decipher(name: string, key: Buffer, iv: Buffer, data: Buffer): Buffer {
  const cipher = createDecipheriv(name, key, iv)
  try {
    return Buffer.concat([cipher.update(data), cipher.final()])
  } catch {
    throw new WrongPassword()
  }
}

function withoutPadding(data: Buffer): Buffer {
  const count = data.at(-1) ?? 0
  const isPadding = count >= 1 && count <= 8 && data.subarray(-count).every((byte) => byte === count)
  if (!isPadding) throw new WrongPassword()
  return data.subarray(0, -count)
}

/** Whether MacData (RFC 7292 §4, RFC 9579) is that password's over the content. Throws DerError. */
export function macHolds(macData: DerElement, content: Buffer, password: Password): boolean {
  const parts = new DerSequence(macData)
  const [algorithm, value] = parts.next().children(0x30)
  if (!algorithm || !value) throw new DerError('a MAC without a value')
  const names = new DerSequence(algorithm)
  const name = names.next().oid()
  const salt = parts.next().octets()
  const rounds = parts.optional(0x02)
  if (name === pbmac1) return pbmac1Of(names.next(), content, password).equals(value.octets())
  const digest = macs.get(name)
  if (!digest) throw new DerError('a MAC that is not known')
  const length = createHash(digest).digest().length
  const key = deriveOld(digest, 3, password, salt, rounds ? readRounds(rounds) : 1, length)
  return createHmac(digest, key).update(content).digest().equals(value.octets())
}

/** How long PBMAC1's key is must be said (RFC 9579 §5): the MAC's own length is not its only one. */
function keyLength(derivation: DerElement): number {
  const parts = new DerSequence(derivation)
  parts.next()
  const fields = new DerSequence(parts.next())
  fields.next()
  fields.next()
  const length = fields.optional(0x02)?.integer() ?? 0n
  if (length < 1n || length > 128n) throw new DerError('the length of a key')
  return Number(length)
}

function pbmac1Of(parameters: DerElement, content: Buffer, password: Password): Buffer {
  const parts = new DerSequence(parameters)
  const derivation = parts.next()
  const digest = hmacs.get(new DerSequence(parts.next()).next().oid())
  if (!digest) throw new DerError('a HMAC that is not known')
  const key = derivePbkdf2(derivation, password, keyLength(derivation))
  return createHmac(digest, key).update(content).digest()
}

/** PKCS#12's own derivation (RFC 7292 §B.2): 1 gives a key, 2 an initialisation vector, 3 a key for a MAC. */
function deriveOld(
  digest: string,
  purpose: 1 | 2 | 3,
  password: Password,
  salt: Buffer,
  rounds: number,
  bytes: number,
): Buffer {
  const block = digest === 'sha384' || digest === 'sha512' ? 128 : 64
  const filled = (source: Buffer): Buffer =>
    source.length === 0 ? source : Buffer.alloc(Math.ceil(source.length / block) * block, source)
  const start = Buffer.alloc(block, purpose)
  const input = Buffer.concat([filled(salt), filled(bmpText(password.text))])
  const parts: Buffer[] = []
  for (let made = 0; made < bytes; made += parts.at(-1)?.length ?? bytes) {
    password.spend(rounds)
    let hash = createHash(digest).update(start).update(input).digest()
    for (let round = 1; round < rounds; round++) hash = createHash(digest).update(hash).digest()
    parts.push(hash)
    addToBlocks(input, Buffer.alloc(block, hash), block)
  }
  return Buffer.concat(parts).subarray(0, bytes)
}

/** Adds the number `addend + 1` to each block of the input, carries over the block's end being dropped. */
function addToBlocks(input: Buffer, addend: Buffer, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1
    for (let at = block - 1; at >= 0; at--) {
      const sum = (input[start + at] ?? 0) + (addend[at] ?? 0) + carry
      input[start + at] = sum & 0xff
      carry = sum >> 8
    }
  }
}

/** Two bytes a character, the first one first, and two zero bytes at the end (RFC 7292 §B.1). */
function bmpText(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le').swap16()
}
