/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file to which records are only ever appended. Each has its size and a checksum, so that a reader knows
 * where a writer that was killed had got to. While it is open, no other process can open it. */
typedef struct _RoadJournalFile RoadJournalFile;

RoadJournalFile *road_journal_file_create (const char *path, GError **error);
RoadJournalFile *road_journal_file_open (const char *path, gboolean writes, GError **error);
void road_journal_file_free (RoadJournalFile *self);
const char *road_journal_file_get_path (RoadJournalFile *self);

gboolean road_journal_file_read (RoadJournalFile *self, GVariant **record, GError **error);
void road_journal_file_truncate (RoadJournalFile *self);
void road_journal_file_add (GByteArray *records, GVariant *record);
gboolean road_journal_file_append (RoadJournalFile *self, GByteArray *records, GError **error);
gboolean road_journal_file_delete (RoadJournalFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadJournalFile, road_journal_file_free)

G_END_DECLS
