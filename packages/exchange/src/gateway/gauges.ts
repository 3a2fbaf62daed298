import type { GatewayGround } from './ground.ts'
import type { Admission } from './transport/admission.ts'

/** What of a gateway is measured at the moment when somebody asks. */
export function watchGauges(ground: GatewayGround, edge: Admission, peer: Admission): void {
  const { metrics, directory, clock, clockWatch } = ground
  ground.queues.depth.watch(metrics)
  metrics.gauge('sapan_edge_in_flight', 'Calls of own systems being answered', () => edge.running)
  metrics.gauge('sapan_edge_waiting', 'Calls of own systems that wait for room', () => edge.waiting)
  metrics.gauge('sapan_peer_in_flight', 'Messages of other gateways being answered', () => peer.running)
  metrics.gauge('sapan_peer_waiting', 'Messages of other gateways that wait for room', () => peer.waiting)
  metrics.gauge('sapan_peer_links', 'Links held open to other gateways', () => ground.peers.links)
  metrics.gauge(
    'sapan_clock_skew_seconds',
    'The center’s clock less this one; NaN before the center answered',
    () => clockWatch.standing().center ?? Number.NaN,
  )
  metrics.gauge(
    'sapan_clock_skew_peers_seconds',
    'The middle of other gateways’ clocks less this one; NaN where fewer than three were heard lately',
    () => clockWatch.standing().peers ?? Number.NaN,
  )
  metrics.gauge('sapan_archive_failing', '1 where the last round of the archive failed, else 0', () =>
    ground.archiving.failure === null ? 0 : 1,
  )
  metrics.gauge('sapan_directory_valid_seconds', 'Seconds until the directory is past its validity', () =>
    Math.round((directory.standing().validUntil - clock()) / 1000),
  )
}
