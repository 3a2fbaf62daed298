import { Agent, request } from 'undici'
import { bad, type Check, good, warning } from './check.ts'

const timeoutMs = 3_000

/** Whether the address under which own systems reach the edge leads to this gateway. */
export async function checkEdgeAddress(edgeOrigin: string, id: string): Promise<Check> {
  const found = await whoAnswers(edgeOrigin)
  if (found === id) {
    return good('edge-address', {
      th: `${edgeOrigin} นำมาที่เกตเวย์นี้`,
      en: `${edgeOrigin} leads to this gateway`,
    })
  }
  const next = {
    th: 'แก้ edgeOrigin ใน gateway.yaml หรือตัวกลางที่อยู่หน้า listen.edge',
    en: 'mend edgeOrigin in gateway.yaml, or what stands before listen.edge',
  }
  if (found instanceof Error) {
    const why = 'code' in found ? String(found.code) : found.message
    // From here some firewalls do not lead to what own systems reach well.
    return warning(
      'edge-address',
      { th: `ติดต่อ ${edgeOrigin} ไม่ได้: ${why}`, en: `${edgeOrigin} cannot be reached: ${why}` },
      next,
    )
  }
  return bad(
    'edge-address',
    {
      th: `${edgeOrigin} นำไปที่อื่น: ${found ?? 'ไม่ใช่เกตเวย์'}`,
      en: `${edgeOrigin} leads elsewhere: ${found ?? 'no gateway'}`,
    },
    next,
  )
}

/** The id of the gateway whose edge is there, null where it is none, or why nothing answers. */
async function whoAnswers(edgeOrigin: string): Promise<string | null | Error> {
  // Which authority own systems trust is theirs to say. Nothing is told here, and nothing is believed but an id.
  const connect = { timeout: timeoutMs, rejectUnauthorized: false }
  const agent = new Agent({ connect, maxResponseSize: 64 * 1024 })
  try {
    const { statusCode, body } = await request(new URL('/v1/gateway', edgeOrigin), {
      dispatcher: agent,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    })
    const text = await body.text()
    return statusCode === 200 ? idIn(text) : null
  } catch (error) {
    return error instanceof Error ? error : new Error('unknown')
  } finally {
    await agent.destroy()
  }
}

function idIn(text: string): string | null {
  try {
    const { gateway } = JSON.parse(text) ?? {}
    return typeof gateway === 'string' ? gateway.slice(0, 200) : null
  } catch {
    return null
  }
}
