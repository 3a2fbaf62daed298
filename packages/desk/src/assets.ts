import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Asset } from '@sapan/ui'

let loaded: ReadonlyMap<string, Asset> | undefined

/** What the desk's pages load beside the frame's files. */
export function deskAssets(): ReadonlyMap<string, Asset> {
  loaded ??= new Map(
    ['keys.js', 'helping.js'].map((name): [string, Asset] => [`/assets/desk/${name}`, script(name)]),
  )
  return loaded
}

function script(name: string): Asset {
  const bytes = readFileSync(new URL(`assets/${name}`, import.meta.url))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { contentType: 'text/javascript; charset=utf-8', bytes, etag }
}
