type Page<T> = { items: T[]; nextPageToken?: string | undefined }

const PAGE_SIZE_MAX = 200

/** Reads pages until there are `limit` items or no more; `more` says whether it stopped at the limit. */
export const readPages = async <T>(
  limit: number,
  read: (query: { pageSize: number; pageToken?: string }) => Promise<Page<T>>,
): Promise<{ items: T[]; more: boolean }> => {
  const items: T[] = []
  let pageToken: string | undefined
  for (;;) {
    const pageSize = Math.min(PAGE_SIZE_MAX, Math.max(1, limit - items.length))
    const page = await read(pageToken === undefined ? { pageSize } : { pageSize, pageToken })
    items.push(...page.items)
    pageToken = page.nextPageToken
    if (pageToken === undefined || items.length >= limit) {
      return { items: items.slice(0, limit), more: pageToken !== undefined }
    }
  }
}
