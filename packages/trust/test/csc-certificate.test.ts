import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type CscKeyOptions,
  createRoot,
  cscKey,
  exportPem,
  generateSigner,
  issueCertificate,
  nodeListener,
  toPem,
} from '../src/index.ts'
import { day } from './authority.ts'
import { ServiceDesk } from './signing-service-desk.ts'
import { codeOf } from './test-keys.ts'

const content = Buffer.from('หนังสือรับรอง')

describe('the certificate of the service', () => {
  const environment = process.env.NODE_TLS_REJECT_UNAUTHORIZED
  afterEach(() => {
    if (environment === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = environment
  })

  const now = Date.now() - day
  const root = createRoot({
    subject: { commonName: 'Root' },
    signer: generateSigner('ecdsa-p256-sha256'),
    now,
    years: 1,
  })

  async function withService(
    ips: string[],
    listener: RequestListener,
    use: (baseUrl: string) => Promise<void>,
  ) {
    const signer = generateSigner('ecdsa-p256-sha256')
    const subject = { commonName: 'Signing service' }
    const options = { publicKey: signer.publicKey, profile: 'tls', subject, ips, now, days: 9 } as const
    const certificate = issueCertificate(root, options)
    const server = createServer({ key: exportPem(signer), cert: toPem(certificate) }, listener)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    try {
      await use(`https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }

  it('must be one of an authority that is trusted, whatever the environment says', async () => {
    const { desk, key } = await opened()
    let heard = 0
    const listener: RequestListener = (request, response) => {
      heard++
      return nodeListener(desk.service)(request, response)
    }
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    await withService(['127.0.0.1'], listener, async (baseUrl) => {
      await expect(key({ baseUrl })).rejects.toMatchObject({
        code: 'signing-service-unavailable',
        detail: { en: expect.stringContaining('certificate is not trusted') },
      })
      expect(heard).toBe(0)
      const signing = await key({ baseUrl, authorities: [toPem(root.certificate)] })
      expect(await signing.sign(content)).toHaveLength(256)
    })
  })

  it('must be for the name by which the service is called', async () => {
    const { desk, key } = await opened()
    await withService(['127.0.0.2'], nodeListener(desk.service), async (baseUrl) => {
      const authorities = [toPem(root.certificate)]
      expect(await codeOf(() => key({ baseUrl, authorities }))).toBe('signing-service-unavailable')
    })
  })

  async function opened() {
    const desk = await ServiceDesk.open()
    const key = (more: Partial<CscKeyOptions>) =>
      cscKey({
        credentialId: 'seal',
        token: () => 'officer',
        authorize: () => ({ pin: '1234' }),
        baseUrl: '',
        againAfterMs: 1,
        ...more,
      })
    return { desk, key }
  }
})
