import type { CommandEntry } from '../commands.ts'

/** What only a checkout has: a country of made-up people. A release leaves this folder out. */
export const demonstrationCommands: readonly CommandEntry[] = [
  {
    name: 'up',
    summary: { th: 'เปิดประเทศจำลองทั้งประเทศในคำสั่งเดียว', en: 'start a whole small country in one command' },
    load: () => import('./command.ts'),
  },
]
