import { describe, expect, test } from 'vitest'
import {
  attribute,
  type CmsParts,
  certify,
  day,
  documentSigning,
  eku,
  essV2,
  hour,
  ids,
  key,
  ku,
  name,
  now,
  ocsp,
  quiet,
  stamp,
  timeStamping,
  year,
} from '../kit.ts'
import { check, content, failed, issuer, make, passed, pki, stamped, tsa, uncertain } from './letter.ts'

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
