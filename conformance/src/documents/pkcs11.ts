import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createDocumentRequest,
  createDocumentRoot,
  createSigningService,
  generateKey,
  issueDocumentCertificate,
  type KeyAlgorithm,
  openToken,
  pkcs11Key,
  type SigningKey,
  type Token,
  type TokenKeyOptions,
  type TokenOptions,
  toPem,
} from '@sapan/trust'
import { type Check, claim, type Finding, refused, ToolMissing } from '../check.ts'
import { inFolder, tool } from '../tool.ts'
import { Folder, pin } from './pkcs11-folder.ts'

/** Keys in a token (PKCS#11): SoftHSM2 signs, OpenSSL verifies. */
export const tokens: Check = {
  name: 'Tokens (PKCS#11)',
  against: () => 'SoftHSM2, pkcs11-tool of OpenSC, openssl',
  async run() {
    const configuration = (cwd: string) =>
      `directories.tokendir = ${join(cwd, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`
    try {
      return await inFolder({}, async (cwd) => {
        mkdirSync(join(cwd, 'tokens'))
        writeFileSync(join(cwd, 'softhsm2.conf'), configuration(cwd))
        return checkToken(new Folder(cwd))
      })
    } catch (error) {
      if (!(error instanceof ToolMissing)) throw error
      return [{ claim: 'SoftHSM2 signs for us', state: 'not-run', detail: error.message }]
    }
  },
}

interface TokenKind {
  readonly type: string
  readonly id: string
  readonly algorithms: readonly KeyAlgorithm[]
}

const kinds: readonly TokenKind[] = [
  {
    type: 'rsa:2048',
    id: '01',
    algorithms: ['rsa-pkcs1-sha256', 'rsa-pkcs1-sha512', 'rsa-pss-sha256', 'rsa-pss-sha512'],
  },
  { type: 'EC:prime256v1', id: '02', algorithms: ['ecdsa-sha256', 'ecdsa-sha512'] },
  { type: 'EC:secp384r1', id: '03', algorithms: ['ecdsa-sha384'] },
  { type: 'EC:secp521r1', id: '04', algorithms: ['ecdsa-sha512'] },
]

async function checkToken(folder: Folder): Promise<Finding[]> {
  const init = ['--init-token', '--free', '--label', 'officer', '--pin', pin, '--so-pin', pin]
  folder.run('softhsm2-util', ...init)
  const root = await createDocumentRoot(generateKey('ecdsa-sha256'), {
    subject: { commonName: 'Root', country: 'TH' },
    now: Date.now(),
    years: 9,
  })
  const token = await openToken(folder.options)
  const findings: Finding[] = []
  try {
    for (const kind of kinds) {
      await certify(folder, token, kind, root)
      for (const algorithm of kind.algorithms)
        findings.push(
          await claim(
            `a key of SoftHSM2 (${kind.type}) signs with ${algorithm}, and openssl verifies`,
            async () => opensslVerifies(await token.key({ id: kind.id, algorithm }), algorithm, root),
          ),
        )
    }
    findings.push(
      await serviceWithToken(token),
      ...(await accidents(folder)),
      ...(await refusals(folder, token)),
    )
  } finally {
    await token.close()
  }
  return findings
}

/** Makes a key in the token, asks for its certificate with it, and puts that in the token. */
async function certify(
  folder: Folder,
  token: Token,
  { type, id }: TokenKind,
  root: SigningKey,
): Promise<void> {
  folder.pkcs11('--keypairgen', '--key-type', type, '--label', type, '--id', id)
  const subject = { commonName: 'ผู้ลงนามทดสอบ', country: 'TH' }
  const csr = await createDocumentRequest(await token.uncertifiedKey({ id }), { subject })
  const certificate = await issueDocumentCertificate(root, { csr, subject, now: Date.now(), days: 9 })
  writeFileSync(join(folder.cwd, 'certificate.der'), certificate)
  folder.pkcs11('--write-object', 'certificate.der', '--type', 'cert', '--id', id, '--label', type)
}

async function opensslVerifies(key: SigningKey, algorithm: KeyAlgorithm, root: SigningKey): Promise<void> {
  const content = Buffer.from('หนังสือที่ลงนามด้วยโทเค็น')
  const files = {
    'content.txt': content,
    'signature.bin': await key.sign(content),
    'certificate.pem': toPem(key.certificate),
    'root.pem': toPem(root.certificate),
  }
  await inFolder(files, (cwd) => {
    tool('openssl', ['verify', '-CAfile', 'root.pem', 'certificate.pem'], { cwd })
    const { out } = tool('openssl', ['x509', '-in', 'certificate.pem', '-pubkey', '-noout'], { cwd })
    writeFileSync(join(cwd, 'key.pem'), out)
    const digest = algorithm.slice(-6)
    const pss = algorithm.includes('pss') ? ['-sigopt', 'rsa_padding_mode:pss'] : []
    const verify = ['dgst', `-${digest}`, '-verify', 'key.pem', ...pss, '-signature', 'signature.bin']
    tool('openssl', [...verify, 'content.txt'], { cwd })
  })
}

/** One token for the keys of many officers: the service hands it digests. */
function serviceWithToken(token: Token): Promise<Finding> {
  return claim('a signing service signs with a key in the token', async () => {
    const key = await token.digestKey({ id: '01' })
    const handler = createSigningService({
      name: 'Conformance',
      region: 'TH',
      clock: Date.now,
      authenticate: async () => ({ user: 'officer' }),
      credentials: async () => [{ id: 'one', key }],
      authorize: async () => 'granted',
    })
    const call = async (method: string, parameters: object): Promise<string> => {
      const headers = { 'content-type': 'application/json', authorization: 'Bearer token' }
      const body = Buffer.from(JSON.stringify({ credentialID: 'one', ...parameters }))
      const answer = await handler({ method: 'POST', path: `/csc/v2/${method}`, headers, body })
      if (answer.status !== 200) throw new Error(Buffer.from(answer.body).toString())
      return Buffer.from(answer.body).toString()
    }
    const hashes = [Buffer.alloc(32, 7).toString('base64')]
    const { SAD } = JSON.parse(await call('credentials/authorize', { numSignatures: 1, hashes }))
    await call('signatures/signHash', { SAD, hashes, signAlgo: '1.2.840.113549.1.1.11' })
  })
}

const content = Buffer.from('หนังสือ')

/** What happens to tokens and their processes while they sign. Each with a session of its own. */
async function accidents(folder: Folder): Promise<Finding[]> {
  const many = (key: SigningKey) => Promise.all(Array.from({ length: 50 }, () => key.sign(content)))
  return [
    await claim('fifty signatures that are asked for at the same time are all made', () =>
      withKey(folder, async (key) => {
        await many(key)
      }),
    ),
    await claim('two hundred in one go are all made', () =>
      withKey(folder, async (key) => {
        const data = Array.from({ length: 200 }, (_, at) => Buffer.from(`${at}`))
        if ((await key.signMany?.(data))?.length !== 200) throw new Error('not all were signed')
      }),
    ),
    await claim('signatures go on after the process of the module was killed in the middle of them', () =>
      withKey(folder, async (key) => {
        const signing = many(key)
        setTimeout(killChildren, 5)
        await signing
        killChildren()
        await key.sign(content)
      }),
    ),
    await claim('a key that is closed in the middle of its signatures leaves nobody waiting', () =>
      withKey(folder, async (key) => {
        const signing = Promise.allSettled([
          many(key),
          key.signMany?.(Array.from({ length: 99 }, () => content)),
        ])
        await key.close?.()
        await signing
      }),
    ),
  ]
}

async function withKey(folder: Folder, use: (key: SigningKey) => Promise<void>): Promise<void> {
  const key = await pkcs11Key({ ...folder.options, id: '02', timeoutMs: 20_000 })
  try {
    await use(key)
  } finally {
    await key.close?.()
  }
}

/** Ends the processes that hold modules, of which this one has the only ones; the session of the caller too. */
function killChildren(): void {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
  for (const line of String(stdout).split('\n')) {
    const [, pid] = /^\s*(\d+) .*signing\/token\/process\.ts/.exec(line) ?? []
    if (pid !== undefined) process.kill(Number(pid), 'SIGKILL')
  }
}

async function refusals(folder: Folder, token: Token): Promise<Finding[]> {
  const withOptions = (more: Partial<TokenOptions & TokenKeyOptions>) => async () => {
    const key = await pkcs11Key({ ...folder.options, id: '01', ...more })
    await key.close?.()
  }
  const key = await token.key({ id: '02' })
  return [
    await refused('a wrong PIN is refused', withOptions({ pin: () => '000000' })),
    await claim('and the token still takes the right one', withOptions({})),
    await refused('a token that is not there is refused', withOptions({ token: 'another' })),
    await refused('a key that is not there is refused', withOptions({ id: 'ff' })),
    await refused('a file that is no module is refused', withOptions({ module: '/etc/hostname' })),
    await refused('of two keys with one label none is taken', async () => {
      folder.pkcs11('--keypairgen', '--key-type', 'EC:prime256v1', '--label', 'twin', '--id', '0a')
      folder.pkcs11('--keypairgen', '--key-type', 'EC:prime256v1', '--label', 'twin', '--id', '0b')
      await token.key({ label: 'twin' })
    }),
    await refused('a key without a certificate is not taken', async () => {
      await token.key({ id: '0a' })
    }),
    await claim('a wrong PIN costs one try, however often it is asked for', () => wrongPinOnce(folder)),
    await refused('a token that was taken out signs no more', async () => {
      folder.run('softhsm2-util', '--delete-token', '--token', 'officer')
      await key.sign(Buffer.from('x'))
    }),
  ]
}

/** SoftHSM2 never locks itself, but a token does after three: what counts is that the second call asks for no PIN. */
async function wrongPinOnce(folder: Folder): Promise<void> {
  let asked = 0
  const wrong = () => {
    asked++
    return asked === 1 ? pin : '000000'
  }
  const key = await pkcs11Key({ ...folder.options, id: '02', pin: wrong })
  try {
    killChildren()
    const codes = []
    for (let each = 0; each < 3; each++) {
      codes.push(
        await key.sign(content).then(
          () => 'signed',
          (error: { code?: string }) => error.code,
        ),
      )
    }
    if (codes.join() !== 'token-pin-wrong,token-pin-wrong,token-pin-wrong') throw new Error(codes.join())
    if (asked !== 2) throw new Error(`the PIN was asked for ${asked} times`)
  } finally {
    await key.close?.()
  }
}
