import type { PoolClient, Text } from '@sapan/kernel'
import type { SecurityHistoryKind } from '../history/kinds.ts'
import type { AuthenticatorGround } from './ground.ts'

/** Something that changed how a person signs in. */
export interface SecurityChange {
  readonly account: string
  readonly kind: SecurityHistoryKind
  readonly detail?: Readonly<Record<string, string>>
  readonly session?: string | undefined
  /** What the owner is told. */
  readonly title: Text
}

const body: Text = {
  th: 'ถ้าคุณทำเอง ไม่ต้องทำอะไร ถ้าไม่ใช่คุณ เปิดหน้าความปลอดภัยแล้วกด “นี่ไม่ใช่ฉัน” ทันที',
  en: 'If it was you, there is nothing to do. If it was not, open your security page and press “This was not me” at once.',
}

/** Writes a change into the owner's history and tells them, in the transaction that makes it. */
export async function announce(
  { history, notify }: Pick<AuthenticatorGround, 'history' | 'notify'>,
  client: PoolClient,
  { account, kind, detail, session, title }: SecurityChange,
): Promise<void> {
  await history.record(client, {
    account,
    kind,
    ...(detail !== undefined && { detail }),
    ...(session !== undefined && { session }),
  })
  await notify(client, { account, kind: 'security', title, body, link: '/me/security' })
}
