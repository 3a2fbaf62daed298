import { counted, Problem, type Text } from '@sapan/kernel'
import type { DirectoryGateway } from '../../directory/document.ts'
import { bad, type Check, good, warning } from './check.ts'

/** Speaks to a gateway as exchanges do. Throws the Problem that it met. */
export type Reach = (gateway: DirectoryGateway) => Promise<unknown>

const atOnce = 8

/** Every gateway that our members ask, reached as exchanges reach it; those that cannot be, one by one. */
export async function checkPeers(gateways: readonly DirectoryGateway[], reach: Reach): Promise<Check[]> {
  const failed: Check[] = []
  const left = [...gateways]
  const work = async () => {
    for (let gateway = left.shift(); gateway; gateway = left.shift()) {
      const problem = await problemOf(gateway, reach)
      if (problem) failed.push(unreachable(gateway, problem))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (failed.length > 0) return failed
  const count = gateways.length
  return [
    good('peer', {
      th: `ติดต่อเกตเวย์ที่สมาชิกถามข้อมูลได้ทั้ง ${count} เกตเวย์`,
      en: `${counted(count, 'gateway')} of those whom our members ask: reached`,
    }),
  ]
}

function unreachable({ id, peer }: DirectoryGateway, problem: Text): Check {
  return warning(
    'peer',
    { th: `${id} ที่ ${peer}: ${problem.th}`, en: `${id} at ${peer}: ${problem.en}` },
    {
      th: 'ตรวจไฟร์วอลล์ขาออก แล้วแจ้งผู้ดูแลเกตเวย์นั้น',
      en: 'see to the firewall on the way out, then tell who runs that gateway',
    },
  )
}

/** The address under which others find us: that it is the configured one, leads here, and shows our certificate. */
export async function checkOwnAddress(
  listed: DirectoryGateway | undefined,
  peerAddress: string,
  reach: Reach,
): Promise<Check> {
  if (listed === undefined || originOf(listed.peer) !== originOf(peerAddress)) {
    const there = listed?.peer
    return bad(
      'own-address',
      {
        th: `สารบบระบุ ${there ?? 'ไม่มีที่อยู่'} แต่ peerAddress คือ ${peerAddress}`,
        en: `the directory names ${there ?? 'no address'}, peerAddress says ${peerAddress}`,
      },
      {
        th: 'แก้ peerAddress ใน gateway.yaml หรือเข้าร่วมใหม่ด้วยโทเคนใหม่',
        en: 'mend peerAddress in gateway.yaml, or join again with a new token',
      },
    )
  }
  const problem = await problemOf(listed, reach)
  if (!problem) {
    return good('own-address', {
      th: `${peerAddress} ตอบด้วยใบรับรองของเรา`,
      en: `${peerAddress} answers with our certificate`,
    })
  }
  // From inside, some firewalls do not lead back what comes in well from outside.
  return warning(
    'own-address',
    { th: `${peerAddress}: ${problem.th}`, en: `${peerAddress}: ${problem.en}` },
    {
      th: 'ตรวจว่าที่อยู่นี้นำมาที่ listen.peer ของเกตเวย์นี้ โดยไม่ถอด TLS ระหว่างทาง',
      en: "see that this address leads to this gateway's listen.peer, and that nothing on the way ends TLS",
    },
  )
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address
}

async function problemOf(gateway: DirectoryGateway, reach: Reach): Promise<Text | undefined> {
  try {
    await reach(gateway)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.type.title
    throw error
  }
}
