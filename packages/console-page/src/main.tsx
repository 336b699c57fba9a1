import { startLanguages } from './i18n/index.ts'
import { startTheme } from './hooks/theme.ts'
import { startZod } from './hooks/start-zod.ts'

startZod()
startTheme()
startLanguages()
// Schemas look at zod's settings when they are made: the modules that make them come after.
const [{ createRoot }, { App }] = await Promise.all([import('react-dom/client'), import('./app.tsx')])
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
