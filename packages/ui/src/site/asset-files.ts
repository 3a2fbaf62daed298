import type { Asset } from '../assets.ts'
import { acceptedCoding, type Coding, compressAsset, isCompressible, leastBytes } from './compression.ts'

export interface AssetAnswer {
  readonly status: 200 | 304
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface AssetRequest {
  /** What follows the question mark: `v=<version>` where a page named the file by its content. */
  readonly query: URLSearchParams
  readonly acceptEncoding: string | undefined
  readonly ifNoneMatch: string | undefined
}

const compressed = new WeakMap<Asset, Map<Coding, Buffer>>()

/**
 * Answers a file of the site. Under the version that it has, browsers keep it for a year without asking; else an hour.
 * Compressed once, at first use.
 */
export function answerAsset(asset: Asset, { query, acceptEncoding, ifNoneMatch }: AssetRequest): AssetAnswer {
  const coding = isCompressible(asset.contentType) ? acceptedCoding(acceptEncoding) : undefined
  const body = bytesOf(asset, coding)
  const isCompressed = body !== asset.bytes
  const etag = isCompressed ? asset.etag.replace(/"$/, `-${coding}"`) : asset.etag
  const isVersioned = query.get('v') === versionOf(asset)
  const headers = {
    'content-type': asset.contentType,
    etag,
    'cache-control': isVersioned ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    ...(isCompressible(asset.contentType) ? { vary: 'accept-encoding' } : {}),
    ...(isCompressed && coding !== undefined ? { 'content-encoding': coding } : {}),
  }
  if (matches(ifNoneMatch, etag)) return { status: 304, headers, body: Buffer.alloc(0) }
  return { status: 200, headers, body }
}

/** What names a file's content in its address. */
export function versionOf(asset: Pick<Asset, 'etag'>): string {
  return asset.etag.slice(1, 11)
}

/** `If-None-Match` compares weakly, and may name several (RFC 9110 §13.1.2). */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const named = (ifNoneMatch ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return named.includes(etag) || named.includes('*')
}

function bytesOf(asset: Asset, coding: Coding | undefined): Buffer {
  if (coding === undefined || asset.bytes.length < leastBytes) return asset.bytes
  const known = compressed.get(asset) ?? new Map<Coding, Buffer>()
  compressed.set(asset, known)
  const bytes = known.get(coding) ?? compressAsset(asset.bytes, coding)
  known.set(coding, bytes)
  return bytes
}
