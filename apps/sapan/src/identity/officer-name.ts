import type { Rooms } from '@sapan/identity'
import type { Language } from '@sapan/kernel'

/** How an officer is called in the language: in the other one where the register has no name in it. */
export async function officerName(
  { nameOf }: Pick<Rooms, 'nameOf'>,
  account: string,
  language: Language,
): Promise<string | undefined> {
  const name = await nameOf(account)
  return name[language] || name.th || name.en || undefined
}
