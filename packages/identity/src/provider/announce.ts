import type { Pool } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import type { Notices } from '@sapan/notices'
import type { Clients } from '../clients/clients.ts'
import type { Question } from './backchannel.ts'

/** Tells a person that a client asks them to sign in elsewhere. What other rooms ask, they announce themselves. */
export function announceQuestion(
  { pool }: { readonly pool: Pool },
  { notices, clients }: { readonly notices: Pick<Notices, 'send'>; readonly clients: Pick<Clients, 'find'> },
) {
  return async ({ id, account, kind, client = '' }: Question): Promise<void> => {
    if (kind !== 'sign-in') return
    const name = (await clients.find(client))?.names ?? { th: client, en: client }
    await inTransaction(pool, (transaction) =>
      notices.send(transaction, {
        account,
        kind: 'security',
        title: { th: 'มีคำขอให้คุณเข้าสู่ระบบ', en: 'You are asked to sign in' },
        body: {
          th: `${name.th} ขอให้คุณยืนยันการเข้าสู่ระบบ ตอบตกลงเฉพาะเมื่อคุณกำลังใช้บริการนี้อยู่`,
          en: `${name.en} asks you to confirm a sign-in. Agree only if you are using it right now.`,
        },
        link: `/me/waiting/${id}`,
        key: `question ${id}`,
      }),
    )
  }
}
