import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateSigner, readJws, type SignatureAlgorithm, signJws } from '../src/index.ts'

const type = 'sapan-grant+jws'
const algorithms: SignatureAlgorithm[] = ['ecdsa-p256-sha256', 'ed25519']

describe.each(algorithms)('a JWS with %s', (algorithm) => {
  const signer = generateSigner(algorithm)

  it('gives back what was signed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
        const read = readJws(signJws(payload, { signer, type }), { type })
        expect(read.verify(signer.publicKey)).toBe(true)
        expect(JSON.stringify(read.payload)).toBe(JSON.stringify(payload))
        expect(read.algorithm).toBe(algorithm)
      }),
    )
  })

  it('does not verify with any character changed', () => {
    const jws = signJws({ text: 'ข้อความ' }, { signer, type })
    for (let at = 0; at < jws.length; at++) {
      const other = `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`
      if (other === jws) continue
      expect(verifies(other)).toBe(false)
    }
    expect(verifies(`${jws}A`)).toBe(false)
    expect(verifies(jws.slice(0, -1))).toBe(false)
  })

  function verifies(jws: string): boolean {
    try {
      return readJws(jws, { type }).verify(signer.publicKey)
    } catch (error) {
      expect(String(error)).toMatch(/jws-malformed/)
      return false
    }
  }
})

describe('reading a JWS', () => {
  const signer = generateSigner('ecdsa-p256-sha256')
  const chain = [Buffer.from('first certificate'), Buffer.from('second')]

  it('gives the certificates of x5c and the key id', () => {
    const jws = signJws({}, { signer: { ...signer, keyId: 'key-1' }, type, chain })
    const read = readJws(jws, { type })
    expect(read.chain).toEqual(chain)
    expect(read.header.kid).toBe('key-1')
    expect(read.verify(generateSigner('ecdsa-p256-sha256').publicKey)).toBe(false)
    expect(read.verify(generateSigner('ed25519').publicKey)).toBe(false)
  })

  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = { alg: 'ES256', typ: type }
  it.each([
    ['nothing', ''],
    ['two parts', `${part(header)}.${part({})}`],
    ['four parts', `${part(header)}.${part({})}.AA.AA`],
    ['another type', `${part({ ...header, typ: 'JWT' })}.${part({})}.AA`],
    ['no type', `${part({ alg: 'ES256' })}.${part({})}.AA`],
    ['alg none', `${part({ ...header, alg: 'none' })}.${part({})}.`],
    ['alg HS256', `${part({ ...header, alg: 'HS256' })}.${part({})}.AA`],
    ['an inherited alg', `${part({ ...header, alg: 'constructor' })}.${part({})}.AA`],
    ['crit', `${part({ ...header, crit: ['exp'] })}.${part({})}.AA`],
    ['b64', `${part({ ...header, b64: false })}.${part({})}.AA`],
    ['padding', `${part(header)}.${part({})}=.AA`],
    ['an array as payload', `${part(header)}.${part([])}.AA`],
    ['null as payload', `${part(header)}.${part(null)}.AA`],
    [
      'a payload that is not UTF-8',
      `${part(header)}.${Buffer.from('{"a":"\xff"}', 'latin1').toString('base64url')}.AA`,
    ],
    ['an empty x5c', `${part({ ...header, x5c: [] })}.${part({})}.AA`],
    ['x5c in base64url', `${part({ ...header, x5c: ['_-8'] })}.${part({})}.AA`],
  ])('refuses %s', (_, jws) => {
    expect(() => readJws(jws, { type })).toThrow('jws-malformed')
  })
})
