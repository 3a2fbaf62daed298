import { fileURLToPath } from 'node:url'
import { servicesFolder } from '@sapan/thailand'
import { loadDefinitions } from '../../src/definition/load.ts'
import type { Definitions } from '../../src/ground.ts'
import { countryReferences } from './references.ts'

let loaded: Promise<Definitions> | undefined

/** The country's services, as a house loads them. */
export function countryDefinitions(): Promise<Definitions> {
  loaded ??= loadDefinitions(fileURLToPath(servicesFolder()), countryReferences())
  return loaded
}
