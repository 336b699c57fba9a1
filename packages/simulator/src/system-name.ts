import { z } from 'zod'

/** The three systems that the simulator plays; each answers below a path of its own name. */
export const SystemName = z.enum(['senninha', 'maas', 'dmitri'])
export type SystemName = z.output<typeof SystemName>

/** An object with one value per system. */
export const forEachSystem = <T>(valueOf: (system: SystemName) => T): Record<SystemName, T> => ({
  senninha: valueOf('senninha'),
  maas: valueOf('maas'),
  dmitri: valueOf('dmitri'),
})
