/** What the exit code of a command tells; the help lists them. */
export const EXIT = {
  ok: 0,
  /** Something was invalid, rejected or not found, or not everything was done: rejected rows, a finding of the doctor. */
  rejected: 1,
  /** The command, its configuration or its file is wrong. */
  usage: 2,
  /** The service could not be reached, did not let us in, or broke off: the same again later. */
  unreachable: 3,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const
