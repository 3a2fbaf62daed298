import { join } from 'node:path'
import type { DeskLink } from '@sapan/desk'
import type { Need, Visitor } from '@sapan/identity'
import { authoringRoutes, checkFolder, type FolderEntry, readTables } from '@sapan/services'
import type { SiteRoute } from '@sapan/ui'
import type { ServicesHouse } from './house.ts'

/** Duties whose holders may try definitions of services. */
const authors = ['administrator'] as const

/** What those who write services see: all definitions with what stands against them, and a page to try one. */
export function authoringDeskRoutes({
  ground,
  places,
  folder,
  references,
}: Pick<ServicesHouse, 'ground' | 'places' | 'folder' | 'references'>): SiteRoute<Visitor, Need>[] {
  // What is in force changes with a start; checking all of it takes a processor for a while.
  let entries: Promise<readonly FolderEntry[]> | undefined
  return authoringRoutes<Visitor, Need>({
    entries: () => {
      entries ??= checkFolder(folder, references)
      return entries
    },
    tables: () => readTables(join(folder, 'tables')),
    references,
    memberName: ground.memberName,
    lawName: ground.lawName,
    places,
    today: () => ground.days.dateOf(ground.clock()),
    needs: { duties: [...authors] },
  })
}

export const definitionsLink: DeskLink = {
  path: '/desk/services',
  text: { th: 'คำจำกัดความของบริการ', en: 'Definitions of services' },
  about: {
    th: 'รุ่นของบริการและสิ่งที่ต้องแก้ และที่ลองเขียนบริการใหม่',
    en: 'Versions of services with what is to be mended, and a page to try a new one.',
  },
  needs: { duties: [...authors] },
}
