import type { FastifyInstance } from 'fastify'
import { shownAlerts } from '../../alerts/shown-alerts.ts'
import type { AdminContext } from './context.ts'

/** Shown one by one: what is added to the settings later may be nobody's to see. */
const shown = [
  'id',
  'center',
  'peerAddress',
  'edgeOrigin',
  'withoutCredential',
  'limits',
  'timeouts',
  'links',
  'gdx',
  'queue',
  'directory',
  'unusual',
  'evidence',
] as const

/** What the gateway was told when it started, with what it takes by itself where it was told nothing. */
export function settingsRoute(app: FastifyInstance, { ground }: AdminContext): void {
  app.get('/v1/settings', async () => ({
    settings: {
      ...Object.fromEntries(shown.map((name) => [name, ground.settings[name]])),
      alerts: shownAlerts(ground.settings.alerts),
    },
  }))
}
