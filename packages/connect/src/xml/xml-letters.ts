import { XmlFault } from './xml-reader.ts'

/** As XML 1.0 declares it (4.3.3): its letters are ASCII in whatever encoding it names, but for UTF-16. */
const DECLARED = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/

/**
 * A document in UTF-8, whatever letters it is written in: as its sender says (`charset`), else as its mark or its declaration does
 * (RFC 7303, 3). Throws `XmlFault` where they are not what is said.
 */
export function xmlInUtf8(bytes: Buffer, charset?: string): Buffer {
  const said = markedAs(bytes) ?? charset ?? DECLARED.exec(bytes.toString('latin1', 0, 200))?.[1] ?? 'utf-8'
  try {
    return Buffer.from(new TextDecoder(said, { fatal: true }).decode(bytes))
  } catch {
    throw new XmlFault('letters that are not what is declared')
  }
}

function markedAs(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 3)
  if (head === '\xef\xbb\xbf') return 'utf-8'
  if (head.startsWith('\xff\xfe')) return 'utf-16le'
  return head.startsWith('\xfe\xff') ? 'utf-16be' : undefined
}
