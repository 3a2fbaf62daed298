import { createHash, createHmac } from 'node:crypto'

/** By what an operator's account at an S3 store is known. Never in settings, nor in a log. */
export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Goes with keys that were lent for a time. */
  readonly sessionToken?: string
}

export interface RequestToSign {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  /** As it is sent: a path whose segments are encoded, without a query. */
  readonly url: URL
  /** Besides `host` and what signing adds; names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Lower-case hex SHA-256 of the body. */
  readonly bodyDigest: string
  readonly region: string
  /** Milliseconds since 1970. */
  readonly time: number
}

/**
 * The headers of a request to S3 with its signature (AWS Signature Version 4, in the header `Authorization`). All of them but
 * `host` are to be sent as they are; `host` comes from the URL.
 */
export function signS3Request(
  request: RequestToSign,
  { accessKeyId, secretAccessKey, sessionToken }: S3Credentials,
): Record<string, string> {
  const time = new Date(request.time).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = time.slice(0, 8)
  const headers: Record<string, string> = {
    ...request.headers,
    'x-amz-content-sha256': request.bodyDigest,
    'x-amz-date': time,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  }
  const scope = `${day}/${request.region}/s3/aws4_request`
  const { canonical, signed } = canonicalRequest(request, headers)
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const key = [day, request.region, 's3', 'aws4_request'].reduce<Buffer | string>(
    hmac,
    `AWS4${secretAccessKey}`,
  )
  const signature = hmac(key, toSign).toString('hex')
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${signed},Signature=${signature}`,
  }
}

/** S3 alone of all services takes the path as it is: not encoded twice, not normalised. */
function canonicalRequest(
  { method, url, bodyDigest }: RequestToSign,
  headers: Readonly<Record<string, string>>,
): { canonical: string; signed: string } {
  const all: Record<string, string> = { ...headers, host: url.host }
  const names = Object.keys(all).sort()
  const signed = names.join(';')
  const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join('')
  return { canonical: [method, url.pathname, '', lines, signed, bodyDigest].join('\n'), signed }
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
