import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { uiAssets } from '@sapan/ui'
import { portalAssets } from '../assets.ts'
import { checkerPage } from './page.ts'

/** Makes a script out of modules: esbuild's `build`, handed in by the one who builds. */
export type Bundle = (entry: string, outfile: string) => Promise<void>

export interface CheckerBuild {
  readonly folder: string
  /** PEM of certificates that this checker trusts without being told. */
  readonly anchors?: string
  readonly bundle: Bundle
}

/** Writes the checker as a folder of files that works from a disk or any web server, without a network. */
export async function buildChecker({ folder, anchors = '', bundle }: CheckerBuild): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const files = new Map<string, string | Buffer>([
    ['index.html', checkerPage('th', anchors)],
    ['en.html', checkerPage('en', anchors)],
    ...[...uiAssets()].map(([path, { bytes }]): [string, Buffer] => [path.replace('/assets/', ''), bytes]),
    ['check.css', portalAssets().get('/assets/portal/check.css')?.bytes ?? ''],
  ])
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  await bundle(fileURLToPath(new URL('checker.ts', import.meta.url)), join(folder, 'checker.js'))
  return [...files.keys(), 'checker.js']
}
