import { useState } from 'react'
import { Monitor, Moon, Sun } from 'lucide-react'
import { ToggleButton, ToggleButtonGroup, type Key } from 'react-aria-components'
import { LANGUAGES, setLanguage } from '../../i18n/index.ts'
import { chosenTheme, setTheme, THEMES } from '../../hooks/theme.ts'
import { useWords } from '../../hooks/use-words.ts'

const NAMES = { 'pt-BR': 'Português', en: 'English' } as const
const SHORT = { 'pt-BR': 'PT', en: 'EN' } as const

/** The switch between the languages. */
export const LanguageSwitch = () => {
  const { t, language } = useWords()
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={t('app.language')}
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys: Set<Key>) => {
        const chosen = LANGUAGES.find((one) => keys.has(one))
        if (chosen) setLanguage(chosen)
      }}
    >
      {LANGUAGES.map((one) => (
        <ToggleButton key={one} id={one} className="segment" aria-label={NAMES[one]}>
          <span lang={one}>{SHORT[one]}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

const ICONS = { auto: Monitor, light: Sun, dark: Moon } as const
const LABELS = { auto: 'app.themeAuto', light: 'app.themeLight', dark: 'app.themeDark' } as const

/** The switch between light, dark and what the system says. */
export const ThemeSwitch = () => {
  const { t } = useWords()
  const [theme, choose] = useState(chosenTheme)
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={t('app.theme')}
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys: Set<Key>) => {
        const chosen = THEMES.find((one) => keys.has(one))
        if (!chosen) return
        choose(chosen)
        setTheme(chosen)
      }}
    >
      {THEMES.map((one) => {
        const Icon = ICONS[one]
        return (
          <ToggleButton key={one} id={one} className="segment" aria-label={t(LABELS[one])}>
            <Icon size={16} aria-hidden="true" />
          </ToggleButton>
        )
      })}
    </ToggleButtonGroup>
  )
}
