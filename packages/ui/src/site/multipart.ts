import { Problem } from '@sapan/kernel'
import { siteProblems } from '../problems.ts'

/** One part of a form (RFC 7578). */
export interface FormPart {
  readonly name: string
  /** As the sender named its file; undefined for a field that is no file. */
  readonly filename: string | undefined
  readonly bytes: Uint8Array
}

const most = { parts: 200, head: 4096 } as const

/**
 * The parts of a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1.1) that is in memory already. Parts are views of
 * the body. Throws `form-malformed`.
 */
export function readMultipart(body: Buffer, contentType: string): FormPart[] {
  const marker = Buffer.from(`\r\n--${boundaryOf(contentType)}`, 'latin1')
  // The first delimiter has no line before it where nothing comes first.
  let at = body.indexOf(marker.subarray(2))
  if (at !== 0 && body.indexOf(marker) < 0) throw malformed('no delimiter')
  at = at === 0 ? marker.length - 2 : body.indexOf(marker) + marker.length
  const parts: FormPart[] = []
  while (body.toString('latin1', at, at + 2) !== '--') {
    if (parts.length === most.parts) throw malformed('too many parts')
    const end = body.indexOf(marker, at)
    if (end < 0) throw malformed('no closing delimiter')
    parts.push(readPart(body.subarray(at, end)))
    at = end + marker.length
  }
  return parts
}

function boundaryOf(contentType: string): string {
  const match = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType,
  )
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) throw malformed('no boundary')
  return boundary
}

function readPart(part: Buffer): FormPart {
  const end = part.subarray(0, most.head).indexOf('\r\n\r\n')
  if (!part.subarray(0, 2).equals(Buffer.from('\r\n')) || end < 0) throw malformed('a part without headers')
  const head = part.toString('utf8', 2, end)
  const disposition = /^content-disposition:\s*form-data\s*(;.*)$/im.exec(head)?.[1] ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined) throw malformed('a part without a name')
  return { name, filename: parameter(disposition, 'filename'), bytes: part.subarray(end + 4) }
}

/** Browsers write quotes and line ends in a name as percent signs with two digits. */
function parameter(disposition: string, name: string): string | undefined {
  const value = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1]
  return value?.replace(/%(22|0A|0D)/gi, (code) => decodeURIComponent(code))
}

function malformed(why: string): Problem {
  return new Problem(siteProblems['form-malformed'], { cause: new Error(why) })
}
