import type { DigestName } from '@sapan/trust'

export interface ListedFile {
  readonly name: string
  readonly mime: string
  /** Base64. */
  readonly digest: string
}

/** Digests as XML signatures name them (RFC 6931 §2.1). */
const digestUris: Readonly<Record<DigestName, string>> = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
}

/** What a manifest is for. */
export interface Covering {
  readonly name: string
  readonly mime: string
}

/** The manifest that a signature or a time-stamp covers (EN 319 162-1 §A.4): every file with its digest. */
export function manifest(by: Covering, files: readonly ListedFile[], digest: DigestName): string {
  const objects = files.map(
    (file) => `  <asic:DataObjectReference URI="${uri(file.name)}" MimeType="${escaped(file.mime)}">
    <ds:DigestMethod Algorithm="${digestUris[digest]}"/>
    <ds:DigestValue>${file.digest}</ds:DigestValue>
  </asic:DataObjectReference>
`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
  <asic:SigReference URI="${uri(by.name)}" MimeType="${by.mime}"/>
${objects.join('')}</asic:ASiCManifest>
`
}

/** A name as a relative reference (RFC 3986 §4.2). */
function uri(name: string): string {
  return escaped(name.split('/').map(encodeURIComponent).join('/'))
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}
