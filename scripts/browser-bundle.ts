import { build } from 'esbuild'

/** One classic script, since modules are not loaded from a disk; a module of Node in it is an error. */
export async function bundleForBrowser(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2022'],
    charset: 'utf8',
    legalComments: 'linked',
    logLevel: 'error',
  })
}
