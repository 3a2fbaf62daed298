/** Cuts a stream of HTTP/1.1 messages that carry a body into messages, looking at as little as it can. */
export class MessageReader {
  #pending: Buffer | undefined

  /** Calls `onMessage` with the start line's bytes 9 to 12 for each message that ends in this piece: an answer's status. */
  read(piece: Buffer, onMessage: (status: number) => void): void {
    let data = this.#pending === undefined ? piece : Buffer.concat([this.#pending, piece])
    for (;;) {
      const end = messageEnd(data)
      if (end === undefined) break
      onMessage(Number(data.toString('latin1', 9, 12)))
      data = data.subarray(end)
    }
    this.#pending = data.length === 0 ? undefined : data
  }
}

/** The offset behind the first message, or undefined while it is incomplete. */
function messageEnd(data: Buffer): number | undefined {
  const headEnd = data.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = data.toString('latin1', 0, headEnd).toLowerCase()
  const length = /\r\ncontent-length: *(\d+)/.exec(head)
  if (length !== null) {
    const end = headEnd + 4 + Number(length[1])
    return data.length >= end ? end : undefined
  }
  if (!/\r\ntransfer-encoding: *chunked/.test(head))
    throw new Error(`a message without a length:\n${data.toString('latin1', 0, headEnd)}`)
  return chunksEnd(data, headEnd + 4)
}

function chunksEnd(data: Buffer, from: number): number | undefined {
  for (let at = from; ; ) {
    const line = data.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(data.toString('latin1', at, line), 16)
    at = line + 2 + size + 2
    if (data.length < at) return undefined
    if (size === 0) return at
  }
}
