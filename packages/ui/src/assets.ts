import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { colourProperties } from './colours.ts'
import { versionOf } from './site/asset-files.ts'

export interface Asset {
  readonly contentType: string
  readonly bytes: Buffer
  /** Strong validator (RFC 9110 §8.8.3), with its quotes. */
  readonly etag: string
}

const folder = '/assets'
const resolve = createRequire(import.meta.url).resolve

/** Where a page finds an asset: the path at which `uiAssets()` has it. */
export function assetPath(name: string): string {
  return `${folder}/${name}`
}

/** The address at which a page names an asset: with its version, so that browsers may keep it. */
export function assetAddress(name: string, more?: ReadonlyMap<string, Asset>): string {
  const path = assetPath(name)
  const asset = more?.get(path) ?? uiAssets().get(path)
  return asset === undefined ? path : `${path}?v=${versionOf(asset)}`
}

let loaded: ReadonlyMap<string, Asset> | undefined

/** Everything that the page frame refers to, by path. Serve each at its path, with `contentType` and `etag`. */
export function uiAssets(): ReadonlyMap<string, Asset> {
  loaded ??= new Map([
    asset('sapan.css', 'text/css; charset=utf-8', styleSheet()),
    asset('mark.svg', 'image/svg+xml', own('mark.svg')),
    asset('places.js', 'text/javascript; charset=utf-8', own('places.js')),
    ...['thai', 'latin'].flatMap((script) =>
      [400, 700].map((weight) =>
        asset(
          `sarabun-${script}-${weight}.woff2`,
          'font/woff2',
          font(`sarabun/files/sarabun-${script}-${weight}`),
        ),
      ),
    ),
    ...[400, 700].map((weight) =>
      asset(
        `noto-sans-thai-${weight}.woff2`,
        'font/woff2',
        font(`noto-sans-thai/files/noto-sans-thai-thai-${weight}`),
      ),
    ),
  ])
  return loaded
}

function asset(name: string, contentType: string, bytes: Buffer): [string, Asset] {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return [assetPath(name), { contentType, bytes, etag }]
}

/** Of designsystemet what our components use; their icons are in it. */
const borrowed = [
  'base',
  'button',
  'field',
  'input',
  'fieldset',
  'validation-message',
  'error-summary',
  'alert',
  'table',
  'tag',
]

/** Later parts go over earlier ones: theirs, the page's, our components. */
function styleSheet(): Buffer {
  const theirs = borrowed.map((name) => readFileSync(resolve(`@digdir/designsystemet-css/${name}.css`)))
  return Buffer.concat([
    Buffer.from(colourProperties()),
    own('theme.css'),
    ...theirs,
    own('sapan.css'),
    own('components.css'),
  ])
}

function own(name: string): Buffer {
  return readFileSync(new URL(`assets/${name}`, import.meta.url))
}

function font(name: string): Buffer {
  return readFileSync(resolve(`@fontsource/${name}-normal.woff2`))
}
