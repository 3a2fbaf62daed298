import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createTimestampAuthority,
  exportPem,
  fingerprint,
  timestampFromResponse,
  toPem,
  verifyTimestamp,
} from '@sapan/trust'
import { authorityFiles, createTestAuthority } from '../authority.ts'
import { type Check, claim, type Finding, refused } from '../check.ts'
import { inFolder, tool, versionOf } from '../tool.ts'

const policy = '1.3.6.1.4.1.99999.1'

/** Our time-stamps (RFC 3161) in `openssl ts`, and `openssl ts`'s requests in ours. */
export const timestamps: Check = {
  name: 'Time-stamps',
  against: () => versionOf('openssl', 'version'),
  async run() {
    const findings: Finding[] = []
    // OpenSSL's ts verifies RSA, DSA and ECDSA signers: Ed25519 has no digest of its own in CMS there.
    const authority = createTestAuthority('ecdsa-p256-sha256')
    const { certificate, signer } = authority.issue('timestamping')
    let serial = 0n
    const service = createTimestampAuthority({
      signer,
      certificate,
      chain: [authority.issuer.certificate],
      clock: Date.now,
      policy,
      nextSerial: () => ++serial,
    })
    const files = {
      ...authorityFiles(authority),
      'data.bin': 'what is stamped',
      'other.bin': 'something else',
    }
    for (const digest of ['sha256', 'sha384', 'sha512'])
      findings.push(
        await claim(
          `openssl ts -query -${digest} is answered, and openssl ts -verify accepts the stamp`,
          () =>
            inFolder(files, async (cwd) => {
              await stamp(cwd, `-${digest}`)
              verify(cwd, '-data', 'data.bin')
              verify(cwd, '-queryfile', 'request.tsq')
            }),
        ),
      )
    findings.push(
      await refused('a stamp of other data is refused', () =>
        inFolder(files, async (cwd) => {
          await stamp(cwd, '-sha256')
          verify(cwd, '-data', 'other.bin')
        }),
      ),
      await claim('openssl ts -reply reads the stamp without certificates where none were asked for', () =>
        inFolder(files, async (cwd) => {
          await stamp(cwd, '-sha256', [])
          tool('openssl', ['ts', '-reply', '-in', 'reply.tsr', '-text'], { cwd })
        }),
      ),
      await claim('a stamp that openssl ts -reply made verifies here', () => opensslStamp(authority)),
    )
    return findings

    async function stamp(cwd: string, digest: string, certificates = ['-cert']): Promise<void> {
      const query = ['ts', '-query', '-data', 'data.bin', digest, ...certificates, '-out', 'request.tsq']
      tool('openssl', query, { cwd })
      writeFileSync(join(cwd, 'reply.tsr'), await service.respond(readFileSync(join(cwd, 'request.tsq'))))
    }
  },
}

function verify(cwd: string, ...what: string[]): void {
  tool(
    'openssl',
    ['ts', '-verify', ...what, '-in', 'reply.tsr', '-CAfile', 'root.pem', '-untrusted', 'issuer.pem'],
    { cwd },
  )
}

async function opensslStamp(authority: ReturnType<typeof createTestAuthority>): Promise<void> {
  const { certificate, signer } = authority.issue('timestamping')
  const configuration = `[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ncrypto_device = builtin\nsigner_digest = sha256\ndefault_policy = ${policy}\ndigests = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n`
  const files = {
    ...authorityFiles(authority),
    'data.bin': 'what is stamped',
    'tsa.pem': toPem(certificate),
    'tsa.key': exportPem(signer),
    serial: '01\n',
    'tsa.cnf': configuration,
  }
  await inFolder(files, (cwd) => {
    tool('openssl', ['ts', '-query', '-data', 'data.bin', '-sha256', '-cert', '-out', 'request.tsq'], { cwd })
    const sign = ['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-chain', 'chain.pem']
    tool(
      'openssl',
      ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', ...sign, '-out', 'reply.tsr'],
      { cwd },
    )
    const request = readFileSync(join(cwd, 'request.tsq'))
    const token = timestampFromResponse(readFileSync(join(cwd, 'reply.tsr')), request)
    const digest = createHash('sha256').update('what is stamped').digest()
    verifyTimestamp(token, digest, [fingerprint(authority.root.certificate)])
  })
}
