import type { Redrive, RedriveLane, RedriveStore, RedriveWithLanes } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { docOf, numberOf, textOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'
import { numberedPage } from '../database/numbered-page.ts'

type Row = Record<string, unknown>

const revisionOf = (row: Row): string => String(numberOf(row, 'revision'))
const openOf = ({ open }: Redrive): number => (open ? 1 : 0)

const prepare = (db: DatabaseSync) => ({
  insert: db.prepare(
    'INSERT INTO redrive_headers (id, revision, open, doc) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING',
  ),
  insertLane: db.prepare(
    'INSERT INTO redrive_lanes (id, place, integration, revision, doc) VALUES (?, ?, ?, 1, ?)',
  ),
  update: db.prepare(
    'UPDATE redrive_headers SET revision = revision + 1, open = ?, doc = ? WHERE id = ? AND revision = ?',
  ),
  updateLane: db.prepare(
    'UPDATE redrive_lanes SET revision = revision + 1, doc = ? WHERE id = ? AND integration = ? AND revision = ?',
  ),
  one: db.prepare('SELECT id, revision, doc FROM redrive_headers WHERE id = ?'),
  lanes: db.prepare('SELECT revision, doc FROM redrive_lanes WHERE id = ? ORDER BY place'),
  open: db.prepare('SELECT id, doc FROM redrive_headers WHERE open = 1 ORDER BY seq'),
  newest: db.prepare('SELECT seq, id, doc FROM redrive_headers WHERE seq < ? ORDER BY seq DESC LIMIT ?'),
})

/** The redrive store port: headers in one table, a row for each lane in another. */
export const createRedriveStore = (
  db: DatabaseSync,
  { read, write, writeOne }: Pick<GroupCommit, 'read' | 'write' | 'writeOne'>,
): RedriveStore => {
  const { insert, insertLane, update, updateLane, one, lanes, open, newest } = prepare(db)

  const withLanes = (row: Row): RedriveWithLanes => ({
    redrive: docOf<Redrive>(row),
    lanes: lanes.all(textOf(row, 'id')).map((lane) => docOf<RedriveLane>(lane)),
  })

  return {
    create: (redrive, created) =>
      write(() => {
        const { changes } = insert.run(redrive.id, openOf(redrive), JSON.stringify(redrive))
        if (changes === 0) return undefined
        for (const [place, lane] of created.entries())
          insertLane.run(redrive.id, place, lane.integration, JSON.stringify(lane))
        return '1'
      }),
    read: (id) =>
      read(() => {
        const found = one.get(id)
        return (
          found && {
            redrive: docOf<Redrive>(found),
            revision: revisionOf(found),
            lanes: lanes
              .all(id)
              .map((lane) => ({ lane: docOf<RedriveLane>(lane), revision: revisionOf(lane) })),
          }
        )
      }),
    write: async (redrive, expected) => {
      const revision = Number(expected)
      const changes = await writeOne(update, openOf(redrive), JSON.stringify(redrive), redrive.id, revision)
      return changes === 0 ? undefined : String(revision + 1)
    },
    writeLane: async (id, lane, expected) => {
      const revision = Number(expected)
      const changes = await writeOne(updateLane, JSON.stringify(lane), id, lane.integration, revision)
      return changes === 0 ? undefined : String(revision + 1)
    },
    active: () => read(() => open.all().map(withLanes)),
    list: (page) => read(() => numberedPage(page, (below, limit) => newest.all(below, limit), withLanes)),
  }
}
