import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRoot, generateSigner, issueCertificate, toPem } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientCertificates } from '../src/identity/client-certificates.ts'

const now = Date.now()
const [root, other] = ['Trusted', 'Another'].map((commonName) =>
  createRoot({ subject: { commonName }, signer: generateSigner('ecdsa-p256-sha256'), now, years: 1 }),
)
if (!root || !other) throw new Error('no authorities')
const of = (authority: typeof root) =>
  Buffer.from(
    issueCertificate(authority, {
      publicKey: generateSigner('ecdsa-p256-sha256').publicKey,
      profile: 'tls',
      subject: { commonName: 'filing.tax.example' },
      now,
      days: 30,
      dns: ['filing.tax.example'],
    }),
  )
const mine = of(root)
const passed = (der: Buffer) => `:${der.toString('base64')}:`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-client-certificates-'))
  await writeFile(join(folder, 'trusted.pem'), toPem(root.certificate))
})
afterAll(() => rm(folder, { recursive: true }))

/** What is known of the certificate of a request over loopback with this header. */
async function seen(header: string | string[], { proxies = ['127.0.0.0/8'], later = 0 } = {}) {
  const told = { clientCertificates: { authorities: [join(folder, 'trusted.pem')] }, proxies }
  const { certificateOf } = await clientCertificates(told, () => now + later)
  const server = createServer((request, response) => {
    const found = certificateOf?.(request)
    response.end(JSON.stringify({ dns: found?.certificate.subjectAltName, trusted: found?.trusted }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const headers = new Headers()
  for (const value of [header].flat()) headers.append('client-cert', value)
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers })
  const body = await answer.json()
  await new Promise((resolve) => server.close(resolve))
  return body
}

describe('the certificate of a client that the proxy passes on', () => {
  it('is known, and is of a trusted authority where one of those has issued it and it is in its time', async () => {
    const dns = 'DNS:filing.tax.example'
    expect(await seen(passed(mine))).toEqual({ dns, trusted: true })
    expect(await seen(passed(of(other)))).toEqual({ dns, trusted: false })
    expect(await seen(passed(mine), { later: 31 * 86_400_000 })).toEqual({ dns, trusted: false })
  })

  it('is not believed of anybody but the proxies that are named', async () => {
    expect(await seen(passed(mine), { proxies: ['10.0.0.0/8', 'fd00::/8'] })).toEqual({})
    expect(await seen(passed(mine), { proxies: ['127.0.0.1'] })).toMatchObject({ trusted: true })
  })

  it.each([
    ['none', ''],
    ['no certificate', ':AAAA:'],
    ['given twice', [passed(mine), passed(mine)]],
    ['PEM', 'MII'],
  ])('is none: %s', async (_, header) => {
    expect(await seen(header)).toEqual({})
  })

  it('is asked of no proxy where the operator has not said so', async () => {
    expect(await clientCertificates({}, () => now)).toEqual({})
  })
})
