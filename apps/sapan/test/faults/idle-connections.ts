import { connect, type Socket } from 'node:net'

/** A program of its own, since a process has only so many handles: opens connections, says nothing on them, and tells how many are left. */
const [, , port = '', count = ''] = process.argv
const open = new Set<Socket>()

function one(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      open.add(socket)
      resolve()
    })
    // What the other side has to say before it ends a connection is not looked at.
    socket.resume()
    socket.on('error', () => resolve())
    socket.on('close', () => open.delete(socket))
  })
}

for (let at = 0; at < Number(count); at += 200) await Promise.all(Array.from({ length: 200 }, one))
process.send?.(open.size)
process.on('message', () => process.send?.(open.size))
