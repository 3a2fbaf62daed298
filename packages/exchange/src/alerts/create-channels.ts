import type { Clock } from '@sapan/kernel'
import type { KeyFolder } from '@sapan/trust'
import type { AlertSettings } from './alert-settings.ts'
import type { AlertChannel } from './channel.ts'
import { emailChannels, type TellOperator } from './email.ts'
import { alertWebhook } from './webhook.ts'

interface ChannelsOptions {
  readonly alerts: AlertSettings
  readonly keys: Pick<KeyFolder, 'loadOrCreateSecret'>
  readonly clock: Clock
  readonly tellOperator?: TellOperator
}

/** The ways to the operator that the settings name. The webhook's key is made where there is none. */
export async function createChannels({
  alerts,
  keys,
  clock,
  tellOperator,
}: ChannelsOptions): Promise<{ channels: AlertChannel[]; closeChannels(): Promise<void> }> {
  const { webhook, email } = alerts
  const hook =
    webhook === undefined ? undefined : alertWebhook(webhook, await keys.loadOrCreateSecret('alerts'), clock)
  return {
    channels: [
      ...(hook === undefined ? [] : [hook]),
      ...(email === undefined || tellOperator === undefined ? [] : emailChannels(email, tellOperator)),
    ],
    closeChannels: async () => hook?.close(),
  }
}
