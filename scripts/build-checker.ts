import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildChecker } from '@sapan/portal'
import { loadCountry } from '@sapan/thailand'
import { bundleForBrowser } from './browser-bundle.ts'

/**
 * `npm run build:checker [-- FOLDER [ANCHORS.pem]]`: the checker of documents as a folder of files that runs in a browser
 * and sends nothing anywhere. `dist/checker` by default.
 */
const [folder = 'dist/checker', anchors] = process.argv.slice(2)
const files = await buildChecker({
  folder: resolve(folder),
  words: loadCountry().documentWords,
  bundle: bundleForBrowser,
  ...(anchors === undefined ? {} : { anchors: readFileSync(anchors, 'utf8') }),
})
for (const file of files) console.log(`${join(folder, file)}  ${statSync(join(folder, file)).size} B`)
