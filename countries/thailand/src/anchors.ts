import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Problem, type Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { thailandProblems } from './problems.ts'
import { dataFolder, invalidData, readYaml, textSchema } from './schema.ts'

/** An authority that checks of documents trust on behalf of the country. */
export interface CountryAnchor {
  readonly name: Text
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
  /** DER. */
  readonly certificate: Uint8Array
}

const schema = Type.Array(
  Type.Object(
    {
      file: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*\\.(pem|der|crt|cer)$' }),
      name: textSchema,
      sha256: Type.String({ pattern: '^([0-9A-Fa-f]{2}:?){32}$' }),
    },
    { additionalProperties: false },
  ),
)

const list = 'anchors.yaml'
const notCertificates = new Set([list, 'README.md'])

/**
 * The anchors of the folder, each the very certificate whose fingerprint its entry has. Throws `country-anchor-mismatch`,
 * and `country-data-invalid` for a file that is missing, no certificate of an authority, or named by no entry.
 */
export function readAnchors(folder: URL = dataFolder('anchors/')): readonly CountryAnchor[] {
  const entries = readYaml(schema, `anchors/${list}`, readFileSync(new URL(list, folder), 'utf8'))
  const named = new Set(entries.map(({ file }) => file))
  const stray = readdirSync(folder).find((file) => !notCertificates.has(file) && !named.has(file))
  if (stray !== undefined)
    throw invalidData(`anchors/${stray}`, '', `no entry of ${list} has its fingerprint`)
  return entries.map(({ file, name, sha256 }, index) => {
    const certificate = certificateOf(folder, file, `/${index}/file`)
    const fingerprint = plain(certificate.fingerprint256)
    if (fingerprint !== plain(sha256)) throw mismatch(file, fingerprint)
    return { name, fingerprint, certificate: certificate.raw }
  })
}

function certificateOf(folder: URL, file: string, place: string): X509Certificate {
  const certificate = readCertificate(new URL(file, folder))
  if (certificate === undefined)
    throw invalidData(`anchors/${list}`, place, `${file} is no certificate that can be read`)
  if (!certificate.ca) throw invalidData(`anchors/${list}`, place, `${file} is not of an authority`)
  return certificate
}

function readCertificate(file: URL): X509Certificate | undefined {
  try {
    return new X509Certificate(readFileSync(file))
  } catch {
    return undefined
  }
}

const plain = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase()

function mismatch(file: string, fingerprint: string): Problem {
  return new Problem(thailandProblems['country-anchor-mismatch'], {
    detail: {
      th: `ลายนิ้วมือของ anchors/${file} คือ ${fingerprint} ซึ่งไม่ตรงกับใน ${list}`,
      en: `The fingerprint of anchors/${file} is ${fingerprint}, which is not the one in ${list}.`,
    },
  })
}
