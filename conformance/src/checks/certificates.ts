import { toPem } from '@sapan/trust'
import { authorityFiles, createTestAuthority } from '../authority.ts'
import { type Check, claim, type Finding, refused } from '../check.ts'
import { inFolder, tool, versionOf } from '../tool.ts'

const purposes = [
  ['tls', 'sslserver', ['sapan:gateway:TH/GOV/DOPA/gateway-1']],
  ['tls', 'sslclient', ['sapan:gateway:TH/GOV/DOPA/gateway-1']],
  ['signing', 'any', ['sapan:member:TH/GOV/DOPA']],
  ['timestamping', 'timestampsign', []],
  ['directory', 'any', []],
] as const

/** Our certificates in OpenSSL's path validation (RFC 5280), for each profile and both kinds of key. */
export const certificates: Check = {
  name: 'Certificates',
  against: () => versionOf('openssl', 'version'),
  async run() {
    const findings: Finding[] = []
    for (const algorithm of ['ecdsa-p256-sha256', 'ed25519'] as const) {
      const authority = createTestAuthority(algorithm)
      const verify = (leaf: Buffer, ...more: string[]) =>
        inFolder({ ...authorityFiles(authority), 'leaf.pem': toPem(leaf) }, (cwd) => {
          const trust = ['-x509_strict', '-no-CApath', '-CAfile', 'root.pem']
          tool('openssl', ['verify', ...trust, ...more, 'leaf.pem'], { cwd })
        })
      const chain = ['-untrusted', 'issuer.pem']
      for (const [profile, purpose, uris] of purposes) {
        const { certificate } = authority.issue(profile, uris)
        findings.push(
          await claim(
            `${algorithm}: openssl verify -x509_strict -purpose ${purpose} accepts a ${profile} certificate`,
            () => verify(certificate, ...chain, '-purpose', purpose),
          ),
        )
      }
      const { certificate: signing } = authority.issue('signing')
      findings.push(
        await refused(`${algorithm}: a signing certificate is refused as a TLS server's`, () =>
          verify(signing, ...chain, '-purpose', 'sslserver'),
        ),
        await refused(`${algorithm}: a certificate without its issuer is refused`, () => verify(signing)),
      )
    }
    return findings
  },
}
