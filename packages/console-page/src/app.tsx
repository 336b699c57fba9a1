import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { I18nProvider, RouterProvider } from 'react-aria-components'
import { Redirect, Route, Router, Switch, useLocation } from 'wouter'
import { ApiError } from './api/request.ts'
import { Layout } from './components/shell/layout.tsx'
import { Loading } from './components/loading.tsx'
import { useWords } from './hooks/use-words.ts'
import { BASE, hrefOf } from './places.ts'
import { OverviewPage } from './pages/overview/overview-page.tsx'

const CentersPage = lazy(() => import('./pages/centers/centers-page.tsx'))
const CenterPage = lazy(() => import('./pages/centers/center-page.tsx'))
const FailuresPage = lazy(() => import('./pages/failures/failures-page.tsx'))
const RedrivesPage = lazy(() => import('./pages/redrives/redrives-page.tsx'))
const AuditPage = lazy(() => import('./pages/audit/audit-page.tsx'))
const RegisterPage = lazy(() => import('./pages/register/register-page.tsx'))

// What the server refuses stays refused; the rest passes, as a rule.
const isWorthRetrying = (failures: number, error: unknown): boolean =>
  failures < 3 &&
  !(error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429)

// `always`: without a network the library would hold a question back, and send an order when nobody expects it any more.
const client = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: isWorthRetrying, staleTime: 1000, refetchOnWindowFocus: true },
    mutations: { networkMode: 'always' },
  },
})

const Pages = () => (
  <Switch>
    <Route path="/" component={OverviewPage} />
    <Route path="/centers" component={CentersPage} />
    <Route path="/centers/:id">{({ id }) => <CenterPage key={id} id={id} />}</Route>
    <Route path="/failures" component={FailuresPage} />
    <Route path="/redrives" component={RedrivesPage} />
    <Route path="/register" component={RegisterPage} />
    <Route path="/audit" component={AuditPage} />
    <Route>
      <Redirect to="/" />
    </Route>
  </Switch>
)

const Shell = () => {
  const [, navigate] = useLocation()
  const { language } = useWords()
  return (
    <I18nProvider locale={language === 'en' ? 'en-US' : language}>
      <RouterProvider navigate={(path) => navigate(path)} useHref={hrefOf}>
        <Layout>
          <Suspense fallback={<Loading />}>
            <Pages />
          </Suspense>
        </Layout>
      </RouterProvider>
    </I18nProvider>
  )
}

/** The console. */
export const App = () => (
  <QueryClientProvider client={client}>
    <Router base={BASE}>
      <Shell />
    </Router>
  </QueryClientProvider>
)
