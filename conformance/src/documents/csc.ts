import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  createDocumentRoot,
  createSigningService,
  cscKey,
  fileDigestKey,
  issueDocumentCertificate,
  type KeyAlgorithm,
  nodeListener,
  type SigningKey,
  toPem,
  uncertifiedKey,
} from '@sapan/trust'
import { type Check, claim, type Finding, refused } from '../check.ts'
import { freePort } from '../ports.ts'
import { inFolder, tool } from '../tool.ts'
import { cscKeys } from './csc-keys.ts'
import { installed } from './peers/tools.ts'

const pin = '482913'
const token = randomUUID()
const content = 'ข้อความที่ลงนาม\n'

/** Our signing service in pyHanko's client, and our client at Certomancer's service (CSC API v1.0.4 and v2). */
export const signingService: Check = {
  name: 'Signing service',
  against: () => 'pyHanko, certomancer-csc-dummy',
  async run() {
    return [...(await pyhankoAtOurs()), ...(await oursAtCertomancer())]
  },
}

const python = () => installed('pyHanko', 'pyhanko', 'bin', 'python')

interface Kind {
  readonly credential: 'rsa' | 'p256' | 'p384'
  readonly digest: 'sha256' | 'sha384' | 'sha512'
  readonly scheme: 'pkcs1' | 'pss' | 'ecdsa'
}

const kinds: readonly Kind[] = [
  { credential: 'rsa', digest: 'sha256', scheme: 'pkcs1' },
  { credential: 'rsa', digest: 'sha512', scheme: 'pkcs1' },
  { credential: 'rsa', digest: 'sha256', scheme: 'pss' },
  { credential: 'p256', digest: 'sha256', scheme: 'ecdsa' },
  { credential: 'p384', digest: 'sha384', scheme: 'ecdsa' },
]

async function pyhankoAtOurs(): Promise<Finding[]> {
  const findings: Finding[] = []
  await withOurService(async (base, root) => {
    const files = { 'content.txt': content, 'root.pem': toPem(root.certificate) }
    const sign = (cwd: string, version: string, { credential, digest, scheme }: Kind, ...more: string[]) => {
      const script = fileURLToPath(new URL('../../documents/pyhanko/csc.py', import.meta.url))
      const [given = pin, ...last] = more
      const asked = [base, version, credential, token, given, digest, scheme, 'content.txt', 'out.p7s']
      return ended(python(), [script, ...asked, ...last], cwd)
    }
    for (const version of ['v1', 'v2'])
      for (const kind of kinds)
        findings.push(
          await claim(
            `pyHanko's client signs at our service (${version}, ${kind.credential}, ${kind.scheme}, ${kind.digest}), and openssl cms verifies`,
            () =>
              inFolder(files, async (cwd) => {
                await sign(cwd, version, kind)
                const inputs = ['-inform', 'DER', '-in', 'out.p7s', '-content', 'content.txt', '-binary']
                const trust = ['-CAfile', 'root.pem', '-purpose', 'any', '-cades', '-out', '/dev/null']
                tool('openssl', ['cms', '-verify', ...inputs, ...trust], { cwd })
              }),
          ),
        )
    const [kind] = kinds
    if (kind)
      findings.push(
        await claim('our service refuses a SAD that was used', () =>
          inFolder(files, (cwd) => sign(cwd, 'v1', kind, pin, 'replay')),
        ),
        await refused('our service refuses a wrong PIN of pyHanko', () =>
          inFolder(files, (cwd) => sign(cwd, 'v1', kind, '000000')),
        ),
      )
  })
  return findings
}

async function withOurService(use: (base: string, root: SigningKey) => Promise<void>): Promise<void> {
  const root = await createDocumentRoot(uncertifiedKey(cscKeys.root), {
    subject: { commonName: 'Conformance root', country: 'TH' },
    now: Date.now(),
    years: 10,
  })
  const credentials = await Promise.all(
    (['rsa', 'p256', 'p384'] as const).map(async (id) => {
      const subject = { commonName: 'ผู้ลงนามทดสอบ', country: 'TH' }
      const { publicKey } = uncertifiedKey(cscKeys[id])
      const certificate = await issueDocumentCertificate(root, {
        publicKey,
        subject,
        now: Date.now(),
        days: 9,
      })
      const pem = cscKeys[id].export({ type: 'pkcs8', format: 'pem' }).toString()
      return { id, key: fileDigestKey({ pem, certificate, chain: [root.certificate] }), pin: {} }
    }),
  )
  const service = createSigningService({
    name: 'Conformance',
    region: 'TH',
    clock: Date.now,
    authenticate: async (given) => (given === token ? { user: 'officer' } : undefined),
    credentials: async () => credentials,
    authorize: async (request) => (request.pin === pin ? 'granted' : 'pin-wrong'),
  })
  const server = createServer(nodeListener(service))
  try {
    await use(`http://127.0.0.1:${await listen(server)}`, root)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** Runs a program while this one goes on serving. Rejects with what it said when it ends with another code than 0. */
async function ended(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(String(part)))
  const [code] = await once(child, 'close')
  if (code !== 0)
    throw new Error(said.join('').trim().split('\n').slice(-3).join('\n') || `ended with ${code}`)
}

const algorithms: readonly (readonly [Kind['credential'], KeyAlgorithm])[] = [
  ['rsa', 'rsa-pkcs1-sha256'],
  ['rsa', 'rsa-pkcs1-sha512'],
  ['rsa', 'rsa-pss-sha256'],
  ['p256', 'ecdsa-sha256'],
  ['p384', 'ecdsa-sha384'],
]

async function oursAtCertomancer(): Promise<Finding[]> {
  const findings: Finding[] = []
  const claims = algorithms.map(([id, algorithm]) => ({
    text: `our client signs at certomancer-csc-dummy (v1, ${id}, ${algorithm})`,
    prove: async (baseUrl: string) => {
      const options = { baseUrl, credentialId: `test/${id}`, version: 'v1', algorithm } as const
      const key = await cscKey(options)
      await key.sign(Buffer.from(content))
      const many = await key.signMany?.(Array.from({ length: 25 }, (_, at) => Buffer.from(`${at}`)))
      if (many?.length !== 25) throw new Error('not all were signed')
    },
  }))
  await withCertomancer(async (base) => {
    for (const { text, prove } of claims) findings.push(await claim(text, async () => prove(await base())))
    findings.push(
      await refused('our client takes no credential that is not there', async () => {
        await cscKey({ baseUrl: await base(), credentialId: 'test/nobody', version: 'v1' })
      }),
    )
  })
  return findings
}

/** `base` throws when the service is missing or did not start. */
async function withCertomancer(use: (base: () => Promise<string>) => Promise<void>): Promise<void> {
  await inFolder({ 'certomancer.yml': certomancerConfiguration() }, async (cwd) => {
    mkdirSync(join(cwd, 'keys'))
    for (const [name, key] of Object.entries(cscKeys))
      writeFileSync(join(cwd, 'keys', `${name}.pem`), key.export({ type: 'pkcs8', format: 'pem' }))
    let child: ReturnType<typeof spawn> | undefined
    let started: Promise<string> | undefined
    const start = async () => {
      const program = installed('certomancer-csc-dummy', 'pyhanko', 'bin', 'certomancer-csc')
      const port = await freePort()
      child = spawn(program, ['certomancer.yml', String(port), '2'], { cwd, stdio: 'ignore' })
      return answering(`http://localhost:${port}`)
    }
    const base = () => {
      started ??= start()
      return started
    }
    try {
      await use(base)
    } finally {
      child?.kill()
    }
  })
}

async function answering(base: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(`${base}/info`).catch(() => undefined)
    if (answer?.ok) return base
    await wait(100)
  }
  throw new Error('certomancer-csc-dummy does not answer')
}

function certomancerConfiguration(): string {
  const names = ['root', 'rsa', 'p256', 'p384']
  const validity = `validity: { valid-from: "2020-01-01T00:00:00+0000", valid-to: "2100-01-01T00:00:00+0000" }`
  const certificate = (name: string) => `      ${name}:
        subject: ${name}
        subject-key: ${name}
        issuer: root
        authority-key: root
        ${validity}
        extensions:
          - { id: key_usage, critical: true, smart-value: { schema: key-usage, params: [${name === 'root' ? 'key_cert_sign' : 'digital_signature'}] } }`
  return `keysets:
  test:
    path-prefix: keys
    keys:
${names.map((name) => `      ${name}: { path: ${name}.pem }`).join('\n')}
pki-architectures:
  test:
    keyset: test
    entity-defaults: { country-name: TH, organization-name: Conformance }
    entities:
${names.map((name) => `      ${name}: { common-name: ${name} }`).join('\n')}
    certs:
${names.map(certificate).join('\n')}
`
}
