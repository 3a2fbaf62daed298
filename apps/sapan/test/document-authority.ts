import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  answerOcsp,
  type CertificateStatus,
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  createTimestampAuthority,
  type DocumentCertificateOptions,
  generateSigner,
  issueDocumentCertificate,
  type SigningKey,
  type TimestampAuthority,
  toPem,
  uncertifiedKey,
} from '@sapan/trust'

/** What a stand-in answers in place of the right thing: bytes, a status, or nothing for ever. */
export type Answer = Uint8Array | number | 'silence'

/** Root, issuer, time-stamps and OCSP behind a server on loopback that can be told to fail. */
export class DocumentAuthority {
  readonly url: string
  readonly folder: string
  readonly root: SigningKey
  readonly issuer: SigningKey
  /** Its private key, for an operator that holds it. */
  readonly issuerPem: string
  stamp: (request: Buffer) => Promise<Answer> | Answer
  ocsp: (request: Buffer) => Promise<Answer> | Answer
  status: CertificateStatus = { state: 'good' }
  /** How far its clock is from ours, in milliseconds. */
  ahead = 0
  readonly #server: Server
  readonly #stamps: TimestampAuthority

  private constructor(
    server: Server,
    folder: string,
    root: SigningKey,
    issuer: SigningKey & { readonly pem: string },
    stamps: SigningKey,
    signer: ReturnType<typeof generateSigner>,
  ) {
    this.#server = server
    this.url = addressOf(server)
    this.folder = folder
    this.root = root
    this.issuer = issuer
    this.issuerPem = issuer.pem
    this.#stamps = createTimestampAuthority({
      signer,
      certificate: Buffer.from(stamps.certificate),
      chain: stamps.chain.map((each) => Buffer.from(each)),
      clock: () => Date.now() + this.ahead,
      policy: '1.3.6.1.4.1.99999.1',
      nextSerial: () => BigInt(`0x${randomBytes(8).toString('hex')}`),
    })
    this.stamp = (request) => this.rightStamp(request)
    this.ocsp = (request) => this.rightOcsp(request)
  }

  static async start(folder: string): Promise<DocumentAuthority> {
    await mkdir(folder, { recursive: true })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = addressOf(server)
    const now = Date.now() - hour
    const root = await createDocumentRoot(newKey().free, {
      subject: { commonName: 'Test root' },
      now,
      years: 9,
    })
    const above = { subject: { commonName: 'Test issuer' }, now, years: 5, crl: [`${url}/root.crl`] }
    const { free, pem } = newKey()
    const issuer = { ...(await createDocumentIssuer(root, free, above)), pem }
    const signer = generateSigner('ecdsa-p256-sha256')
    const certificate = await issueDocumentCertificate(issuer, {
      profile: 'timestamping',
      publicKey: signer.publicKey,
      subject: { commonName: 'Test time-stamps' },
      now,
      days: 300,
      ocsp: [`${url}/ocsp`],
    })
    const stamps = { ...issuer, certificate, chain: [issuer.certificate, root.certificate] }
    const authority = new DocumentAuthority(server, folder, root, issuer, stamps, signer)
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      send(response, await authority.#answer(request.url ?? '/', Buffer.concat(chunks)))
    })
    await writeFile(join(folder, 'root.pem'), toPem(root.certificate))
    await writeFile(join(folder, 'issuer.pem'), toPem(issuer.certificate))
    return authority
  }

  #answer(path: string, body: Buffer): Promise<Answer> | Answer {
    if (path === '/tsa') return this.stamp(body)
    if (path === '/ocsp') return this.ocsp(body)
    return path === '/root.crl' ? this.rightList() : 404
  }

  rightStamp(request: Uint8Array): Promise<Buffer> {
    return this.#stamps.respond(Buffer.from(request))
  }

  async rightOcsp(request: Uint8Array): Promise<Buffer> {
    const { issuer, status } = this
    const options = { responder: issuer, issuer: issuer.certificate, now: Date.now() }
    return (await answerOcsp(request, { ...options, status: () => status })).body
  }

  rightList(): Promise<Buffer> {
    const now = Date.now() - hour
    return createCrl(this.root, { revoked: [], number: 1, now, nextUpdate: now + 24 * hour })
  }

  /** A key and its certificate in files; gives their names. */
  async signer(name: string, more: Partial<DocumentCertificateOptions> = {}) {
    const { pem, free } = newKey()
    const certificate = await issueDocumentCertificate(this.issuer, {
      publicKey: free.publicKey,
      subject: { commonName: 'สมชาย ใจดี', country: 'TH' },
      now: Date.now() - hour,
      days: 300,
      ocsp: [`${this.url}/ocsp`],
      ...more,
    })
    const files = { key: join(this.folder, `${name}.key`), certificate: join(this.folder, `${name}.pem`) }
    await writeFile(files.key, pem)
    await writeFile(files.certificate, toPem(certificate))
    return { ...files, pem, der: certificate }
  }

  /** The options with which the command signs by that key. */
  words({ key, certificate }: { readonly key: string; readonly certificate: string }): string[] {
    const chain = ['--chain', join(this.folder, 'issuer.pem'), join(this.folder, 'root.pem')]
    return ['--key', key, '--certificate', certificate, ...chain, '--tsa', `${this.url}/tsa`]
  }

  /** Answers rightly again. */
  heal(): void {
    this.stamp = (request) => this.rightStamp(request)
    this.ocsp = (request) => this.rightOcsp(request)
    this.status = { state: 'good' }
    this.ahead = 0
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

const hour = 3_600_000

function newKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    free: uncertifiedKey(privateKey),
    pem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') return
  if (typeof answer === 'number') response.writeHead(answer).end()
  else response.end(answer)
}
