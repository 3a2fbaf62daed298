import { generateSigner, type Signer, verifySignature } from '@sapan/trust'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentDigestOfBody } from '../src/signature/digest.ts'
import type { SignedMessage } from '../src/signature/message.ts'
import { signatureParameters } from '../src/signature/parameters.ts'
import { parseSignedRequest } from '../src/signature/parse.ts'
import { draftRequest, signTogether } from '../src/signature/sign.ts'
import { signatureBase } from '../src/signature/signature-base.ts'
import { mostInTree } from '../src/signature/tree-signature.ts'
import { TurnSigner } from '../src/signature/turn-signer.ts'
import { verifySigned } from '../src/signature/verify.ts'

const signers = { p256: generateSigner('ecdsa-p256-sha256'), ed25519: generateSigner('ed25519') }

const draftOf = (signer: Signer, n: number) =>
  draftRequest(
    {
      method: 'GET',
      authority: 'dopa.example',
      path: `/r1/${n}`,
      query: '',
      fields: [['content-digest', contentDigestOfBody(Buffer.alloc(0))]],
    },
    { signer, keyId: 'a1'.repeat(32), created: 1, expires: 61, nonce: `nonce-of-message-${n}` },
  )

const several = (signer: Signer, count: number) =>
  signTogether(
    signer,
    Array.from({ length: count }, (_, n) => draftOf(signer, n)),
  )

/** A signer that counts how often it was asked. */
function counting(signer: Signer) {
  const asked = { times: 0 }
  const counted: Signer = {
    ...signer,
    sign: (data) => {
      asked.times++
      return signer.sign(data)
    },
  }
  return { asked, signer: counted }
}

const bytesOf = ({ signature }: SignedMessage) => Buffer.from(signature.slice('sapan=:'.length, -1), 'base64')
const withBytes = (message: SignedMessage, bytes: Buffer): SignedMessage => ({
  ...message,
  signature: `sapan=:${bytes.toString('base64')}:`,
})

describe.each(Object.entries(signers))('messages signed together (%s)', (_name, signer) => {
  it('are each proven alone, as they come over the wire, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: mostInTree }), (count) => {
        for (const message of several(signer, count)) {
          const raw = [
            ...message.fields.flat(),
            'signature-input',
            message.signatureInput,
            'signature',
            message.signature,
          ]
          const read = parseSignedRequest('GET', 'dopa.example', message.path, raw)
          expect(read).toStrictEqual(message)
          expect(signatureParameters(read)).toMatchObject({ algorithm: signer.algorithm, tree: true })
          expect(verifySigned(read, signer)).toBe(true)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('are refused with any byte of signature, place or path changed, also when the root is known as signed', () => {
    for (const message of [1, 2, 3, 5].flatMap((count) => several(signer, count))) {
      expect(verifySigned(message, signer)).toBe(true)
      const bytes = bytesOf(message)
      for (const [at, byte] of bytes.entries()) {
        for (const bit of at < 4 ? [0, 1, 2, 3, 4, 5, 6, 7] : [at % 8]) {
          const altered = Buffer.from(bytes)
          altered[at] = byte ^ (1 << bit)
          expect([at, bit, verifySigned(withBytes(message, altered), signer)]).toEqual([at, bit, false])
        }
      }
    }
  })

  it('do not lend their signature to another message, nor to one another', () => {
    const [first, second] = several(signer, 2)
    if (!first || !second) throw new Error('no messages')
    expect(verifySigned({ ...first, path: '/r1/other' }, signer)).toBe(false)
    expect(verifySigned({ ...first, signature: second.signature }, signer)).toBe(false)
  })

  it('cannot be passed off as signed alone, nor one that was signed alone as signed together', () => {
    const [together] = several(signer, 1)
    if (!together) throw new Error('no message')
    const alone = withBytes(together, bytesOf(together).subarray(4, 68))
    expect(verifySigned(alone, signer)).toBe(false)
    const plain = {
      ...alone,
      signatureInput: alone.signatureInput.replace('alg="sapan-tree-', 'alg="'),
    }
    expect(verifySigned(plain, signer)).toBe(false)
    const base = Buffer.from(signatureBase(plain), 'latin1')
    expect(verifySignature(signer.algorithm, signer.publicKey, base, bytesOf(alone))).toBe(false)
  })

  it('hold for their own key only, whatever was verified before', () => {
    const [message] = several(signer, 3)
    if (!message) throw new Error('no message')
    expect(verifySigned(message, signer)).toBe(true)
    expect(verifySigned(message, generateSigner(signer.algorithm))).toBe(false)
  })
})

describe('signatures longer than any tree gives', () => {
  it('are refused without an error', () => {
    const [message] = several(signers.p256, 2)
    if (!message) throw new Error('no message')
    const long = Buffer.concat([bytesOf(message), Buffer.alloc(32 * 6)])
    expect(verifySigned(withBytes(message, long), signers.p256)).toBe(false)
    long.writeUInt16BE(65_535, 0)
    expect(verifySigned(withBytes(message, long.subarray(0, 68 + 32 * 6)), signers.p256)).toBe(false)
  })
})

describe('what one turn of the event loop brings', () => {
  it('is signed with one signature for each signer', async () => {
    const turn = new TurnSigner()
    const [a, b] = [counting(signers.p256), counting(signers.ed25519)]
    const signed = await Promise.all(
      Array.from({ length: 10 }, (_, n) => turn.sign(draftOf(n % 2 === 0 ? a.signer : b.signer, n))),
    )
    expect([a.asked.times, b.asked.times]).toEqual([1, 1])
    for (const [n, message] of signed.entries()) {
      expect(message.path).toBe(`/r1/${n}`)
      expect(verifySigned(message, n % 2 === 0 ? signers.p256 : signers.ed25519)).toBe(true)
    }
  })

  it('and is one message, is signed as any implementation of RFC 9421 reads it', async () => {
    const turn = new TurnSigner()
    for (const n of [1, 2]) {
      const message = await turn.sign(draftOf(signers.p256, n))
      expect(signatureParameters(message).tree).toBe(false)
      expect(bytesOf(message)).toHaveLength(64)
      expect(verifySigned(message, signers.p256)).toBe(true)
    }
  })

  it('and is more than a tree takes, is signed in several', async () => {
    const turn = new TurnSigner()
    const { asked, signer } = counting(signers.p256)
    const signed = await Promise.all(
      Array.from({ length: mostInTree + 1 }, (_, n) => turn.sign(draftOf(signer, n))),
    )
    expect(asked.times).toBe(2)
    expect(signed.every((message) => verifySigned(message, signers.p256))).toBe(true)
  })

  it('fails together where the key cannot be reached, and the next turn does not', async () => {
    const turn = new TurnSigner()
    let away = true
    const device: Signer = {
      ...signers.p256,
      sign: (data) => {
        if (away) throw new Error('the device is away')
        return signers.p256.sign(data)
      },
    }
    const outcomes = await Promise.allSettled([0, 1].map((n) => turn.sign(draftOf(device, n))))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    away = false
    expect(verifySigned(await turn.sign(draftOf(device, 2)), signers.p256)).toBe(true)
  })
})
