import type { FastifyInstance } from 'fastify'
import { shownAlerts } from '../../alerts/shown-alerts.ts'
import type { CenterGround } from '../ground.ts'

/** Shown one by one: what is added to the configuration later may be nobody's to see. */
const shown = [
  'instance',
  'publicUrl',
  'alsoAt',
  'validitySeconds',
  'certificateSeconds',
  'tokenSeconds',
  'timestampPolicy',
] as const

/** `GET /v1/settings`: what the center was told when it started, with what it takes by itself where it was told nothing. */
export function settingsRoute(app: FastifyInstance, { config }: CenterGround): void {
  app.get('/v1/settings', async () => ({
    settings: {
      ...Object.fromEntries(shown.map((name) => [name, config[name]])),
      witnesses: config.witnesses.map(({ name, url }) => `${name} ${url}`),
      subjectTokens: config.subjectTokens.map(({ issuer }) => issuer),
      alerts: shownAlerts(config.alerts),
    },
  }))
}
