import { describe, expect, it } from 'vitest'
import {
  readCanonicalMethod,
  readDigestMethod,
  readSignatureMethod,
} from '../../../src/check/xml/algorithms.ts'
import { XmlError } from '../../../src/check/xml/error.ts'
import { read } from './reading.ts'

const method = (algorithm: string, inside = '') =>
  read(
    `<ds:M xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:pss="http://www.w3.org/2007/05/xmldsig-more#" xmlns:exc="http://www.w3.org/2001/10/xml-exc-c14n#" Algorithm="${algorithm}">${inside}</ds:M>`,
  ).root

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const newer = 'http://www.w3.org/2007/05/xmldsig-more#'

describe('a signature method', () => {
  it.each([
    ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', { family: 'rsa-pkcs1', digest: 'sha1' }],
    [`${more}rsa-sha256`, { family: 'rsa-pkcs1', digest: 'sha256' }],
    [`${more}ecdsa-sha384`, { family: 'ecdsa', digest: 'sha384', raw: true }],
    [
      `${newer}sha512-rsa-MGF1`,
      { family: 'rsa-pss', digest: 'sha512', maskDigest: 'sha512', saltLength: 64 },
    ],
    ['http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519', { family: 'eddsa' }],
    [
      'http://www.w3.org/2021/04/xmldsig-more#ecdsa-sha3-256',
      { family: 'ecdsa', digest: 'sha3-256', raw: true },
    ],
    ['http://www.w3.org/2000/09/xmldsig#hmac-sha1', undefined],
    ['urn:none', undefined],
  ])('%s', (algorithm, scheme) => {
    expect(readSignatureMethod(method(algorithm))).toEqual(scheme)
  })

  it('of RSA-PSS with parameters', () => {
    const digest = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/>'
    const inside = `<pss:RSAPSSParams>${digest}<pss:SaltLength>20</pss:SaltLength></pss:RSAPSSParams>`
    expect(readSignatureMethod(method(`${newer}rsa-pss`, inside))).toEqual({
      family: 'rsa-pss',
      digest: 'sha512',
      maskDigest: 'sha512',
      saltLength: 20,
    })
    expect(readSignatureMethod(method(`${newer}rsa-pss`))).toMatchObject({ digest: 'sha256', saltLength: 32 })
    for (const bad of [
      '<pss:SaltLength>x</pss:SaltLength>',
      '<pss:SaltLength>9999</pss:SaltLength>',
      '<pss:TrailerField>2</pss:TrailerField>',
    ])
      expect(() =>
        readSignatureMethod(method(`${newer}rsa-pss`, `<pss:RSAPSSParams>${bad}</pss:RSAPSSParams>`)),
      ).toThrow(XmlError)
  })

  it('without an algorithm, or with the length of a keyed digest, is refused', () => {
    expect(() => readSignatureMethod(read('<a/>').root)).toThrow(XmlError)
    expect(() =>
      readSignatureMethod(method(`${more}rsa-sha256`, '<ds:HMACOutputLength>0</ds:HMACOutputLength>')),
    ).toThrow(XmlError)
  })
})

it('a digest method is known by its identifier', () => {
  expect(readDigestMethod(method('http://www.w3.org/2001/04/xmlenc#sha256'))).toBe('sha256')
  expect(readDigestMethod(method(`${newer}sha3-384`))).toBe('sha3-384')
  expect(readDigestMethod(method('urn:none'))).toBeUndefined()
})

it('an exclusive canonical form has the prefixes that it names', () => {
  const inside = '<exc:InclusiveNamespaces PrefixList="#default a  b"/>'
  expect(readCanonicalMethod(method('http://www.w3.org/2001/10/xml-exc-c14n#', inside))).toEqual({
    kind: 'exclusive',
    comments: false,
    inclusivePrefixes: ['', 'a', 'b'],
  })
})
