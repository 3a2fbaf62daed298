import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  exportPem,
  fingerprint,
  type SignatureAlgorithm,
  signDetached,
  toPem,
  verifyDetached,
} from '@sapan/trust'
import { authorityFiles, createTestAuthority } from '../authority.ts'
import { type Check, claim, type Finding, refused, ToolMissing } from '../check.ts'
import { inFolder, tool, versionOf } from '../tool.ts'

const content = Buffer.from('<ASiCManifest>what the export signs</ASiCManifest>\n')

/** The export's CAdES signature (CMS, RFC 5652) in `openssl cms`, and `openssl cms`'s in ours. */
export const signedFiles: Check = {
  name: 'Signed files',
  against: () => versionOf('openssl', 'version'),
  async run() {
    return [...(await bothWays('ecdsa-p256-sha256')), ...(await bothWays('ed25519'))]
  },
}

async function bothWays(algorithm: SignatureAlgorithm): Promise<Finding[]> {
  const { files, root } = signedFolder(algorithm)
  const theyVerify = (name: string) =>
    inFolder(files, (cwd) => {
      if (algorithm === 'ed25519') signWithOpenssl(cwd)
      verifyWithOpenssl(cwd, name)
    })
  return [
    await claim(`${algorithm}: openssl cms -verify -cades accepts our detached signature`, () =>
      theyVerify('content.bin'),
    ),
    await refused(`${algorithm}: openssl cms -verify refuses it over other content`, () =>
      theyVerify('altered.bin'),
    ),
    await claim(`${algorithm}: ours accepts what openssl cms -sign -cades made`, () =>
      inFolder(files, (cwd) => {
        signWithOpenssl(cwd)
        const theirs = readFileSync(join(cwd, 'theirs.p7s'))
        verifyDetached(theirs, content, { roots: [root], profile: 'signing', at: Date.now() })
      }),
    ),
  ]
}

function signedFolder(algorithm: SignatureAlgorithm): {
  files: Record<string, string | Uint8Array>
  root: string
} {
  const authority = createTestAuthority(algorithm)
  const { certificate, signer } = authority.issue('signing', ['sapan:member:TH/GOV/DOPA'])
  const chain = [authority.issuer.certificate]
  const files = {
    ...authorityFiles(authority),
    'content.bin': content,
    'altered.bin': 'something else',
    'signature.p7s': signDetached(content, { signer, certificate, chain, signingTime: Date.now() }),
    'signer.pem': toPem(certificate),
    'signer.key': exportPem(signer),
  }
  return { files, root: fingerprint(authority.root.certificate) }
}

function verifyWithOpenssl(cwd: string, name: string): void {
  const what = ['-binary', '-inform', 'DER', '-in', 'signature.p7s', '-content', name, '-out', 'out.bin']
  tool('openssl', ['cms', '-verify', '-cades', ...what, '-CAfile', 'root.pem', '-purpose', 'any'], { cwd })
}

/** Signs as openssl does. An OpenSSL that has no Ed25519 in CMS (RFC 8419) can neither sign nor verify it. */
function signWithOpenssl(cwd: string): void {
  const what = ['-binary', '-md', 'sha256', '-outform', 'DER', '-in', 'content.bin', '-out', 'theirs.p7s']
  const by = ['-signer', 'signer.pem', '-inkey', 'signer.key', '-certfile', 'chain.pem']
  try {
    tool('openssl', ['cms', '-sign', '-cades', ...what, ...by], { cwd })
  } catch (error) {
    if (error instanceof Error && error.message.includes('eddsa'))
      throw new ToolMissing('this OpenSSL has no Ed25519 in CMS (RFC 8419)')
    throw error
  }
}
