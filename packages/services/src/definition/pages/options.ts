import type { Text } from '@sapan/kernel'
import type { Places } from '../../form/places.ts'
import type { Country } from '../../form/reading.ts'
import type { FolderEntry } from '../folder.ts'
import type { References } from '../references.ts'

/** What the pages of those who write definitions stand on. `Need` is the face's. */
export interface AuthoringOptions<Need> {
  /** What lies in the country's folder: each version with its findings. */
  readonly entries: () => Promise<readonly FolderEntry[]>
  /** The texts of the country's tables, by name: a draft may name them. */
  readonly tables: () => Promise<Readonly<Record<string, string>>>
  readonly references: References
  readonly memberName: (member: string) => Text | undefined
  readonly lawName: (code: string) => Text | undefined
  readonly places: Places
  /** Absent: those of ISO 3166. */
  readonly countries?: readonly Country[]
  /** The day in the country's zone. */
  readonly today: () => string
  readonly needs: Need
}
