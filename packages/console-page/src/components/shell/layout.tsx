import { useQueryClient } from '@tanstack/react-query'
import {
  BookOpen,
  LayoutDashboard,
  PackagePlus,
  RotateCw,
  ScrollText,
  TriangleAlert,
  Warehouse,
} from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Link as AriaLink } from 'react-aria-components'
import { useLocation } from 'wouter'
import { LIVE } from '../../api/queries.ts'
import { useUnreachableSince } from '../../api/reachability.ts'
import { watchEvents, type Liveness } from '../../api/watch-events.ts'
import { useMay } from '../../hooks/use-may.ts'
import { useWords } from '../../hooks/use-words.ts'
import { LanguageSwitch, ThemeSwitch } from './preferences.tsx'
import { WhoAmI } from './who-am-i.tsx'

const PLACES = [
  { path: '/', label: 'nav.overview', icon: LayoutDashboard },
  { path: '/centers', label: 'nav.centers', icon: Warehouse },
  { path: '/failures', label: 'nav.failures', icon: TriangleAlert },
  { path: '/redrives', label: 'nav.redrives', icon: RotateCw },
  { path: '/register', label: 'nav.register', icon: PackagePlus },
  { path: '/audit', label: 'nav.audit', icon: ScrollText },
] as const

const Navigation = () => {
  const { t } = useWords()
  const [location] = useLocation()
  const mayRegister = useMay('register')
  const places = PLACES.filter(({ path }) => path !== '/register' || mayRegister)
  return (
    <nav aria-label={t('app.navigation')}>
      <ul>
        {places.map(({ path, label, icon: Icon }) => {
          const isHere = path === '/' ? location === '/' : location.startsWith(path)
          return (
            <li key={path}>
              <AriaLink href={path} className="nav-link" {...(isHere ? { 'aria-current': 'page' } : {})}>
                <Icon size={18} aria-hidden="true" />
                {t(label)}
              </AriaLink>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

// One stream for the whole page; what it tells makes the queries that are on the screen ask again.
const LiveMark = () => {
  const { t, time } = useWords()
  const client = useQueryClient()
  const [liveness, setLiveness] = useState<Liveness>('polling')
  useEffect(
    () => watchEvents(() => void client.invalidateQueries({ queryKey: [LIVE] }), setLiveness),
    [client],
  )
  const since = useUnreachableSince()
  const mark = since === undefined ? liveness : 'offline'
  return (
    <p className={`live live-${mark}`} title={t(`app.${mark}Hint`)} role="status">
      <span className="live-dot" aria-hidden="true" />
      {since === undefined
        ? t(`app.${liveness}`)
        : t('app.offline', { time: time(new Date(since).toISOString(), since) })}
    </p>
  )
}

/** What is around every page. */
export const Layout = ({ children }: { children: ReactNode }) => {
  const { t } = useWords()
  const isStale = useUnreachableSince() !== undefined
  return (
    <div className="layout">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="side">
        <div className="brand">
          <img src="/console/icon.svg" alt="" width="32" height="32" />
          <div>
            <strong>{t('app.name')}</strong>
            <span>{t('app.tagline')}</span>
          </div>
        </div>
        <Navigation />
        <div className="side-end">
          <WhoAmI />
          <LiveMark />
          <div className="switches">
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
          <a className="reference" href="/reference">
            <BookOpen size={16} aria-hidden="true" />
            {t('app.reference')}
          </a>
        </div>
      </header>
      <main id="content" tabIndex={-1} {...(isStale ? { className: 'stale' } : {})}>
        {children}
      </main>
    </div>
  )
}
