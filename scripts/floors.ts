import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkFloors, type Floors } from './floors/check.ts'

/** The check of CI: prints what breaks a rule of the house, and ends with 1 where something does. */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const floors = JSON.parse(readFileSync(new URL('./floors.json', import.meta.url), 'utf8')) as Floors
const { files, imports, violations } = checkFloors(root, floors)

for (const { place, rule, text } of violations) console.error(`${place}: ${rule}: ${text}`)
console.log(`floors: ${imports} imports in ${files} files, ${violations.length} against the rules`)
if (violations.length > 0) process.exitCode = 1
