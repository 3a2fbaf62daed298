import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  answerOcsp,
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  exportPem,
  generateSigner,
  issueDocumentCertificate,
  privateKeyOf,
  type Signer,
  toPem,
  uncertifiedKey,
} from '@sapan/trust'

const day = 86_400_000

/** An authority on loopback that is asked over HTTP: OCSP, CRLs, its own certificate. Its files lie in a folder. */
export interface LoopbackAuthority {
  /** `127.0.0.1:PORT` */
  readonly host: string
  readonly files: { readonly root: string; readonly key: string; readonly certificate: string }
  /** What was asked for so far. */
  readonly asked: string[]
  /** From now on what the holder's certificate is. */
  state: 'good' | 'revoked'
  stop(): void
}

/** The holder's certificate names all its places; nothing but the holder's own certificate is handed to a signer. */
export async function startAuthority(folder: string): Promise<LoopbackAuthority> {
  const [rootKey, issuerKey, holder] = [fresh(), fresh(), fresh()]
  const now = Date.now() - day
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => response.end(await answer(request.url ?? '/', Buffer.concat(chunks))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const url = (path: string) => `http://${host}/${path}`

  const root = await createDocumentRoot(free(rootKey), { subject: named('Loopback root'), now, years: 9 })
  const issuer = await createDocumentIssuer(root, free(issuerKey), {
    subject: named('Loopback issuer'),
    now,
    years: 5,
    crl: [url('root.crl')],
  })
  const certificate = await issueDocumentCertificate(issuer, {
    profile: 'document',
    publicKey: free(holder).publicKey,
    subject: named('สมชาย ใจดี'),
    now,
    days: 300,
    ocsp: [url('ocsp')],
    issuers: [url('issuer')],
  })
  const files = {
    root: join(folder, 'root.pem'),
    key: join(folder, 'holder.key'),
    certificate: join(folder, 'holder.pem'),
  }
  await writeFile(files.root, toPem(root.certificate))
  await writeFile(files.key, exportPem(holder))
  await writeFile(files.certificate, toPem(certificate))

  const authority: LoopbackAuthority = {
    host,
    files,
    asked,
    state: 'good',
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  const answer = async (path: string, body: Buffer): Promise<Uint8Array> => {
    const at = Date.now()
    if (path === '/issuer') return issuer.certificate
    if (path === '/root.crl')
      return createCrl(root, { revoked: [], number: 1, now: at, nextUpdate: at + day })
    const status = () =>
      authority.state === 'good'
        ? { state: 'good' as const }
        : { state: 'revoked' as const, at: at - day / 2 }
    return (await answerOcsp(body, { status, now: at, responder: issuer, issuer: issuer.certificate })).body
  }
  return authority
}

const fresh = (): Signer => generateSigner('ecdsa-p256-sha256')
const free = (signer: Signer) => uncertifiedKey(privateKeyOf(signer))
const named = (commonName: string) => ({ commonName, organization: 'หน่วยงานทดสอบ', country: 'TH' })
