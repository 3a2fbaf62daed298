import type { Agent } from 'node:https'
import type { Language } from '@sapan/kernel'
import webPush from 'web-push'
import type { NoticeKind } from '../kinds.ts'
import type { Device } from './device.ts'
import type { PushKeys } from './keys.ts'

/** What a device shows: that there is a message and of what kind. Nothing of what it says. */
export interface PushContent {
  readonly kind: NoticeKind
  readonly title: string
  readonly body: string
  readonly language: Language
  /** The page that it opens: a path of the portal. */
  readonly path: string
  /** A second message of the same tag takes the first one's place. */
  readonly tag: string
}

/** `gone`: the push service does not know the device any more. `refused`: it never takes this message. */
export type PushOutcome = 'sent' | 'gone' | 'refused'

/** Hands messages to push services. Rejects where another try may help. */
export interface PushSender {
  send(device: Device, content: PushContent): Promise<PushOutcome>
}

export interface PushOptions {
  readonly keys: PushKeys
  /** Whom a push service writes to when something is wrong: `mailto:` or `https:` of the operator. */
  readonly contact: string
  /** For a private authority in tests, or a proxy. */
  readonly agent?: Agent
}

/** Seconds for which a push service keeps a message for a device that is off. */
const keptSeconds = 86_400

/** Statuses with which another try may help. */
const passing = new Set([408, 425, 429])

/** A sender over HTTPS (RFC 8030), encrypted for the browser (RFC 8291), signed by the operator (RFC 8292). */
export function webPushSender({ keys, contact, agent }: PushOptions): PushSender {
  const options = {
    vapidDetails: { subject: contact, ...keys },
    TTL: keptSeconds,
    timeout: 30_000,
    ...(agent === undefined ? {} : { agent }),
  }
  return {
    async send(device, content) {
      try {
        await webPush.sendNotification(device, JSON.stringify(content), {
          ...options,
          urgency: content.kind === 'security' ? 'high' : 'normal',
        })
        return 'sent'
      } catch (error) {
        const status = statusOf(error)
        if (status === 404 || status === 410) return 'gone'
        if (status !== undefined && status >= 400 && status < 500 && !passing.has(status)) return 'refused'
        // The error of the library has the endpoint in it, which is as good as a key: it goes no further.
        throw new PushFailed(status)
      }
    },
  }
}

class PushFailed extends Error {
  readonly code: string

  constructor(status: number | undefined) {
    super('the push service did not take the message')
    this.name = 'PushFailed'
    this.code = status === undefined ? 'unreachable' : `status ${status}`
  }
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined
  return typeof status === 'number' ? status : undefined
}
