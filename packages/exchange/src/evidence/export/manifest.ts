import { createHash } from 'node:crypto'
import type { ContainerFile } from './container.ts'

export const manifestName = 'META-INF/ASiCManifest.xml'
export const signatureName = 'META-INF/signature.p7s'

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  jws: 'application/jose',
  txt: 'text/plain',
  tst: 'application/vnd.etsi.timestamp-token',
  body: 'application/octet-stream',
}

/**
 * The manifest that the signature covers (ETSI EN 319 162-1 §A.4): every file with its digest. One way to write it,
 * so that a reader compares instead of parsing.
 */
export function writeManifest(files: readonly ContainerFile[]): string {
  const objects = files.map(
    (file) => `  <asic:DataObjectReference URI="${file.name}" MimeType="${typeOf(file.name)}">
    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
    <ds:DigestValue>${digestOf(file)}</ds:DigestValue>
  </asic:DataObjectReference>
`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
  <asic:SigReference URI="${signatureName}" MimeType="application/x-pkcs7-signature"/>
${objects.join('')}</asic:ASiCManifest>
`
}

/** The files whose digest the manifest does not have. */
export function unlisted(manifest: string, files: readonly ContainerFile[]): string[] {
  return files
    .filter((file) => !manifest.includes(`URI="${file.name}"`) || !manifest.includes(digestOf(file)))
    .map(({ name }) => name)
}

function typeOf(name: string): string {
  return types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
}

function digestOf({ data }: ContainerFile): string {
  return createHash('sha256').update(data).digest('base64')
}
