import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { stored } from '../hooks/stored.ts'
import { en } from './en/index.ts'
import { ptBr } from './pt-br/index.ts'

/** The languages of the page; Portuguese is the default. */
export const LANGUAGES = ['pt-BR', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const isLanguage = (value: string | undefined): value is Language =>
  LANGUAGES.some((language) => language === value)

const kept = stored('language')
const i18n = createInstance()

// The first language of the browser that we speak.
const ofBrowser = (): Language => {
  for (const tag of navigator.languages) {
    if (tag.startsWith('pt')) return 'pt-BR'
    if (tag.startsWith('en')) return 'en'
  }
  return 'pt-BR'
}

const initial = (): Language => {
  const language = kept.read()
  return isLanguage(language) ? language : ofBrowser()
}

const show = (language: string): void => {
  document.documentElement.lang = language
}

/** Begins in the language that was chosen, or in the browser's. */
export const startLanguages = (): void => {
  const language = initial()
  show(language)
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'pt-BR',
    supportedLngs: LANGUAGES,
    resources: { 'pt-BR': { translation: ptBr }, en: { translation: en } },
    // React escapes.
    interpolation: { escapeValue: false },
  })
}

/** Changes the language, and keeps the choice. */
export const setLanguage = (language: Language): void => {
  kept.write(language)
  show(language)
  void i18n.changeLanguage(language)
}
