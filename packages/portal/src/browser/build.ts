import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { uiAssets } from '@sapan/ui'
import { portalAssets } from '../assets.ts'
import type { DocumentWords } from '../checking/agreement.ts'
import { checkerPage } from './page.ts'
import type { PictureParts } from './picture-messages.ts'

/** Makes a script out of modules: esbuild's `build`, handed in by the one who builds. */
export type Bundle = (entry: string, outfile: string) => Promise<void>

export interface CheckerBuild {
  readonly folder: string
  /** PEM of certificates that this checker trusts without being told. */
  readonly anchors?: string
  /** Words of the country's documents: with them, data inside documents of our templates is compared with their pages. */
  readonly words?: DocumentWords
  readonly bundle: Bundle
}

/** Writes the checker as a folder of files that works from a disk or any web server, without a network. */
export async function buildChecker({ folder, anchors = '', words, bundle }: CheckerBuild): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const files = new Map<string, string | Buffer>([
    ['index.html', checkerPage('th', { anchors, words })],
    ['en.html', checkerPage('en', { anchors, words })],
    ...[...uiAssets()].map(([path, { bytes }]): [string, Buffer] => [path.replace('/assets/', ''), bytes]),
    ['check.css', portalAssets().get('/assets/portal/check.css')?.bytes ?? ''],
    ['picture.js', await pictureScript(bundle)],
  ])
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  await bundle(here('checker.ts'), join(folder, 'checker.js'))
  return [...files.keys(), 'checker.js']
}

/** What draws pages, as text: a page from a disk may load a script, but neither a thread nor a file of other bytes. */
async function pictureScript(bundle: Bundle): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'sapan-picture-'))
  try {
    const program = join(place, 'worker.js')
    await bundle(here('picture-worker.ts'), program)
    const wasm = await readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'))
    const parts: PictureParts = {
      program: await readFile(program, 'utf8'),
      wasm: gzipSync(wasm, { level: 9 }).toString('base64'),
    }
    return `globalThis.sapanPicture=${JSON.stringify(parts)}\n`
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
