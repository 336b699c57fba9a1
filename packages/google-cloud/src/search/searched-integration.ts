/** An integration, as a search must know it; centers from before `since` (epoch milliseconds) are not its own. */
export type SearchedIntegration = { name: string; since?: number }
