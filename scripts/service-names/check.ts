import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

export interface NamedService {
  /** `file:line` */
  readonly place: string
  readonly service: string
}

export interface ServiceNamesResult {
  readonly files: number
  readonly services: readonly string[]
  readonly faults: readonly NamedService[]
}

const sources = /^(packages\/[^/]+|apps\/[^/]+|countries\/[^/]+)\/src\/.*\.ts$/

/** A service is data of its country: finds code below `root` that names one. Comments may, as examples. */
export function checkServiceNames(root: string): ServiceNamesResult {
  const services = servicesOf(root)
  const named = new RegExp(`(?<![a-z0-9-])(${services.join('|')})(?![a-z0-9-])`, 'g')
  const files = ['packages', 'apps', 'countries'].flatMap((folder) => filesOf(root, folder)).sort()
  const faults = files.flatMap((file) => {
    const code = withoutComments(file, readFileSync(join(root, file), 'utf8'))
    return [...code.matchAll(named)].map(({ 0: service, index }) => ({
      place: `${file}:${code.slice(0, index).split('\n').length}`,
      service,
    }))
  })
  return { files: files.length, services, faults: services.length === 0 ? [] : faults }
}

/** The folders of definitions, which have versions: `countries/<country>/data/services/<service>/<version>/`. */
function servicesOf(root: string): string[] {
  const countries = join(root, 'countries')
  return readdirSync(countries).flatMap((country) => {
    const folder = join(countries, country, 'data', 'services')
    if (!existsSync(folder)) return []
    return readdirSync(folder).filter((service) => existsSync(join(folder, service, '1')))
  })
}

function filesOf(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return paths.map((path) => `${folder}/${path.replaceAll('\\', '/')}`).filter((path) => sources.test(path))
}

/** The same text, its comments blank, so that lines stay. */
function withoutComments(file: string, source: string): string {
  let code = source
  for (const { start, end } of parseSync(file, source).comments) {
    const blank = source.slice(start, end).replaceAll(/[^\n]/g, ' ')
    code = code.slice(0, start) + blank + code.slice(end)
  }
  return code
}
