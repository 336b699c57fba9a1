/** One thing that was looked at: `fail` keeps the system from working, `warn` may be meant so. */
export type Finding = { level: 'ok' | 'warn' | 'fail'; what: string; said: string }

export const ok = (what: string, said: string): Finding => ({ level: 'ok', what, said })
export const warn = (what: string, said: string): Finding => ({ level: 'warn', what, said })
export const fail = (what: string, said: string): Finding => ({ level: 'fail', what, said })
