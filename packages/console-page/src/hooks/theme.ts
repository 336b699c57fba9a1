import { stored } from './stored.ts'

/** How the page looks: as the system is set, or as this person chose. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const kept = stored('theme')

/** The theme that was chosen. */
export const chosenTheme = (): Theme => THEMES.find((theme) => theme === kept.read()) ?? 'auto'

const show = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = theme
}

/** Shows the theme that was chosen. */
export const startTheme = (): void => show(chosenTheme())

/** Changes the theme, and keeps the choice. */
export const setTheme = (theme: Theme): void => {
  kept.write(theme)
  show(theme)
}
