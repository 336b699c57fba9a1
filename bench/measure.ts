import { readFileSync } from 'node:fs'

/** The value below which a share of the values lies (0.99 for p99). */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** CPU seconds that a process has used, user and system (Linux). */
export const cpuSecondsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The most memory that a process has held, in MiB (Linux). */
export const peakRssMiBOf = (pid: number): number => {
  const kib = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1024
}

/** Rounded for people: two digits behind the point. */
export const round = (value: number): number => Math.round(value * 100) / 100
