/** A text in pieces, as its lines. What stands behind the last line's end is a line too, unless it is empty. */
export async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let kept: Buffer[] = []
  for await (const piece of pieces) {
    let from = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      kept.push(piece.subarray(from, end))
      yield Buffer.concat(kept).toString()
      kept = []
      from = end + 1
    }
    kept.push(piece.subarray(from))
  }
  const rest = Buffer.concat(kept).toString()
  if (rest !== '') yield rest
}
