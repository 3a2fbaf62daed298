/**
 * Has Node cut small buffers from blocks of 8 KiB, as it long did, instead of 64. A block stays as long as any piece of it,
 * and pieces that old objects hold stay until all garbage is collected: of larger blocks so much is held by so little that
 * full collections come every few seconds, while all pages wait. To be called once, before a server starts.
 */
export function shrinkBufferPool(): void {
  Buffer.poolSize = 8 * 1024
}
