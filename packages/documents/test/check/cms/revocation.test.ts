import { describe, expect, test } from 'vitest'
import {
  attribute,
  ca,
  certify,
  crl,
  day,
  der,
  eku,
  extension,
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
  stamp,
  year,
} from '../kit.ts'
import {
  all,
  check,
  content,
  failed,
  issuer,
  make,
  passed,
  pki,
  root,
  signer,
  stamped,
  tsa,
  uncertain,
} from './letter.ts'

const { sequence } = der

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
