import { Problem } from '@sapan/kernel'
import { siteProblems } from '../problems.ts'
import { type FormPart, readMultipart } from './multipart.ts'

/** A form as it was sent. */
export interface SentForm {
  readonly fields: URLSearchParams
  readonly files: ReadonlyMap<string, FormPart>
  /** What a program sent that is no form, as it came. */
  readonly body?: Uint8Array
}

export const emptyForm: SentForm = { fields: new URLSearchParams(), files: new Map() }

/** Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1). */
export function readFields(body: Buffer): SentForm {
  return { fields: new URLSearchParams(body.toString('utf8')), files: new Map() }
}

/** Keeps what a program sent, byte for byte: a signature over it may have to be checked. */
export function keepBody(body: Buffer): SentForm {
  return { ...emptyForm, body }
}

/** Reads `multipart/form-data` (RFC 7578). A file that was not chosen (no name, no bytes) is left out. */
export function readParts(body: Buffer, contentType: string): SentForm {
  const fields = new URLSearchParams()
  const files = new Map<string, FormPart>()
  for (const part of readMultipart(body, contentType)) {
    if (part.filename === undefined) fields.append(part.name, Buffer.from(part.bytes).toString('utf8'))
    else if (part.filename !== '' || part.bytes.length > 0) files.set(part.name, part)
  }
  return { fields, files }
}

/** A failure of Fastify's while it takes in a request, as the problem that a visitor understands. */
export function bodyProblem(code: string, cause: unknown): Problem | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem(siteProblems['form-too-large'], { cause })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return new Problem(siteProblems['form-type-unsupported'], { cause })
    case 'FST_ERR_CTP_EMPTY_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Problem(siteProblems['form-malformed'], { cause })
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new Problem(siteProblems['page-unknown'], { cause })
    default:
      return undefined
  }
}
