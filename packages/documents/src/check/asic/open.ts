import { TooMuchWork, Work } from '../work.ts'
import { XmlError } from '../xml/error.ts'
import { XmlBudget } from '../xml/limits.ts'
import { type Container, readContainer } from './container.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { openZip } from './zip/archive.ts'
import { ZipError } from './zip/error.ts'

/** A container with its lists, to be looked into; nothing in it is judged. */
export interface OpenContainer {
  readonly container: Container
  readonly manifests: readonly Manifest[]
  /** Manifests that cannot be read. */
  readonly unreadable: readonly UnreadableManifest[]
}

export interface UnreadableManifest {
  readonly name: string
  readonly why: string
}

/** Undefined for a ZIP file that is no container. Throws `ZipError`, also where lists are too long to be read. */
export function openContainer(bytes: Uint8Array): OpenContainer | undefined {
  const container = readContainer(openZip(bytes))
  try {
    return container && { container, ...readManifests(container, new XmlBudget(new Work())) }
  } catch (error) {
    if (error instanceof TooMuchWork) throw new ZipError('too-large', error.message)
    throw error
  }
}

/** Throws `ZipError`, `TooMuchWork`. */
export function readManifests(
  { zip, manifests: names }: Container,
  budget: XmlBudget,
): Pick<OpenContainer, 'manifests' | 'unreadable'> {
  const manifests: Manifest[] = []
  const unreadable: UnreadableManifest[] = []
  for (const name of names) {
    try {
      manifests.push(readManifest(name, zip.read(name) ?? new Uint8Array(), budget))
    } catch (error) {
      if (!(error instanceof XmlError)) throw error
      unreadable.push({ name, why: error.message })
    }
  }
  return { manifests, unreadable }
}
