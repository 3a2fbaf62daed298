import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'

export type Coding = 'zstd' | 'br' | 'gzip'

/** For a page that is made for one visitor, the quickest first: Zstandard takes a fifth of Brotli's time for 6 % more bytes. */
export function acceptedPageCoding(acceptEncoding: string | undefined): Coding | undefined {
  return acceptedCoding(acceptEncoding, ['zstd', 'br', 'gzip'])
}

/** The content coding that a browser takes and we like best (RFC 9110 §12.5.3); undefined: none. */
export function acceptedCoding(
  acceptEncoding: string | undefined,
  liked: readonly Coding[] = ['br', 'gzip'],
): Coding | undefined {
  const taken = new Map(
    (acceptEncoding ?? '').split(',').map((each) => {
      const [name = '', ...parameters] = each.trim().toLowerCase().split(';')
      const quality = parameters.find((one) => one.trim().startsWith('q='))
      return [name, quality === undefined ? 1 : Number(quality.trim().slice(2))]
    }),
  )
  return liked.find((coding) => (taken.get(coding) ?? 0) > 0)
}

/** Less than this is not worth it: it fits a packet anyway. */
export const leastBytes = 1000

/** Of each page the last piece stays until all garbage is collected, which therefore comes the sooner, the larger it is. */
const zstdPiece = 4096

/** For a page that is made for one visitor: quick. Quality 4 of Brotli is smaller than gzip and as fast. */
export function compressPage(bytes: Buffer, coding: Coding): Buffer {
  if (coding === 'zstd') return zstdCompressSync(bytes, { chunkSize: zstdPiece })
  return coding === 'gzip' ? gzipSync(bytes) : brotli(bytes, 4)
}

/** For a file that is sent many times: small. */
export function compressAsset(bytes: Buffer, coding: Coding): Buffer {
  return coding === 'gzip' ? gzipSync(bytes, { level: 9 }) : brotli(bytes, 11)
}

function brotli(bytes: Buffer, quality: number): Buffer {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return brotliCompressSync(bytes, { params })
}

/** What compresses; fonts and pictures are compressed already. */
export function isCompressible(contentType: string): boolean {
  return /^(text\/|application\/(json|javascript|manifest\+json|problem\+json)|image\/svg)/.test(contentType)
}
