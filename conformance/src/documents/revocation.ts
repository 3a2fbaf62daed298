import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  answerOcsp,
  type CertificateStatus,
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  generateKey,
  issueDocumentCertificate,
  type KeyAlgorithm,
  type SigningKey,
  toPem,
  withCertificate,
} from '@sapan/trust'
import { type Check, claim, type Finding, refused } from '../check.ts'
import { inFolder, tool, versionOf } from '../tool.ts'

const algorithms: readonly KeyAlgorithm[] = [
  'rsa-pkcs1-sha256',
  'rsa-pss-sha256',
  'ecdsa-sha256',
  'ecdsa-sha384',
  'ecdsa-sha512',
]

const day = 86_400_000
const now = Date.now()

/** Our document certificates, CRLs (RFC 5280) and OCSP answers (RFC 6960) in OpenSSL, and its requests in ours. */
export const revocation: Check = {
  name: 'Document certificates, CRL and OCSP',
  against: () => versionOf('openssl', 'version'),
  async run() {
    const findings: Finding[] = []
    for (const algorithm of algorithms) {
      const country = await createAuthority(algorithm)
      findings.push(...(await checkAuthority(country, algorithm)))
    }
    return findings
  },
}

interface Country {
  readonly root: SigningKey
  readonly issuer: SigningKey
  readonly responder: SigningKey
  readonly good: Buffer
  readonly revoked: Buffer
}

const subject = (commonName: string) => ({ commonName, organization: 'กรมทดสอบ', country: 'TH' })

async function createAuthority(algorithm: KeyAlgorithm): Promise<Country> {
  const make = () => generateKey(algorithm, { bits: 2048 })
  const root = await createDocumentRoot(make(), { subject: subject('Root'), now, years: 20 })
  const issuer = await createDocumentIssuer(root, make(), { subject: subject('Issuer'), now, years: 5 })
  const issue = (profile: 'document' | 'ocsp', serial: bigint, publicKey = make().publicKey) => {
    const options = { profile, publicKey, subject: subject(profile), now, days: 90, serial }
    const addresses = { ocsp: ['http://ocsp.example/'], crl: ['http://crl.example/1.crl'] }
    return issueDocumentCertificate(issuer, { ...options, ...addresses })
  }
  const key = make()
  const responder = withCertificate(key, await issue('ocsp', 3n, key.publicKey))
  return { root, issuer, responder, good: await issue('document', 1n), revoked: await issue('document', 2n) }
}

async function checkAuthority(country: Country, algorithm: KeyAlgorithm): Promise<Finding[]> {
  const { root, issuer, responder, good, revoked } = country
  const list = [{ serial: 2n, at: now - day, reason: 'keyCompromise' }] as const
  const times = { now, nextUpdate: now + day }
  const files = {
    'root.pem': toPem(root.certificate),
    'issuer.pem': toPem(issuer.certificate),
    'good.pem': toPem(good),
    'revoked.pem': toPem(revoked),
    'issuer.crl': await createCrl(issuer, { revoked: list, number: 7, ...times }),
    'root.crl': await createCrl(root, { revoked: [], number: 1, ...times }),
  }
  const verify = (cwd: string, name: string) => {
    for (const each of ['root', 'issuer'])
      tool('openssl', ['crl', '-inform', 'DER', '-in', `${each}.crl`, '-out', `${each}.crl.pem`], { cwd })
    const lists = ['-crl_check_all', '-CRLfile', 'root.crl.pem', '-CRLfile', 'issuer.crl.pem']
    const path = ['-CAfile', 'root.pem', '-untrusted', 'issuer.pem']
    return tool('openssl', ['verify', '-x509_strict', ...path, ...lists, name], { cwd })
  }
  const ask = async (cwd: string, name: string, by: SigningKey, more: readonly string[] = []) => {
    const asked = ['-issuer', 'issuer.pem', ...more, '-cert', name]
    tool('openssl', ['ocsp', ...asked, '-reqout', 'request.der'], { cwd })
    const status = (serial: bigint): CertificateStatus =>
      serial === 2n ? { state: 'revoked', at: now - day, reason: 'keyCompromise' } : { state: 'good' }
    const request = readFileSync(join(cwd, 'request.der'))
    const answer = await answerOcsp(request, { responder: by, issuer: issuer.certificate, status, now })
    writeFileSync(join(cwd, 'answer.der'), answer.body)
    const trust = ['-CAfile', 'root.pem', '-verify_other', 'issuer.pem', '-reqin', 'request.der']
    const { out } = tool('openssl', ['ocsp', '-no_nonce', ...trust, '-respin', 'answer.der', ...asked], {
      cwd,
    })
    return out
  }
  const expect = (out: string, word: string) => {
    if (!out.includes(word)) throw new Error(out)
  }
  return [
    await claim(`${algorithm}: openssl crl verifies the list`, () =>
      inFolder(files, (cwd) => {
        const checked = [
          'crl',
          '-inform',
          'DER',
          '-in',
          'issuer.crl',
          '-CAfile',
          'issuer.pem',
          '-noout',
          '-text',
        ]
        expect(tool('openssl', checked, { cwd }).out, 'Key Compromise')
      }),
    ),
    await claim(`${algorithm}: openssl verify -x509_strict -crl_check_all accepts the path`, () =>
      inFolder(files, (cwd) => verify(cwd, 'good.pem')),
    ),
    await refused(`${algorithm}: openssl verify refuses the revoked certificate`, () =>
      inFolder(files, (cwd) => verify(cwd, 'revoked.pem')),
    ),
    await claim(`${algorithm}: openssl ocsp accepts "good" of a delegated responder, with a nonce`, () =>
      inFolder(files, async (cwd) => expect(await ask(cwd, 'good.pem', responder), 'good.pem: good')),
    ),
    await claim(`${algorithm}: openssl ocsp accepts "revoked" of the issuer itself, with SHA-256 names`, () =>
      inFolder(files, async (cwd) =>
        expect(await ask(cwd, 'revoked.pem', issuer, ['-sha256']), 'revoked.pem: revoked'),
      ),
    ),
  ]
}
