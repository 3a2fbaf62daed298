import { describe, expect, test } from 'vitest'
import { checkFile, type RevocationFetcher } from '../../src/check/index.ts'
import { authority, certify, cms, crl, der, key, ku, name, now, ocsp, serialDer } from './kit.ts'

const { oid, octets, sequence, implicit, explicit } = der
const { root, issuer } = authority()
const uri = (text: string) => implicit(6, Buffer.from(text))
const access = sequence(
  oid('1.3.6.1.5.5.7.1.1'),
  octets(sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.test/')))),
)
const points = sequence(
  oid('2.5.29.31'),
  octets(sequence(sequence(explicit(0, explicit(0, uri('http://crl.test/issuer.crl')))))),
)
const holder = certify({
  name: name('Holder'),
  key: key('p256', 'holder'),
  issuer,
  extensions: [ku(1), access, points],
})
const file = cms({
  signer: holder,
  content: Buffer.from('content'),
  certificates: [holder.certificate, issuer.certificate],
  crls: [crl({ issuer: root })],
})

async function check(online: Partial<RevocationFetcher>) {
  const asked: string[] = []
  const report = await checkFile(file, {
    anchors: { certificates: [root.certificate] },
    at: now,
    online: {
      ocsp: async (url, request) => {
        asked.push(url)
        return online.ocsp?.(url, request)
      },
      crl: async (url) => {
        asked.push(url)
        return online.crl?.(url)
      },
    },
  })
  return { conclusion: report.conclusion, asked }
}

describe('revocation that is fetched', () => {
  test('by OCSP is enough', async () => {
    const { conclusion, asked } = await check({ ocsp: async () => ocsp({ issuer, about: holder }) })
    expect(conclusion).toBe('TOTAL-PASSED')
    expect(asked).toEqual(['http://ocsp.test/'])
  })

  test('by CRL where no responder answers is enough', async () => {
    const { conclusion, asked } = await check({ crl: async () => crl({ issuer }) })
    expect(conclusion).toBe('TOTAL-PASSED')
    expect(asked).toEqual(['http://ocsp.test/', 'http://crl.test/issuer.crl'])
  })

  test('is asked for once, with the serial number and a nonce', async () => {
    const requests: Uint8Array[] = []
    await check({
      ocsp: async (_url, request) => {
        requests.push(request)
        return undefined
      },
    })
    expect(requests).toHaveLength(1)
    const request = der.readDer(requests[0] ?? new Uint8Array())
    expect(Buffer.from(request.raw).includes(serialDer(holder.serial))).toBe(true)
    expect(Buffer.from(request.raw).includes(oid('1.3.6.1.5.5.7.48.1.2'))).toBe(true)
  })

  test.each([
    ['noise', Buffer.from('noise')],
    ['an answer about another', ocsp({ issuer, about: issuer })],
    ['nothing', undefined],
  ])('that is %s leaves it uncertain', async (_label, answer) => {
    expect((await check({ ocsp: async () => answer })).conclusion).toBe('INDETERMINATE')
  })
})
