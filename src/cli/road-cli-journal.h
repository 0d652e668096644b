/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-cli-options.h"
#include "store/journal/road-journal.h"

G_BEGIN_DECLS

RoadJournal *road_cli_journal_begin (RoadScan *scan, const RoadCliOptions *options);
void road_cli_journal_end (RoadJournal *journal, gboolean is_needless, gboolean tells);

RoadInterruptedScan *road_cli_journal_find (const char *path, GError **error);
GArray *road_cli_journal_get_outputs (RoadInterruptedScan *interrupted, RoadFormatFlags *flags);
void road_cli_journal_tell (void);

G_END_DECLS
