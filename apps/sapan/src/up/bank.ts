import { createServer } from 'node:http'
import type { Pool, Text } from '@sapan/kernel'
import { bankPath } from '@sapan/payments'
import { createSandboxBank, openMoney, type SandboxBank, sandboxBiller } from '@sapan/sandbox'
import { listen } from '../run/listen.ts'
import type { MoneyHouse } from '../services/house.ts'
import type { Closing } from './closing.ts'
import type { Country } from './country.ts'
import { bankSubsystem } from './descriptions.ts'
import { withFonts } from './with-fonts.ts'

export interface StandInBank {
  readonly bank: SandboxBank
  /** What the house is told of it. */
  readonly money: MoneyHouse
}

/** Makes the made-up bank, with an account for each agency; it opens its door once the portal is there to be told. */
export async function makeBank(
  pool: Pool,
  { agencies }: Pick<Country, 'agencies'>,
  { origin, portal }: { readonly origin: string; readonly portal: string },
): Promise<StandInBank> {
  await openMoney(pool)
  const payees = agencies.map(({ id, name }) => ({ id, biller: sandboxBiller(id), name }))
  const bank = await createSandboxBank({
    ...{ pool, origin, payees },
    portal: `${portal}/me/payments`,
    post: postTo(`${portal}${bankPath}`),
  })
  const money = {
    subsystem: bankSubsystem,
    billers: new Map(payees.map(({ id, biller }) => [id, biller])),
    keys: await bank.keys(),
    page: { address: `${origin}/bill`, name },
  }
  return { bank, money }
}

function postTo(address: string) {
  return async (body: Uint8Array, signature: string): Promise<number> => {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'bank-signature': signature },
      body: Buffer.from(body),
      signal: AbortSignal.timeout(10_000),
    })
    await answer.arrayBuffer()
    return answer.status
  }
}

/** As people know it; its pages say that it is made up. */
const name = { th: 'ธนาคารสมมติ', en: 'Made-up Bank' } as const satisfies Text

const tellMs = 1_000

/** Opens the bank's pages, and begins to tell who was paid. */
export async function openBank(
  { bank }: StandInBank,
  { place, path, closing }: { readonly place: string; readonly path: string; readonly closing: Closing },
): Promise<void> {
  const door = await listen(createServer(withFonts(bank.handler)), place, path)
  let telling = Promise.resolve(0)
  const timer = setInterval(() => {
    telling = telling.then(() => bank.tellDue()).catch(() => 0)
  }, tellMs)
  closing.add('register doors', async () => {
    clearInterval(timer)
    await telling
    await door.close(500)
  })
}
