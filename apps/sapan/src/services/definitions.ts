import { fileURLToPath } from 'node:url'
import { type Definitions, definitionsOf, loadDefinitions } from '@sapan/services'
import { servicesFolder } from '@sapan/thailand'
import { type Description, referencesOf } from './references.ts'

/**
 * The services of the country pack that the operator gives: those of the agencies that it hosts. All are checked all the
 * same. Throws `DefinitionsRefused` with file, line and reason.
 */
export async function hostedDefinitions(
  hosted: readonly string[],
  description: Description,
): Promise<Definitions> {
  const all = await loadDefinitions(fileURLToPath(servicesFolder()), referencesOf(description))
  const versions = all
    .current()
    .filter(({ owner }) => hosted.includes(owner))
    .flatMap(({ id, version }) =>
      Array.from({ length: version }, (_, at) => all.version(id, at + 1)).filter((one) => one !== undefined),
    )
  return definitionsOf(versions)
}
