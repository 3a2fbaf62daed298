import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Language, Text } from '@sapan/kernel'
import { type Asset, assetAddress, colours } from '@sapan/ui'

const name = { th: 'สะพาน', en: 'Sapan' } as const satisfies Text
const about = {
  th: 'ข้อความและเอกสารของคุณจากภาครัฐ',
  en: 'Your messages and documents from the state',
} as const satisfies Text

let loaded: ReadonlyMap<string, Asset> | undefined

/** What the portal's pages load beside the frame's files, and what makes it installable. */
export function siteAssets(): ReadonlyMap<string, Asset> {
  if (loaded !== undefined) return loaded
  const files = new Map<string, Asset>()
  const put = (path: string, contentType: string, bytes: Buffer) =>
    files.set(path, assetOf(contentType, bytes))
  for (const file of ['face.js', 'push.js']) put(`/assets/portal/${file}`, script, own(file))
  for (const icon of ['icon-192.png', 'icon-512.png', 'icon-maskable.png']) {
    put(`/assets/portal/${icon}`, 'image/png', own(`icons/${icon}`))
  }
  for (const language of ['th', 'en'] as const) {
    put(`/manifest-${language}.webmanifest`, 'application/manifest+json', manifest(language))
  }
  put('/service-worker.js', script, serviceWorker())
  loaded = files
  return files
}

const script = 'text/javascript; charset=utf-8'

function own(file: string): Buffer {
  return readFileSync(new URL(`../assets/${file}`, import.meta.url))
}

function assetOf(contentType: string, bytes: Buffer): Asset {
  return {
    contentType,
    bytes,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  }
}

function manifest(language: Language): Buffer {
  const icon = (file: string, size: number, purpose: string) => ({
    src: `/assets/portal/${file}`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  })
  return Buffer.from(
    JSON.stringify({
      id: '/',
      name: name[language],
      short_name: name[language],
      description: about[language],
      lang: language,
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: colours.paper,
      theme_color: colours.deepRiver,
      icons: [
        icon('icon-192.png', 192, 'any'),
        icon('icon-512.png', 512, 'any'),
        icon('icon-maskable.png', 512, 'maskable'),
      ],
    }),
  )
}

/** With the addresses of what every page needs; another version of them is another worker. */
function serviceWorker(): Buffer {
  const shell = ['/offline', ...['sapan.css', 'mark.svg'].map((file) => assetAddress(file))]
  return Buffer.from(own('service-worker.js').toString().replace("['SHELL']", JSON.stringify(shell)))
}
