import { Problem } from '@sapan/kernel'
import { portalProblems } from '../problems.ts'
import { type FormPart, readForm } from './multipart.ts'

/** A file that was handed in, with what belongs to it. */
export interface Upload {
  readonly bytes: Uint8Array
  readonly name?: string
  readonly password?: string
  readonly detached?: { readonly name: string; readonly bytes: Uint8Array }
}

/**
 * The file of a request: the parts `file`, `password` and `detached` of a form, or the whole body where it is no form.
 * Throws `upload-missing` and `upload-malformed`.
 */
export function readUpload(body: Buffer, contentType = ''): Upload {
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    if (body.length === 0) throw missing()
    return { bytes: body }
  }
  const parts = readForm(body, contentType)
  const named = (name: string): FormPart | undefined =>
    parts.find((part) => part.name === name && part.bytes.length > 0)
  const file = named('file')
  if (file === undefined) throw missing()
  const [password, detached] = [named('password'), named('detached')]
  return {
    bytes: file.bytes,
    ...(file.filename ? { name: baseName(file.filename) } : {}),
    ...(password && { password: Buffer.from(password.bytes).toString('utf8') }),
    ...(detached && { detached: { name: baseName(detached.filename ?? ''), bytes: detached.bytes } }),
  }
}

/** Without folders, which are nobody's business, and of a length that a page bears. */
function baseName(filename: string): string {
  return (filename.split(/[\\/]/).at(-1) ?? '').slice(-200)
}

const missing = (): Problem => new Problem(portalProblems['upload-missing'])
