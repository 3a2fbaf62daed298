/** Names the synthetic data that a register was filled with. Raise it when the generator makes other people. */
export const EDITION = '2569-1'
