import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { tool } from '../tool.ts'
import { alterContainer } from './alter-container.ts'

/** Throws unless ph-asic reads `out.asice` to its end, with every file of the exchange, by one signature. */
export function phAsicOpens(cwd: string): void {
  const { out } = read(cwd, 'out.asice')
  const missing = ['request.json', 'answer.json', 'answer.body', 'grant.jws'].filter(
    (name) => !out.includes(`${name} `),
  )
  if (missing.length > 0 || !out.includes('certificates: 1')) throw new Error(out)
}

/** Throws unless ph-asic refuses the file once its answer is another, and once its manifest is. */
export function phAsicRefuses(cwd: string): void {
  for (const [file, why] of [
    ['answer.body', /digest/i],
    ['META-INF/ASiCManifest.xml', /signature/i],
  ] as const) {
    alterContainer(cwd, 'altered.asice', file)
    let said = 'it was read'
    try {
      read(cwd, 'altered.asice')
    } catch (error) {
      said = String(error)
    }
    if (!why.test(said)) throw new Error(`${file}: ${said}`)
  }
}

function read(cwd: string, file: string) {
  const place = join(toolsFolder, 'exchange', 'asic')
  if (!existsSync(join(place, 'classes')))
    throw new ToolMissing('ph-asic is missing (conformance/exchange/install.sh)')
  return tool('java', ['-cp', `${join(place, 'classes')}:${join(place, 'lib')}/*`, 'Asic', file], { cwd })
}
