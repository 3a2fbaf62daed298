import type { ArchivePlan } from '../evidence/archive/archiving.ts'
import { FolderArchiveStore } from '../evidence/archive/folder-store.ts'
import type { GatewaySettings } from './settings.ts'

/** The archive that the configuration names; undefined where it names none. */
export function archivePlan({ evidence: { archive } }: GatewaySettings): ArchivePlan | undefined {
  return archive && { store: new FolderArchiveStore(archive.folder), afterDays: archive.afterDays }
}
