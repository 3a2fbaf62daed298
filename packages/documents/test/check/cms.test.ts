import { describe, expect, test } from 'vitest'
import {
  type CheckCrypto,
  type CheckOptions,
  checkFile,
  type SignatureReport,
  webCrypto,
} from '../../src/check/index.ts'
import {
  attribute,
  authority,
  type CmsParts,
  ca,
  certify,
  cms,
  crl,
  type Digest,
  day,
  der,
  documentSigning,
  eku,
  essV2,
  extension,
  hash,
  hour,
  ids,
  key,
  ku,
  minute,
  name,
  noCheck,
  now,
  ocsp,
  ocspSigning,
  quiet,
  signerInfo,
  signWith,
  stamp,
  timeStamping,
  year,
} from './kit.ts'

const { octets, oid, sequence } = der
const content = Buffer.from('หนังสือรับรอง')
const pki = authority()
const { root, issuer, signer, tsa } = pki
const all = [signer.certificate, issuer.certificate]

const options = (more: Partial<CheckOptions> = {}): CheckOptions => ({
  anchors: { certificates: [root.certificate] },
  at: now,
  ...more,
})

function make(parts: Partial<CmsParts> = {}): Buffer {
  return cms({ signer, content, certificates: all, ...quiet(pki), claimedAt: now - 10 * minute, ...parts })
}

async function check(file: Uint8Array, more: Partial<CheckOptions> = {}): Promise<SignatureReport> {
  const { signatures } = await checkFile(file, options(more))
  const [first] = signatures
  if (!first) throw new Error('no signature')
  return first
}

const passed = { indication: 'TOTAL-PASSED' }
const uncertain = (subIndication: string) => ({ indication: 'INDETERMINATE', subIndication })
const failed = (subIndication: string) => ({ indication: 'TOTAL-FAILED', subIndication })

/** A signature time-stamp. */
const stamped =
  (at: number, tsaUsed = tsa) =>
  (value: Buffer) => [
    attribute(
      ids.signatureTimestamp,
      stamp({ tsa: tsaUsed, over: value, at, certificates: [tsaUsed.certificate] }),
    ),
  ]

describe('a sound signature', () => {
  test('passes, and says who signed', async () => {
    const report = await check(make())
    expect(report).toMatchObject({ ...passed, level: 'CAdES-B-B', scope: 'whole-file' })
    expect(report.signer).toMatchObject({ name: 'สมชาย ใจดี', organisation: 'กรมการปกครอง', country: 'TH' })
    expect(report.signer?.chain.map((one) => one.name)).toEqual(['Issuer', 'Root'])
  })

  test('is left as it was', async () => {
    const file = make()
    const before = Buffer.from(file)
    await check(file)
    expect(file.equals(before)).toBe(true)
  })

  test('passes detached with its file, and without it is not found', async () => {
    const file = make({ isDetached: true })
    const files = [
      { name: 'other.txt', bytes: Buffer.from('other') },
      { name: 'letter.txt', bytes: content },
    ]
    const { signatures } = await checkFile(file, options(), files)
    expect(signatures[0]).toMatchObject({ ...passed, scope: 'detached', covers: ['letter.txt'] })
    expect(await check(file)).toMatchObject(uncertain('SIGNED_DATA_NOT_FOUND'))
  })

  test.each(['p384', 'p521', 'rsa2048', 'pss2048', 'ed25519', 'brainpool', 'secp256k1'] as const)(
    'passes with %s',
    async (kind) => {
      const other = authority(kind, ` ${kind}`)
      const certificates = [other.signer.certificate, other.issuer.certificate]
      const file = cms({
        signer: other.signer,
        content,
        certificates,
        digest: kind === 'ed25519' ? 'sha512' : 'sha256',
        ...quiet(other),
      })
      const anchors = { certificates: [other.root.certificate] }
      expect(await check(file, { anchors })).toMatchObject(passed)
    },
  )

  test.each(['sha224', 'sha384', 'sha512'] as const)('passes with %s', async (digest) => {
    expect(await check(make({ digest }))).toMatchObject(passed)
  })

  test('passes when its outer lengths are indefinite', async () => {
    const plain = make()
    const parts = der.readDer(plain).children()
    const body = [...(parts[0]?.raw ?? []), ...(parts[1]?.raw ?? [])]
    const file = Buffer.from([0x30, 0x80, ...body, 0, 0])
    expect(await check(file)).toMatchObject(passed)
  })

  test('passes in PEM', async () => {
    const text = make()
      .toString('base64')
      .replaceAll(/(.{64})/g, '$1\n')
    const file = Buffer.from(`-----BEGIN CMS-----\n${text}\n-----END CMS-----\n`)
    expect(await check(file)).toMatchObject(passed)
  })

  test('by two signers is two reports', async () => {
    const second = certify({ name: name('Second'), key: key('p256', 'second'), issuer, extensions: [ku(1)] })
    const signers = [signerInfo({ signer, content }).info, signerInfo({ signer: second, content }).info]
    const file = make({ signers, certificates: [...all, second.certificate] })
    const report = await checkFile(file, options())
    expect(report.signatures.map(({ signer: by }) => by?.name)).toEqual(['สมชาย ใจดี', 'Second'])
    expect(report.conclusion).toBe('TOTAL-PASSED')
  })
})

describe('what was changed', () => {
  test('content gives HASH_FAILURE', async () => {
    const file = make()
    const at = file.indexOf(content)
    file[at] = (file[at] ?? 0) ^ 1
    expect(await check(file)).toMatchObject(failed('HASH_FAILURE'))
  })

  test('a signature value gives SIG_CRYPTO_FAILURE', async () => {
    const value = signWith(signer.key, 'sha256', Buffer.from('something else'))
    expect(await check(make({ value }))).toMatchObject(failed('SIG_CRYPTO_FAILURE'))
  })

  test.each([
    ['zero r and s', sequence(der.integer(0), der.integer(0))],
    ['nothing', Buffer.alloc(0)],
    ['no DER', Buffer.from('0123456789')],
  ])('an ECDSA value of %s gives SIG_CRYPTO_FAILURE', async (_label, value) => {
    expect(await check(make({ value }))).toMatchObject(failed('SIG_CRYPTO_FAILURE'))
  })

  test('the certificate for another of the same key gives NO_SIGNING_CERTIFICATE_FOUND', async () => {
    const twin = certify({ name: name('Twin'), key: signer.key, issuer, serial: signer.serial })
    const file = make({ certificates: [twin.certificate, issuer.certificate] })
    expect(await check(file)).toMatchObject(uncertain('NO_SIGNING_CERTIFICATE_FOUND'))
  })

  test('a signer identifier that points at another certificate gives NO_SIGNING_CERTIFICATE_FOUND', async () => {
    const file = make({ sid: tsa, certificates: [...all, tsa.certificate] })
    expect(await check(file)).toMatchObject(uncertain('NO_SIGNING_CERTIFICATE_FOUND'))
  })
})

describe('the form', () => {
  const without = (type: string) => (attributes: Buffer[]) =>
    attributes.filter((one) => !one.includes(oid(type)))

  test.each([
    ['no content type', { signed: without(ids.contentType) }],
    ['no message digest', { signed: without(ids.messageDigest) }],
    [
      'two message digests',
      { signed: (list: Buffer[]) => [...list, attribute(ids.messageDigest, octets(Buffer.alloc(32)))] },
    ],
    [
      'another content type',
      {
        signed: (list: Buffer[]) => [
          ...without(ids.contentType)(list),
          attribute(ids.contentType, oid(ids.tstInfo)),
        ],
      },
    ],
    ['two algorithms that differ', { namedDigest: 'sha512' as Digest }],
  ])('with %s gives FORMAT_FAILURE', async (_label, parts: Partial<CmsParts>) => {
    expect(await check(make(parts))).toMatchObject(failed('FORMAT_FAILURE'))
  })

  test('by Ed25519 over another digest than its own gives FORMAT_FAILURE', async () => {
    const other = certify({ name: name('Ed'), key: key('ed25519', 'ed'), issuer, extensions: [ku(1)] })
    const file = make({ signer: other, certificates: [other.certificate, issuer.certificate] })
    expect(await check(file)).toMatchObject(failed('FORMAT_FAILURE'))
  })

  test('signed attributes passed off as content give FORMAT_FAILURE', async () => {
    // The attributes of one signature are shown as what another, without attributes, signed.
    const attributes = der.setOf(
      attribute(ids.contentType, oid(ids.data)),
      attribute(ids.messageDigest, octets(hash('sha256', content))),
    )
    const file = cms({ signer, content: attributes, certificates: all, isPlain: true, ...quiet(pki) })
    expect(await check(file)).toMatchObject(failed('FORMAT_FAILURE'))
  })

  test('a plain signature without attributes is PKCS7, and said not to be bound to its certificate', async () => {
    const report = await check(make({ isPlain: true }))
    expect(report).toMatchObject({ ...passed, level: 'PKCS7' })
    expect(report.findings.map(({ code }) => code)).toContain('certificate-not-bound')
  })

  test('PSS parameters other than those of the signature give SIG_CRYPTO_FAILURE', async () => {
    const other = authority('pss2048', ' pss2048')
    const algorithm = sequence(
      oid('1.2.840.113549.1.1.10'),
      sequence(
        der.explicit(0, sequence(oid('2.16.840.1.101.3.4.2.1'))),
        der.explicit(1, sequence(oid('1.2.840.113549.1.1.8'), sequence(oid('2.16.840.1.101.3.4.2.1')))),
        der.explicit(2, der.integer(20)),
      ),
    )
    const certificates = [other.signer.certificate, other.issuer.certificate]
    const file = cms({ signer: other.signer, content, certificates, algorithm, ...quiet(other) })
    const report = await check(file, { anchors: { certificates: [other.root.certificate] } })
    expect(report).toMatchObject(failed('SIG_CRYPTO_FAILURE'))
  })

  test('an algorithm that nobody knows gives CRYPTO_CONSTRAINTS_FAILURE', async () => {
    const file = make({ algorithm: sequence(oid('1.2.3.4.5')) })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE'))
  })

  /** The padded digest: what raising the right value to the exponent gives (RFC 8017 §9.2). */
  function paddedDigest(bytes: number): Buffer {
    const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
    const digest = hash('sha256', content)
    const padding = Buffer.alloc(bytes - 3 - prefix.length - digest.length, 0xff)
    return Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), prefix, digest])
  }

  test.each<[string, number, number | Buffer]>([
    // The value is the padded digest itself: everyone can make it.
    ['exponent 1', 256, 1],
    ['an even exponent', 256, 2],
    ['exponent 0', 256, 0],
    ['an exponent below 0', 256, Buffer.of(2, 1, 0x83)],
    ['an exponent of more than 40 bits', 256, Buffer.of(2, 6, 1, 0, 0, 0, 0, 1)],
    ['a modulus of more than 16384 bits', 2049, 1],
    ['a modulus of more than 16384 bits and the usual exponent', 2049, 65537],
  ])('an RSA key with %s is not verified with', async (_, bytes, exponent) => {
    const modulus = Buffer.alloc(bytes, 0xff)
    const spki = sequence(
      sequence(oid('1.2.840.113549.1.1.1'), der.nothing()),
      der.bits(
        sequence(
          der.integerFromBytes(modulus),
          typeof exponent === 'number' ? der.integer(exponent) : exponent,
        ),
      ),
    )
    const weak = { ...key('rsa2048', 'weak'), spki }
    const holder = certify({ name: name('Weak'), key: weak, issuer, extensions: [ku(1)] })
    const value = paddedDigest(bytes)
    const certificates = [holder.certificate, ...all]
    const file = make({ signer: holder, certificates, isPlain: true, value })
    const ours = webCrypto()
    let asked = 0
    const crypto: CheckCrypto = {
      digest: ours.digest.bind(ours),
      verify: (scheme, by, data, signature) => {
        if (spki.equals(by)) asked++
        return ours.verify(scheme, by, data, signature)
      },
    }
    expect(await check(file, { crypto })).toMatchObject({ indication: 'INDETERMINATE' })
    expect(asked).toBe(0)
    const scheme = { family: 'rsa-pkcs1', digest: 'sha256' } as const
    expect(await ours.verify(scheme, spki, content, value)).toBe('unsupported')
  })
})

describe('the chain', () => {
  test('to nobody who is trusted gives NO_CERTIFICATE_CHAIN_FOUND', async () => {
    const other = authority('p256', ' other')
    const report = await check(make(), { anchors: { certificates: [other.root.certificate] } })
    expect(report).toMatchObject(uncertain('NO_CERTIFICATE_CHAIN_FOUND'))
  })

  test('to an anchor of the same name but another key gives NO_CERTIFICATE_CHAIN_FOUND', async () => {
    const twin = certify({ name: root.name, key: key('p256', 'impostor'), extensions: [ca(), ku(5, 6)] })
    const report = await check(make(), { anchors: { certificates: [twin.certificate] } })
    expect(report).toMatchObject(uncertain('NO_CERTIFICATE_CHAIN_FOUND'))
  })

  test.each([
    ['an issuer that is no authority', [ku(5, 6)], 'NO_CERTIFICATE_CHAIN_FOUND'],
    ['an issuer that may not issue', [ca(), ku(0)], 'CERTIFICATE_CHAIN_GENERAL_FAILURE'],
    [
      'a critical extension that is not understood',
      [ca(), ku(5, 6), extension('1.2.3.4', der.nothing(), true)],
      'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    ],
    [
      'a name that the issuer may not certify',
      [
        ca(),
        ku(5, 6),
        extension('2.5.29.30', sequence(der.element(0xa0, sequence(der.element(0xa4, name('X'))))), true),
      ],
      'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    ],
    [
      'a policy that is demanded and missing',
      [ca(), ku(5, 6), extension('2.5.29.36', sequence(der.implicit(0, Buffer.of(0))), true)],
      'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    ],
  ])('through %s', async (_label, extensions, why) => {
    const between = certify({ name: name('Between'), key: key('p256', 'between'), issuer: root, extensions })
    const leaf = certify({
      name: name('Leaf'),
      key: key('p256', 'leaf'),
      issuer: between,
      extensions: [ku(1)],
    })
    const file = make({ signer: leaf, certificates: [leaf.certificate, between.certificate] })
    expect(await check(file)).toMatchObject(uncertain(why))
  })

  test('longer than an authority permits gives CERTIFICATE_CHAIN_GENERAL_FAILURE', async () => {
    const deep = certify({
      name: name('Deep'),
      key: key('p256', 'deep'),
      issuer,
      extensions: [ca(), ku(5, 6)],
    })
    const leaf = certify({ name: name('Leaf'), key: key('p256', 'leaf'), issuer: deep, extensions: [ku(1)] })
    const file = make({
      signer: leaf,
      certificates: [leaf.certificate, deep.certificate, issuer.certificate],
    })
    expect(await check(file)).toMatchObject(uncertain('CERTIFICATE_CHAIN_GENERAL_FAILURE'))
  })

  test.each([
    ['a TLS server', [ku(0), eku(false, '1.3.6.1.5.5.7.3.1')]],
    ['encryption only', [ku(2)]],
    ['time-stamps', [ku(0), eku(true, timeStamping)]],
    ['an OCSP responder', [ku(0), noCheck]],
  ])('to a certificate for %s gives CHAIN_CONSTRAINTS_FAILURE', async (_label, extensions) => {
    const leaf = certify({ name: name('Leaf'), key: key('p256', 'leaf'), issuer, extensions })
    const file = make({ signer: leaf, certificates: [leaf.certificate, issuer.certificate] })
    expect(await check(file)).toMatchObject(uncertain('CHAIN_CONSTRAINTS_FAILURE'))
  })

  test('goes over a cross certificate where the first way is closed', async () => {
    const other = authority('p256', ' cross')
    const cross = certify({
      name: root.name,
      key: root.key,
      issuer: other.root,
      extensions: [ca(), ku(5, 6)],
    })
    const file = make({ certificates: [...all, root.certificate, cross.certificate] })
    const crls = [crl({ issuer: root }), crl({ issuer: other.root })]
    const certificates = [...all, root.certificate, cross.certificate]
    const report = await check(make({ ...quiet(pki), crls: [...quiet(pki).crls, ...crls], certificates }), {
      anchors: { certificates: [other.root.certificate] },
    })
    expect(report).toMatchObject(passed)
    expect(report.signer?.chain).toHaveLength(3)
    expect(await check(file)).toMatchObject(passed)
  })

  test('of authorities that certify each other in a circle ends', async () => {
    const keys = Array.from({ length: 12 }, (_, at) => key('p256', `circle ${at}`))
    const names = keys.map((_, at) => name(`Circle ${at}`))
    const certificates = keys.flatMap((one, at) =>
      keys.map((signingKey, by) =>
        certify({
          name: names[at] ?? Buffer.alloc(0),
          key: one,
          issuerName: names[by] ?? Buffer.alloc(0),
          signingKey,
          extensions: [ca(), ku(5, 6)],
        }),
      ),
    )
    const [first] = certificates
    if (!first) throw new Error('none')
    const leaf = certify({ name: name('Leaf'), key: key('p256', 'leaf'), issuer: first, extensions: [ku(1)] })
    const file = make({
      signer: leaf,
      certificates: [leaf.certificate, ...certificates.map(({ certificate }) => certificate)],
    })
    expect(await check(file)).toMatchObject(uncertain('NO_CERTIFICATE_CHAIN_FOUND'))
  })

  test('is not asked for where the signer itself is trusted', async () => {
    const report = await check(make({ crls: [], ocsps: [] }), {
      anchors: { certificates: [signer.certificate] },
    })
    expect(report).toMatchObject(passed)
  })
})

describe('revocation', () => {
  const others = (ocsps: readonly Buffer[], crls = quiet(pki).crls.slice(0, 1)) => ({ crls, ocsps })

  test('nothing known gives TRY_LATER', async () => {
    expect(await check(make(others([])))).toMatchObject(uncertain('TRY_LATER'))
  })

  test('stale information gives TRY_LATER', async () => {
    const old = ocsp({ issuer, about: signer, at: now - 3 * day })
    expect(await check(make(others([old])))).toMatchObject(uncertain('TRY_LATER'))
  })

  test.each([
    ['by OCSP', others([ocsp({ issuer, about: signer, revokedAt: now - 2 * hour })])],
    [
      'by CRL',
      others(
        [],
        [
          ...quiet(pki).crls.slice(0, 1),
          crl({ issuer, revoked: [{ serial: signer.serial, at: now - 2 * hour }] }),
        ],
      ),
    ],
  ])('of the signer %s gives REVOKED_NO_POE', async (_label, parts) => {
    const report = await check(make(parts))
    expect(report).toMatchObject(uncertain('REVOKED_NO_POE'))
    expect(report.signer?.revoked).toBe(new Date(now - 2 * hour).toISOString())
  })

  test('of an authority gives REVOKED_CA_NO_POE', async () => {
    const list = crl({ issuer: root, revoked: [{ serial: issuer.serial, at: now - 2 * hour }] })
    const file = make({ ...quiet(pki), crls: [list] })
    expect(await check(file)).toMatchObject(uncertain('REVOKED_CA_NO_POE'))
  })

  test('on hold gives TRY_LATER', async () => {
    const held = ocsp({ issuer, about: signer, revokedAt: now - 2 * hour, reason: 6 })
    expect(await check(make(others([held])))).toMatchObject(uncertain('TRY_LATER'))
  })

  test('after a time-stamp does not matter', async () => {
    const parts = others([
      ocsp({ issuer, about: signer, revokedAt: now - 2 * hour }),
      ocsp({ issuer, about: tsa }),
    ])
    const file = make({ ...parts, unsigned: stamped(now - 3 * hour), claimedAt: now - 3 * hour })
    const report = await check(file)
    expect(report).toMatchObject(passed)
    expect(report.bestSignatureTime).toBe(new Date(now - 3 * hour).toISOString())
  })

  test('before a content time-stamp gives REVOKED', async () => {
    const token = stamp({ tsa, over: content, at: now - 90 * minute })
    const file = make({
      ...others([ocsp({ issuer, about: signer, revokedAt: now - 2 * hour }), ocsp({ issuer, about: tsa })]),
      signed: (list) => [...list, attribute(ids.contentTimestamp, token)],
    })
    expect(await check(file)).toMatchObject(failed('REVOKED'))
  })

  const impostor = certify({ name: issuer.name, key: key('p256', 'impostor'), extensions: [ca(), ku(5, 6)] })
  const sibling = certify({
    name: name('Responder'),
    key: key('p256', 'responder'),
    issuer: root,
    extensions: [ku(0), eku(false, ocspSigning), noCheck],
  })
  const delegated = certify({
    name: name('Responder'),
    key: key('p256', 'responder'),
    issuer,
    extensions: [ku(0), eku(false, ocspSigning), noCheck],
  })
  const plain = certify({
    name: name('Responder'),
    key: key('p256', 'responder'),
    issuer,
    extensions: [ku(0)],
  })
  const unchecked = certify({
    name: name('Responder'),
    key: key('p256', 'responder'),
    issuer,
    extensions: [ku(0), eku(false, ocspSigning)],
  })
  const point = (uri: string) => der.explicit(0, der.explicit(0, der.implicit(6, Buffer.from(uri))))

  test.each([
    ['an answer about another serial', [ocsp({ issuer, about: tsa })]],
    ['an answer of "unknown"', [ocsp({ issuer, about: signer, isUnknown: true })]],
    ['an answer about another issuer of that name', [ocsp({ issuer: impostor, about: signer })]],
    ['an answer by a responder of another authority', [ocsp({ issuer, about: signer, responder: sibling })]],
    ['an answer by one without the purpose', [ocsp({ issuer, about: signer, responder: plain })]],
    ['an answer that the signer gave about itself', [ocsp({ issuer, about: signer, responder: signer })]],
    ['an answer from the future', [ocsp({ issuer, about: signer, at: now + day })]],
    [
      'an answer by a responder of whom nothing is known',
      [ocsp({ issuer, about: signer, responder: unchecked })],
    ],
  ])('%s is not believed', async (_label, ocsps) => {
    expect(await check(make(others(ocsps)))).toMatchObject(uncertain('TRY_LATER'))
  })

  test('an answer by a delegated responder is believed', async () => {
    const file = make(others([ocsp({ issuer, about: signer, responder: delegated })]))
    expect(await check(file)).toMatchObject(passed)
  })

  test('an answer by a responder whom the one who checks trusts is believed', async () => {
    const file = make(others([ocsp({ issuer, about: signer, responder: sibling })]))
    const service = { certificate: sibling.certificate, purposes: ['revocation'] as const }
    const anchors = { certificates: [root.certificate], services: [service] }
    expect(await check(file, { anchors })).toMatchObject(passed)
  })

  test('an answer by a responder that is known not to be revoked is believed', async () => {
    const crls = [...quiet(pki).crls.slice(0, 1)]
    const about = [ocsp({ issuer, about: signer, responder: unchecked }), ocsp({ issuer, about: unchecked })]
    expect(await check(make(others(about, crls)))).toMatchObject(passed)
  })

  test.each([
    ['by another issuer of the same name', crl({ issuer: impostor })],
    ['that is only a delta', crl({ issuer, extensions: [extension('2.5.29.27', der.integer(1), true)] })],
    [
      'that is indirect',
      crl({ issuer, extensions: [extension('2.5.29.28', sequence(der.implicit(4, Buffer.of(255))), true)] }),
    ],
    [
      'for authorities only',
      crl({ issuer, extensions: [extension('2.5.29.28', sequence(der.implicit(2, Buffer.of(255))), true)] }),
    ],
    [
      'for another distribution point',
      crl({ issuer, extensions: [extension('2.5.29.28', sequence(point('http://x/')), true)] }),
    ],
    [
      'with a critical extension that is not understood',
      crl({ issuer, extensions: [extension('1.2.3.4', der.nothing(), true)] }),
    ],
    ['signed by a key that is not the issuer’s', crl({ issuer, key: key('p256', 'impostor') })],
    ['of before the certificate was issued', crl({ issuer, at: now - 2 * year, next: now + year })],
  ])('a list %s is not believed', async (_label, list) => {
    const file = make(others([], [...quiet(pki).crls.slice(0, 1), list]))
    expect(await check(file)).toMatchObject(uncertain('TRY_LATER'))
  })

  test('a list by the issuer’s next key, which the same authority certified, is believed', async () => {
    const next = certify({
      name: issuer.name,
      key: key('p256', 'next'),
      issuer: root,
      extensions: [ca(0), ku(5, 6)],
    })
    const file = make({
      ...others([], [...quiet(pki).crls.slice(0, 1), crl({ issuer: next })]),
      certificates: [...all, next.certificate],
    })
    expect(await check(file)).toMatchObject(passed)
  })

  test('of a short-lived certificate needs not be known', async () => {
    const short = certify({
      name: name('Short'),
      key: key('p256', 'short'),
      issuer,
      extensions: [ku(1), extension('0.4.0.194121.2.1', der.nothing())],
    })
    const file = make({ signer: short, certificates: [short.certificate, issuer.certificate], ...others([]) })
    expect(await check(file)).toMatchObject(passed)
  })
})

describe('time', () => {
  const short = certify({
    name: name('Short'),
    key: key('p256', 'short'),
    issuer,
    from: now - 30 * day,
    to: now - 10 * day,
    extensions: [ku(1), eku(false, documentSigning)],
  })
  const certificates = [short.certificate, issuer.certificate]
  const about = (at: number) => [ocsp({ issuer, about: short, at }), ocsp({ issuer, about: tsa })]
  const { crls } = quiet(pki)
  const makeShort = (parts: Partial<CmsParts> = {}) =>
    make({
      signer: short,
      certificates,
      ocsps: about(now - 11 * day),
      crls,
      claimedAt: now - 11 * day,
      ...parts,
    })

  test('after the certificate gives OUT_OF_BOUNDS_NOT_REVOKED when it was in force to the end', async () => {
    expect(await check(makeShort())).toMatchObject(uncertain('OUT_OF_BOUNDS_NOT_REVOKED'))
  })

  test('after the certificate gives OUT_OF_BOUNDS_NO_POE when nothing is known', async () => {
    const file = makeShort({ ocsps: [] })
    expect(await check(file)).toMatchObject(uncertain('OUT_OF_BOUNDS_NO_POE'))
  })

  test('in the certificate’s time by a time-stamp passes', async () => {
    const file = makeShort({ unsigned: stamped(now - 11 * day) })
    expect(await check(file)).toMatchObject({ ...passed, level: 'CAdES-B-LT' })
  })

  test('by a time-stamp after the certificate’s end stays uncertain', async () => {
    const file = makeShort({ unsigned: stamped(now - 9 * day) })
    expect(await check(file)).toMatchObject(uncertain('OUT_OF_BOUNDS_NOT_REVOKED'))
  })

  test('by a content time-stamp after the certificate’s end gives EXPIRED', async () => {
    const token = stamp({ tsa, over: content, at: now - 9 * day })
    const file = makeShort({ signed: (list) => [...list, attribute(ids.contentTimestamp, token)] })
    expect(await check(file)).toMatchObject(failed('EXPIRED'))
  })

  test('by a time-stamp before the certificate gives NOT_YET_VALID', async () => {
    const file = makeShort({ unsigned: stamped(now - 40 * day) })
    expect(await check(file)).toMatchObject(failed('NOT_YET_VALID'))
  })

  test('of a certificate that is still to come gives NOT_YET_VALID', async () => {
    const file = make({ claimedAt: undefined as never })
    expect(await check(file, { at: now - 2 * year })).toMatchObject(failed('NOT_YET_VALID'))
  })

  test('claimed outside the certificate’s gives SIG_CONSTRAINTS_FAILURE', async () => {
    expect(await check(make({ claimedAt: now - 3 * year }))).toMatchObject(
      uncertain('SIG_CONSTRAINTS_FAILURE'),
    )
  })

  test('of signing and content the wrong way round gives TIMESTAMP_ORDER_FAILURE', async () => {
    const token = stamp({ tsa, over: content, at: now - hour })
    const file = make({
      signed: (list) => [...list, attribute(ids.contentTimestamp, token)],
      unsigned: stamped(now - 3 * hour),
    })
    expect(await check(file)).toMatchObject(uncertain('TIMESTAMP_ORDER_FAILURE'))
  })
})

describe('a time-stamp', () => {
  test('makes level T, and gives the time', async () => {
    const file = make({ crls: [], ocsps: [], unsigned: stamped(now - hour) })
    expect(await check(file)).toMatchObject({ level: 'CAdES-B-T' })
  })

  test('over something else gives SIG_CONSTRAINTS_FAILURE and proves nothing', async () => {
    const unsigned = () => [
      attribute(ids.signatureTimestamp, stamp({ tsa, over: Buffer.from('other'), at: now - hour })),
    ]
    const report = await check(make({ unsigned }))
    expect(report).toMatchObject(uncertain('SIG_CONSTRAINTS_FAILURE'))
    expect(report.bestSignatureTime).toBeUndefined()
    expect(report.timestamps[0]).toMatchObject(failed('HASH_FAILURE'))
  })

  test('from the future is not believed, and is said to be so', async () => {
    const report = await check(make({ unsigned: stamped(now + day) }))
    expect(report.bestSignatureTime).toBeUndefined()
    expect(report.findings.map(({ code }) => code)).toContain('timestamp-future')
  })

  const certificateOf = (extensions: Buffer[], more = {}) =>
    certify({ name: name('Other TSA'), key: key('p256', 'other tsa'), issuer, extensions, ...more })

  test.each([
    ['for documents', certificateOf([ku(0), eku(false, documentSigning)])],
    ['whose purpose is not critical', certificateOf([ku(0), eku(false, timeStamping)])],
    ['for time-stamps and more', certificateOf([ku(0), eku(true, timeStamping, documentSigning)])],
    ['that had ended', certificateOf([ku(0), eku(true, timeStamping)], { to: now - 20 * day })],
  ])('by a certificate %s is not believed', async (_label, other) => {
    const ocsps = [...quiet(pki).ocsps, ocsp({ issuer, about: other })]
    const report = await check(make({ ocsps, unsigned: stamped(now - hour, other) }))
    expect(report.bestSignatureTime).toBeUndefined()
    expect(report.timestamps[0]?.indication).not.toBe('TOTAL-PASSED')
  })

  test('with a weak imprint is not believed', async () => {
    const unsigned = (value: Buffer) => [
      attribute(ids.signatureTimestamp, stamp({ tsa, over: value, at: now - hour, imprintDigest: 'sha1' })),
    ]
    const report = await check(make({ unsigned }))
    expect(report.timestamps[0]).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
    expect(report.bestSignatureTime).toBeUndefined()
  })

  test('that does not name its certificate in what it signs is not believed', async () => {
    const signed = (list: Buffer[]) => list.filter((one) => !one.equals(essV2(tsa.certificate)))
    const unsigned = (value: Buffer) => [
      attribute(ids.signatureTimestamp, stamp({ tsa, over: value, at: now - hour, signed })),
    ]
    expect((await check(make({ unsigned }))).timestamps[0]?.indication).not.toBe('TOTAL-PASSED')
  })
})

describe('algorithms', () => {
  test.each(['sha1', 'md5'] as const)('%s gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async (digest) => {
    const rsa = certify({ name: name('RSA'), key: key('rsa2048'), issuer, extensions: [ku(1)] })
    const ocsps = [ocsp({ issuer, about: rsa })]
    const certificates = [rsa.certificate, issuer.certificate]
    const file = make({ signer: rsa, digest, certificates, ocsps })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
  })

  test('a short RSA key gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async () => {
    const rsa = certify({ name: name('RSA'), key: key('rsa1024'), issuer, extensions: [ku(1)] })
    const ocsps = [ocsp({ issuer, about: rsa })]
    const file = make({ signer: rsa, certificates: [rsa.certificate, issuer.certificate], ocsps })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
  })

  test('a certificate signed with SHA-1 gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async () => {
    const weak = certify({
      name: name('Weak'),
      key: key('p256', 'weak'),
      issuer,
      digest: 'sha1',
      extensions: [ku(1)],
    })
    const ocsps = [ocsp({ issuer, about: weak })]
    const file = make({ signer: weak, certificates: [weak.certificate, issuer.certificate], ocsps })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
  })

  test('revocation information signed with SHA-1 gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async () => {
    const ocsps = [ocsp({ issuer, about: signer, digest: 'sha1' })]
    expect(await check(make({ ocsps, crls: quiet(pki).crls.slice(0, 1) }))).toMatchObject(
      uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'),
    )
  })

  test('are judged by the policy that is given', async () => {
    const strict = {
      name: 'strict',
      decided: '2026-01-01',
      digests: { sha512: 'always' },
      signatures: { ecdsa: [{ bits: 256, until: 'always' }] },
      signingPurposes: [documentSigning],
    } as const
    expect(await check(make(), { policy: strict })).toMatchObject(
      uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'),
    )
  })
})
