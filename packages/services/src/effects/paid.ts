import type { ServicesGround } from '../ground.ts'

/** What a decision asks to be paid, by the names of its steps; that of an appeal stands with `appeal/`. */
export const paymentNames = ['payment', 'fee'] as const

/** Satang that the agency has of whoever applied, over both stages: what they paid, less what it gave. */
export async function paidFor({ payments }: Pick<ServicesGround, 'payments'>, id: string): Promise<number> {
  const named = (names: readonly string[]) =>
    names.flatMap((name) => [`case:${id}:${name}`, `case:${id}:appeal/${name}`])
  return await payments.keptOf({ payments: named(paymentNames), refunds: named(['refund']) })
}
