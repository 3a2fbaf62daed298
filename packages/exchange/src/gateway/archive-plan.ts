import type { Clock } from '@sapan/kernel'
import type { ArchiveStore } from '../evidence/archive/archive-store.ts'
import type { ArchivePlan } from '../evidence/archive/archiving.ts'
import { FolderArchiveStore } from '../evidence/archive/folder-store.ts'
import type { S3ConnectionOptions } from '../evidence/archive/s3/s3-connection.ts'
import { S3ArchiveStore } from '../evidence/archive/s3/s3-store.ts'
import type { GatewaySettings } from './settings.ts'

/** What a gateway needs beside its settings to use an S3 store. */
export type S3Access = Pick<S3ConnectionOptions, 'credentials' | 'ca'>

/** The archive that the configuration names; undefined where it names none. */
export function archivePlan(
  { evidence: { archive } }: GatewaySettings,
  from: { readonly clock: Clock; readonly s3Access?: S3Access | undefined },
): ArchivePlan | undefined {
  return archive && { store: storeOf(archive, from), afterDays: archive.afterDays }
}

function storeOf(
  { folder, s3 }: NonNullable<GatewaySettings['evidence']['archive']>,
  { clock, s3Access }: { readonly clock: Clock; readonly s3Access?: S3Access | undefined },
): ArchiveStore {
  if (folder !== undefined) return new FolderArchiveStore(folder)
  if (s3 === undefined || s3Access === undefined) throw new Error('nobody gave access to the archive')
  return new S3ArchiveStore({ settings: s3, ...s3Access, clock })
}
