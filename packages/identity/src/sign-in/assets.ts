import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Asset } from '@sapan/ui'

const require = createRequire(import.meta.url)

/** Of `SitePage.scripts`, on pages with a form for a passkey. In this order. */
export const passkeyScripts = ['identity/webauthn.js', 'identity/passkey.js'] as const

let loaded: ReadonlyMap<string, Asset> | undefined

/** What the pages of signing in and of security load beside the frame's files, by path: for `SiteOptions.assets` of each face that mounts them. */
export function identityAssets(): ReadonlyMap<string, Asset> {
  loaded ??= new Map([asset('webauthn.js', library()), asset('passkey.js', own('passkey.js'))])
  return loaded
}

/** The browser's half of the library, as its makers bundled it. */
function library(): Buffer {
  const main = require.resolve('@simplewebauthn/browser')
  return readFileSync(new URL('../dist/bundle/index.umd.min.js', `file://${main}`))
}

function own(name: string): Buffer {
  return readFileSync(new URL(`assets/${name}`, import.meta.url))
}

function asset(name: string, bytes: Buffer): [string, Asset] {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return [`/assets/identity/${name}`, { contentType: 'text/javascript; charset=utf-8', bytes, etag }]
}
