import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect } from 'vitest'
import {
  createTimestampAuthority,
  fingerprint,
  fromPem,
  readCertificate,
  type SignatureAlgorithm,
  signDetached,
  timestampFromResponse,
  timestampRequest,
  verifyDetached,
  verifyTimestamp,
} from '../src/index.ts'
import { flipped, now, TestAuthority } from './authority.ts'

/** Something signed, in DER, that is refused as soon as one of its bytes is another. */
export interface Signed {
  readonly bytes: Buffer
  verify(bytes: Buffer): void
  /** What every refusal begins with. */
  readonly refusal: RegExp
}

/** Everything of the kind that we make or take from others. */
export const signed: readonly [what: string, make: () => Promise<Signed> | Signed][] = [
  ['a detached signature with ecdsa-p256-sha256', () => signature('ecdsa-p256-sha256')],
  ['a detached signature with ed25519', () => signature('ed25519')],
  ['a CAdES signature of OpenSSL', signatureOfOpenssl],
  ['a time-stamp', timestamp],
]

/** Every bit of every byte. */
export function refusesEveryBit({ bytes, verify, refusal }: Signed): void {
  expect(() => verify(bytes)).not.toThrow()
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      expect(() => verify(flipped(bytes, at, bit)), `bit ${bit} of byte ${at}`).toThrow(refusal)
    }
  }
}

/** The first and the last byte, and a sample of any bits: half of them in tags and lengths, which give the others their meaning. */
export function refusesSomeBits({ bytes, verify, refusal }: Signed): void {
  expect(() => verify(bytes)).not.toThrow()
  const place = fc.oneof(fc.constantFrom(...headersOf(bytes)), fc.nat(bytes.length - 1))
  fc.assert(
    fc.property(place, fc.nat(7), (at, bit) => {
      expect(() => verify(flipped(bytes, at, bit))).toThrow(refusal)
    }),
    {
      numRuns: 200,
      examples: [
        [0, 0],
        [bytes.length - 1, 0],
      ],
    },
  )
}

/** Where tags and lengths lie in DER. */
function headersOf(der: Buffer, from = 0, to = der.length): number[] {
  const headers: number[] = []
  for (let at = from; at < to; ) {
    const short = der[at + 1] ?? 0
    const more = short < 0x80 ? 0 : short - 0x80
    const length = more === 0 ? short : der.readUIntBE(at + 2, more)
    const content = at + 2 + more
    for (let each = at; each < content; each++) headers.push(each)
    const isConstructed = ((der[at] ?? 0) & 0x20) !== 0
    if (isConstructed) headers.push(...headersOf(der, content, content + length))
    at = content + length
  }
  return headers
}

function signature(algorithm: SignatureAlgorithm): Signed {
  const ca = new TestAuthority(algorithm)
  const content = Buffer.from('<manifest>หลักฐาน</manifest>')
  const options = { roots: ca.roots, profile: 'signing', at: now } as const
  return {
    bytes: signDetached(content, { ...ca.issue(), chain: ca.chain, signingTime: now }),
    verify: (bytes) => void verifyDetached(bytes, content, options),
    refusal: /^(signature-container|certificate)-/,
  }
}

function signatureOfOpenssl(): Signed {
  const file = (name: string) => readFileSync(new URL(`fixtures/openssl/${name}`, import.meta.url))
  const certificate = (name: string) => fromPem(file(name).toString())[0] ?? Buffer.alloc(0)
  const at = readCertificate(certificate('signing.pem')).notBefore
  const options = { roots: [fingerprint(certificate('root.pem'))], profile: 'signing', at } as const
  const content = file('content.txt')
  return {
    bytes: file('content.p7s'),
    verify: (bytes) => void verifyDetached(bytes, content, options),
    refusal: /^(signature-container|certificate)-/,
  }
}

async function timestamp(): Promise<Signed> {
  const ca = new TestAuthority()
  const authority = createTimestampAuthority({
    ...ca.issue({ profile: 'timestamping' }),
    chain: ca.chain,
    clock: () => now,
    policy: '1.3.6.1.4.1.99999.1',
    nextSerial: () => 1n,
  })
  const digest = createHash('sha256').update('a checkpoint').digest()
  const request = timestampRequest(digest, { nonce: 42n })
  return {
    bytes: timestampFromResponse(await authority.respond(request), request),
    verify: (bytes) => void verifyTimestamp(bytes, digest, ca.roots),
    refusal: /^(timestamp|certificate)-/,
  }
}
