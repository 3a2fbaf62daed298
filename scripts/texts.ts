import { fileURLToPath } from 'node:url'
import { checkTexts } from './texts/check.ts'

/** The check of CI: prints each text that lacks a language, and ends with 1 where there is one. */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const { files, texts, faults } = checkTexts(root)

for (const { place, text } of faults) console.error(`${place}: ${text}`)
console.log(`texts: ${texts} in ${files} files, ${faults.length} incomplete`)
if (faults.length > 0 || texts === 0) process.exitCode = 1
