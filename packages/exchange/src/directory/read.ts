import { createHash } from 'node:crypto'
import { canonicalJson, Problem } from '@sapan/kernel'
import { readJws, verifyPath } from '@sapan/trust'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import { type Directory, directorySchema, directoryType } from './document.ts'

const shape = Compile(directorySchema)

/** The URI that only the center's directory certificate carries. */
const directoryUri = 'sapan:directory'

/**
 * Reads a signed directory (JWS compact, RFC 7515) and holds its signature, its signer's certificate and the path
 * to the pinned root. `rootFingerprint` is lower-case hex SHA-256; `at` (milliseconds) is when the certificate must
 * be valid, by default the document's own time, which is right for one that was accepted before.
 * Throws Problem `directory-invalid`.
 */
export function readDirectory(jws: string, rootFingerprint: string, at?: number): Directory {
  try {
    return read(jws, rootFingerprint, at)
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'directory-invalid') throw cause
    if (cause instanceof Problem) throw invalid(cause.type.title.th, cause.type.title.en, cause)
    throw invalid('อ่านไม่ได้', 'It cannot be read.', cause)
  }
}

function read(jws: string, rootFingerprint: string, at: number | undefined): Directory {
  const { payload, chain, verify } = readJws(jws, { type: directoryType })
  const [leaf, ...intermediates] = chain
  if (!leaf) throw invalid('ไม่มีใบรับรองผู้ลงนาม', 'It carries no certificate.')
  if (!shape.Check(payload)) throw invalid('ไม่ตรงตามรูปแบบ', 'It does not have the shape of a directory.')
  const signer = verifyPath(leaf, intermediates, [rootFingerprint], {
    profile: 'directory',
    at: at ?? Date.parse(payload.issuedAt),
    revoked: new Set(payload.revoked.map((revocation) => revocation.fingerprint)),
  })
  if (!signer.uris.includes(directoryUri)) {
    throw invalid('ผู้ลงนามไม่ใช่สารบบ', 'Its signer’s certificate is not for directories.')
  }
  if (!verify(signer.publicKey)) throw invalid('ลายมือชื่อไม่ตรง', 'Its signature does not fit.')
  if (Date.parse(payload.validUntil) <= Date.parse(payload.issuedAt)) {
    throw invalid('ช่วงเวลาไม่ถูกต้อง', 'It ends before it begins.')
  }
  return payload
}

/** Lower-case hex SHA-256 over what a directory says apart from its version and times. */
export function directoryContent(directory: Directory): string {
  const { version: _version, issuedAt: _issuedAt, validUntil: _validUntil, ...content } = directory
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

function invalid(th: string, en: string, cause?: unknown): Problem {
  return exchangeProblem('directory-invalid', { detail: { th, en }, cause })
}
