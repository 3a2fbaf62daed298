import { describe, expect, test } from 'vitest'
import { certify, der, name, signWith } from '../kit.ts'
import { all, check, content, failed, issuer, make, signer, tsa, uncertain } from './letter.ts'

const { sequence } = der

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
