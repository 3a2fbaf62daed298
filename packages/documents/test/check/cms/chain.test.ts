import { describe, expect, test } from 'vitest'
import {
  authority,
  ca,
  certify,
  crl,
  der,
  eku,
  extension,
  key,
  ku,
  name,
  noCheck,
  quiet,
  timeStamping,
} from '../kit.ts'
import { all, check, issuer, make, passed, pki, root, signer, uncertain } from './letter.ts'

const { sequence } = der

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
