import type { TaskNames } from '@sapan/casework'
import { questionKind } from '@sapan/identity'
import type { Country } from '@sapan/thailand'

/** What tasks, duties and agencies are called. */
export function taskNames({ members, identity }: Country): TaskNames {
  const agencies = new Map(members.map(({ id, name }) => [id, name]))
  return {
    kinds: {
      [questionKind]: { name: { th: 'คำถามเรื่องการเข้าถึงข้อมูล', en: 'Question about an access' } },
    },
    duties: Object.fromEntries(identity.officers.duties.map(({ code, name }) => [code, name])),
    agency: (id) => agencies.get(id) ?? { th: id, en: id },
  }
}
