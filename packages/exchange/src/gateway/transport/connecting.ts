import { buildConnector } from 'undici'

/** No connection came about, so nothing was sent; `cause` says why. */
export class NotConnected extends Error {}

/** undici's connector; whatever it fails with is told apart from what happens later on a connection. */
export function connecting(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options)
  return (target, callback) =>
    connect(target, (error, socket) => {
      if (error || !socket) callback(new NotConnected('no connection', { cause: error }), null)
      else callback(null, socket)
    })
}
