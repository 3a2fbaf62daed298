import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { filledPage } from './problem-pages/page.ts'
import { everyProblem } from './problem-pages/registry.ts'

/** Puts what the registry says into every page of docs/problems/, and names the problems that have no page yet. */
const root = fileURLToPath(new URL('..', import.meta.url))
let changed = 0
for (const type of (await everyProblem(root)).values()) {
  const file = `${root}/docs/problems/${type.code}.md`
  if (!existsSync(file)) {
    console.error(`${type.code} has no page`)
    process.exitCode = 1
    continue
  }
  const before = readFileSync(file, 'utf8')
  const after = filledPage(before, type)
  if (after === before) continue
  writeFileSync(file, after)
  changed++
}
console.log(`problem pages: ${changed} changed`)
