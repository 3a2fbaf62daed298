import type { DirectoryView } from '../directory/view.ts'
import type { GatewayGround } from './ground.ts'

/** Exports show the directory under which a message was made, so each version is kept before it can be needed. */
export function keepDirectory(
  { evidence, log }: Pick<GatewayGround, 'evidence' | 'log'>,
  view: DirectoryView,
): void {
  evidence.keepDirectory(view.version, view.jws).catch((error: unknown) => {
    log.error({ err: error, version: view.version }, 'a directory version could not be kept')
    setTimeout(() => keepDirectory({ evidence, log }, view), 5_000).unref()
  })
}
