/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* Collects what is new about hosts into a record of a scan's journal. */
typedef struct _RoadJournalHosts RoadJournalHosts;

/* Called with a host of a record and its new results, sorted by port, which may be senseless. @host: (transfer
 * none): the host without them. Returns whether to go on. */
typedef gboolean (*RoadJournalHostFunc) (RoadHost *host,
                                         gboolean ended,
                                         GArray *results,
                                         gpointer user_data);

RoadJournalHosts *road_journal_hosts_new (void);
void road_journal_hosts_free (RoadJournalHosts *self);
void
road_journal_hosts_add (RoadJournalHosts *self, RoadHost *host, gboolean ended, GArray *results);
gboolean road_journal_hosts_is_empty (RoadJournalHosts *self);
gboolean road_journal_hosts_is_full (RoadJournalHosts *self);
GVariant *road_journal_hosts_take_record (RoadJournalHosts *self);

gboolean road_record_get_hosts (GVariant *record, RoadJournalHostFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadJournalHosts, road_journal_hosts_free)

G_END_DECLS
