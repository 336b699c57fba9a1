// `npm run help`: what every script of package.json is for.
import { helpText } from './help/help-text.ts'

console.log(helpText())
