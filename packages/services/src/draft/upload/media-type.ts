const zip = Buffer.from('PK\x03\x04', 'latin1')

/** What a file is, by its first bytes and structure, never by its name; undefined for what we do not know. Pure. */
export function mediaTypeOf(content: Uint8Array): string | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const starts = (latin1: string, at = 0): boolean =>
    bytes.toString('latin1', at, at + latin1.length) === latin1
  if (starts('%PDF-')) return 'application/pdf'
  if (starts('\xff\xd8\xff')) return 'image/jpeg'
  if (starts('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (starts('GIF87a') || starts('GIF89a')) return 'image/gif'
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp'
  if (starts('ftyp', 4) && /^(?:heic|heix|mif1)$/.test(bytes.toString('latin1', 8, 12))) return 'image/heic'
  if (bytes.subarray(0, 4).equals(zip)) return officeType(bytes)
  return textType(bytes)
}

/** Office Open XML (ECMA-376) says what it is by the folder of its main part. */
function officeType(bytes: Buffer): string {
  const office = 'application/vnd.openxmlformats-officedocument'
  const isOffice = bytes.includes('[Content_Types].xml')
  if (isOffice && bytes.includes('word/document.xml')) return `${office}.wordprocessingml.document`
  if (isOffice && bytes.includes('xl/workbook.xml')) return `${office}.spreadsheetml.sheet`
  return 'application/zip'
}

function textType(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has is looked for
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : 'text/plain'
  } catch {
    return undefined
  }
}

/** Whether a field that accepts these media types takes a file: tables of text have no bytes of their own. */
export function accepts(accepted: readonly string[], mediaType: string): string | undefined {
  if (accepted.includes(mediaType)) return mediaType
  return mediaType === 'text/plain' && accepted.includes('text/csv') ? 'text/csv' : undefined
}

const words: Readonly<Record<string, readonly [name: string, endings: readonly string[]]>> = {
  'application/pdf': ['PDF', ['.pdf']],
  'image/jpeg': ['JPEG', ['.jpg', '.jpeg']],
  'image/png': ['PNG', ['.png']],
  'image/gif': ['GIF', ['.gif']],
  'image/webp': ['WebP', ['.webp']],
  'image/heic': ['HEIC', ['.heic']],
  'text/plain': ['TXT', ['.txt']],
  'text/csv': ['CSV', ['.csv']],
  'application/zip': ['ZIP', ['.zip']],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['Word (.docx)', ['.docx']],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['Excel (.xlsx)', ['.xlsx']],
}

/** How people call a kind of file: `PDF`. */
export function typeName(mediaType: string): string {
  return words[mediaType]?.[0] ?? mediaType
}

/** How names of such files end; the first is usual. */
export function endingsOf(mediaType: string): readonly string[] {
  return words[mediaType]?.[1] ?? []
}
