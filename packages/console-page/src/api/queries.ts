import {
  AuditEntry,
  UnreadableMessage,
  Delivery,
  DistributionCenter,
  FailureGroup,
  Integration,
  Me,
  RecentAttempts,
  Redrive,
  Summary,
} from '@mensageria/contracts/browser'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { read, withQuery } from './request.ts'

/** Everything that is asked for again when something happens begins with this. */
export const LIVE = 'live'

const PAGE_SIZE = 50
// A long list that somebody has scrolled through is not read again from its start every few seconds.
const FRESH_PAGES_MAX = 2
const LIST_INTERVAL_MS = 5000

const itemsOf = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item) })
const pageOf = <T>(item: z.ZodType<T>) =>
  z.object({ items: z.array(item), nextPageToken: z.string().optional() })

export type Page<T> = { items: T[]; nextPageToken?: string | undefined }

/** Who looks at the page, and what they may do. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => read(Me, '/v1/me', signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const integrationsQuery = queryOptions({
  queryKey: [LIVE, 'integrations'],
  queryFn: async ({ signal }) => (await read(itemsOf(Integration), '/v1/integrations', signal)).items,
})

export const summaryQuery = queryOptions({
  queryKey: [LIVE, 'summary'],
  queryFn: ({ signal }) => read(Summary, '/v1/summary', signal),
})

export const attemptsQuery = queryOptions({
  queryKey: [LIVE, 'attempts'],
  queryFn: ({ signal }) => read(RecentAttempts, '/v1/attempts', signal),
  // They are counted a few seconds late: nothing tells of it.
  refetchInterval: LIST_INTERVAL_MS,
})

export const failureGroupsQuery = queryOptions({
  queryKey: [LIVE, 'failure-groups'],
  queryFn: async ({ signal }) => (await read(itemsOf(FailureGroup), '/v1/failure-groups', signal)).items,
})

export const centerQuery = (id: string) =>
  queryOptions({
    queryKey: [LIVE, 'center', id],
    queryFn: ({ signal }) =>
      read(DistributionCenter, `/v1/distribution-centers/${encodeURIComponent(id)}`, signal),
  })

/** The name of a center that a list mentions: asked for once. */
export const centerNameQuery = (id: string) =>
  queryOptions({
    queryKey: ['center-name', id],
    queryFn: async ({ signal }) =>
      (await read(DistributionCenter, `/v1/distribution-centers/${encodeURIComponent(id)}`, signal)).name,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const centerDeliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: [LIVE, 'center-deliveries', id],
    queryFn: async ({ signal }) => {
      const path = `/v1/distribution-centers/${encodeURIComponent(id)}/deliveries`
      return (await read(itemsOf(Delivery), path, signal)).items
    },
  })

type Filter = Readonly<Record<string, string | undefined>>

const list = <T>(name: string, path: string, item: z.ZodType<T>, filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['list', name, filter],
    queryFn: ({ pageParam, signal }): Promise<Page<T>> =>
      read(pageOf(item), withQuery(path, { ...filter, pageSize: PAGE_SIZE, pageToken: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
    refetchInterval: (query) =>
      (query.state.data?.pages.length ?? 0) <= FRESH_PAGES_MAX ? LIST_INTERVAL_MS : false,
  })

export const centersQuery = (filter: { q?: string | undefined; cityCode?: string | undefined }) =>
  list('centers', '/v1/distribution-centers', DistributionCenter, filter)

export const deliveriesQuery = (filter: Filter) => list('deliveries', '/v1/deliveries', Delivery, filter)

const liveList = <T>(name: string, item: z.ZodType<T>) =>
  infiniteQueryOptions({
    queryKey: [LIVE, name],
    queryFn: ({ pageParam, signal }): Promise<Page<T>> =>
      read(pageOf(item), withQuery(`/v1/${name}`, { pageSize: PAGE_SIZE, pageToken: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
  })

export const redrivesQuery = liveList('redrives', Redrive)

export const unreadableMessagesQuery = liveList('unreadable-messages', UnreadableMessage)

export const auditQuery = list('audit', '/v1/audit', AuditEntry, {})
