import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export interface PortalAsset {
  readonly contentType: string
  readonly bytes: Buffer
  /** Strong validator (RFC 9110 §8.8.3), with its quotes. */
  readonly etag: string
}

const require = createRequire(import.meta.url)
const script = 'text/javascript; charset=utf-8'

let loaded: ReadonlyMap<string, PortalAsset> | undefined

/** What the pages of the portal load beside the frame's files, by path. */
export function portalAssets(): ReadonlyMap<string, PortalAsset> {
  loaded ??= new Map([
    asset('check.css', 'text/css; charset=utf-8', own('check.css')),
    asset('check.js', script, own('check.js')),
    asset('qr/decode.js', script, readFileSync(require.resolve('qr/decode.js'))),
    asset('qr/index.js', script, readFileSync(require.resolve('qr'))),
  ])
  return loaded
}

function own(name: string): Buffer {
  return readFileSync(new URL(`assets/${name}`, import.meta.url))
}

function asset(name: string, contentType: string, bytes: Buffer): [string, PortalAsset] {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return [`/assets/portal/${name}`, { contentType, bytes, etag }]
}
